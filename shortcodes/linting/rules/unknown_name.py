"""SC941: an unknown name that is one slip away from a known one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shortcodes.catalogue import catalogue, plugins_of
from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Shortcode
from shortcodes.suggestions import NearNames

_SHORTEST = 5
_MARK = re.compile(r"[^_-]{1,3}[_-]")
"""The mark of a plug-in, as in `vc_button`."""


class UnknownName(Rule):
    """A name is unknown, but one slip away from a known one.

    ## What it does
    Finds shortcodes whose name is neither registered nor in the catalogue of public plug-ins, but
    differs from one that is by a single letter (added, missing, wrong or in the wrong place), by
    case, or by hyphens and underscores. Other unknown names are not reported, nor are names that
    differ by an `s` or a number at the end, or by a plug-in's prefix of up to three letters.

    ## Why is this bad
    WordPress renders a shortcode only under its exact name. Readers see any other as it is written.

    ## Example
    ```text
    [galery ids="4,8,15"]
    ```

    ## Use instead
    ```text
    [gallery ids="4,8,15"]
    ```

    ## Fix safety
    Unsafe: the name is a guess.
    """

    code = "SC941"
    name = "unknown-name"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every shortcode with such a name, at the name."""
        registered = subject.registered
        near, meant = NearNames(sorted(registered)), dict[str, str]()
        for shortcode in subject.shortcodes:
            name = shortcode.name
            if name not in meant:
                is_known = name in registered or catalogue().lists(name)
                meant[name] = "" if is_known else _meant(name, near)
            if meant[name]:
                yield self.found(
                    f"[{name}] is not a known shortcode",
                    name_span(shortcode),
                    hint=f"did you mean [{meant[name]}]?{_from(meant[name], registered)}",
                    fix=renamed(shortcode, meant[name], safe=False),
                )


def _meant(name: str, registered: NearNames) -> str:
    """Return the name that was meant, empty where none is near."""
    if len(name) < _SHORTEST:
        return ""
    for found in (registered.find(name), _in_catalogue().find(name)):
        if found and _bare(found) != _bare(name):
            return found
    return ""


def _bare(name: str) -> str:
    """Return a name without what makes another one of it on purpose: a plug-in's mark, and an `s`
    or a number at the end, as in `tabs` and `button2`.
    """
    mark = _MARK.match(name)
    bare = name[mark.end() :] if mark else name
    return bare[:-1] if bare.endswith("s") else bare.rstrip("0123456789_-")


@cache
def _in_catalogue() -> NearNames:
    known = catalogue()
    return NearNames(name for name in sorted(known.names | known.words) if len(name) >= _SHORTEST)


def _from(name: str, registered: frozenset[str]) -> str:
    plugins = () if name in registered else plugins_of(name)
    return f" It is from {plugins[0].name}" if plugins else ""


def name_span(shortcode: Shortcode) -> tuple[int, int]:
    """Return the place of the name in the opening delimiter; the whole of it where the name is
    written in another way than it is read, as in Markdown.
    """
    start = shortcode.open_span[0] + 1
    end = start + len(shortcode.name)
    as_read = shortcode.document.source[start:end] == shortcode.name
    return (start, end) if as_read else shortcode.open_span


def renamed(shortcode: Shortcode, name: str, *, safe: bool) -> Fix | None:
    """Return what gives a shortcode another name, in both delimiters; nothing where the name is
    written in another way than it is read.
    """
    source, old = shortcode.document.source, shortcode.name
    edits = [Edit(name_span(shortcode), name)]
    if shortcode.close_span:
        start = shortcode.close_span[0] + 2
        edits.append(Edit((start, start + len(old)), name))
    if any(source[slice(*edit.span)] != old for edit in edits):
        return None
    return Fix(f"rename it to {name}", tuple(edits), safe=safe)

"""SC941: an unknown name that is one slip away from a known one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from shortcodes.catalogue import catalogue, plugins_of
from shortcodes.common.suggestions import NearNames
from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.registered import RegisteredNames, strip_variations
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Shortcode

_SHORTEST = 5


class UnknownName(Rule):
    """A name is unknown, but very similar to a known one.

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
    Unsafe: it is a guess that the known name was meant.
    """

    code = "SC941"
    name = "unknown-name"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every shortcode with such a name, at the name."""
        registered, meant = subject.registered_names, dict[str, str]()
        for shortcode in subject.shortcodes:
            name = shortcode.name
            if name not in meant:
                is_known = name in registered.all or catalogue().lists(name)
                meant[name] = "" if is_known else _find_meant(name, registered)
            if meant[name]:
                origin = _describe_origin(meant[name], registered.all)
                yield self.found(
                    f"[{name}] is not a known shortcode",
                    find_name_span(shortcode),
                    hint=f"did you mean [{meant[name]}]?{origin}",
                    fix=build_renaming(shortcode, meant[name], safe=False),
                )
        yield from self._find_unread(subject)

    def _find_unread(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such tag that is no shortcode, as only listed names count."""
        for tag in subject.unread.tags:
            if tag.reason == "name" and not tag.is_closing:
                start = tag.span[0] + 1
                yield self.found(
                    f"[{tag.written}] is not a known shortcode",
                    (start, start + len(tag.written)),
                    hint=f"did you mean [{tag.name}]?",
                    fix=tag.fix and replace(tag.fix, message=f"rename it to {tag.name}"),
                )


def _find_meant(name: str, registered: RegisteredNames) -> str:
    """Return the name that was probably meant, or an empty string."""
    if meant := registered.find_meant(name):
        return meant
    near = _index_catalogue().find(name) if len(name) >= _SHORTEST else ""
    return near if near and strip_variations(near) != strip_variations(name) else ""


@cache
def _index_catalogue() -> NearNames:
    known = catalogue()
    return NearNames(name for name in sorted(known.names | known.words) if len(name) >= _SHORTEST)


def _describe_origin(name: str, registered: frozenset[str]) -> str:
    plugins = () if name in registered else plugins_of(name)
    return f" It is from {plugins[0].name}" if plugins else ""


def find_name_span(shortcode: Shortcode) -> tuple[int, int]:
    """Return the span of the name in the opening tag, or of the whole tag if the name is not
    written as it is read, as in Markdown.
    """
    start = shortcode.open_span[0] + 1
    end = start + len(shortcode.name)
    as_read = shortcode.document.source[start:end] == shortcode.name
    return (start, end) if as_read else shortcode.open_span


def build_renaming(shortcode: Shortcode, name: str, *, safe: bool) -> Fix | None:
    """Return the fix that renames a shortcode in both tags, or `None` if the name is not written
    as it is read.
    """
    source, old = shortcode.document.source, shortcode.name
    edits = [Edit(find_name_span(shortcode), name)]
    if shortcode.close_span:
        start = shortcode.close_span[0] + 2
        edits.append(Edit((start, start + len(old)), name))
    if any(source[slice(*edit.span)] != old for edit in edits):
        return None
    return Fix(f"rename it to {name}", tuple(edits), safe=safe)

"""What a reader of HTML sees: its text and tags, without comments, scripts and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shortcodes.html.tokens import RAW_TEXT, Reading, tokens

_UNSEEN = frozenset({"script", "style", "iframe", "noembed", "noframes"})
"""Elements whose content is raw text that nobody sees."""
_TEMPLATE = "template"
_READING = Reading(frozenset(RAW_TEXT))

_Part = tuple[str, str]
"""A piece of HTML, and the name of the tag that it is, in lower case; empty for text."""


def remove_unseen(html: str) -> str:
    """Return HTML without comments, declarations, scripts, styles, frames and templates."""
    return "".join(part for part, _ in _list_seen(html))


def replace_tags(
    html: str, replacement: Callable[[str], str], text: Callable[[str], str] = str
) -> str:
    """Return what a reader sees of HTML.

    Args:
        html: The HTML.
        replacement: Returns what takes the place of a tag with this name.
        text: Returns what takes the place of text between tags.
    """
    return "".join(replacement(name) if name else text(part) for part, name in _list_seen(html))


def _list_seen(html: str) -> list[_Part]:
    """Return the parts of HTML that are seen. What nothing closes is text, and so is the content
    of elements such as `<title>`.
    """
    parts: list[_Part] = []
    templates: list[int] = []  # where the parts of each open template begin
    for part, name, is_closing in _list_parts(html):
        if name == _TEMPLATE and not is_closing:
            templates.append(len(parts))
        parts.append((part, name))
        if name == _TEMPLATE and is_closing and templates:
            del parts[templates.pop() :]
    return parts


def _list_parts(html: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts and tags of HTML; of each the name, and whether it is a closing tag."""
    offset = 0
    for start, end, match, is_tag, is_closed, raw_end in tokens(html, _READING):
        if not is_tag and not is_closed:
            continue  # what nothing closes
        if start > offset:
            yield html[offset:start], "", False
        offset = end
        if not is_tag:
            continue
        name = match["name"].lower()
        if name in _UNSEEN and (match["slash"] or raw_end < len(html)):
            offset = raw_end
            continue
        yield match[0], name, bool(match["slash"])
        if raw_end > offset:
            yield html[offset:raw_end], "", False
            offset = raw_end
    if offset < len(html):
        yield html[offset:], "", False

"""Asking: which shortcodes stand in a text, HTML not considered (rules 7 and 29)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from shortcodes.checks import check_names, check_type
from shortcodes.wordpress.matching import matches, nested_matches
from shortcodes.wordpress.names import Names, names_of
from shortcodes.wordpress.slashes import bytes_of

Found = tuple[int, int, str, str, str, str, str, str]
"""Start and end in bytes of the UTF-8, the further opening bracket, the tag, the attributes, the
slash, the content, the further closing bracket; each as written, empty where it is not there."""


def has_shortcode(content: str, tag: str, tags: Collection[str]) -> bool:
    """Return whether a shortcode of this tag stands in a text, or inside the content of one.

    `tags` are all that are registered: one that is not in there is never found. Comments and
    attributes of elements count, and so do escapes; the attributes of shortcodes do not.
    """
    check_type("content", content, str)
    check_type("tag", tag, str)
    names = names_of(tuple(check_names("tags", tags)))
    if tag not in names.order or "[" not in content:
        return False
    return any(match.name == tag for match in nested_matches(content, names))


def get_shortcode_tags_in_content(content: str, tags: Iterable[str]) -> list[str]:
    """Return the tag of every shortcode of a text, each before those inside its content."""
    check_type("content", content, str)
    names = names_of(tuple(check_names("tags", tags)))
    return [match.name for match in nested_matches(content, names)] if names.order else []


def find_matches(text: str, tags: Iterable[str]) -> list[Found]:
    """Return what stands as a shortcode or an escape in a text, none inside another."""
    check_type("text", text, str)
    names = names_of(tuple(check_names("tags", tags)))
    return _found(text, names) if names.order else []


def _found(text: str, names: Names) -> list[Found]:
    found: list[Found] = []
    place = position = 0  # the same place, in bytes and in code points
    for match in matches(text, names):
        begin, end = match[:2]
        start = place + len(bytes_of(text[position:begin]))
        place = start + len(bytes_of(text[begin:end]))
        position = end
        found.append((start, place, *match[2:]))
    return found

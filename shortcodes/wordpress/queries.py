"""Queries: the shortcodes that are in a text, whatever its HTML (rules 7 and 29)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from shortcodes.common.checks import check_names, check_type
from shortcodes.wordpress.matching import find_nested_matches, iterate_matches
from shortcodes.wordpress.names import Names, compile_names
from shortcodes.wordpress.slashes import encode_utf8

MatchRow = tuple[int, int, str, str, str, str, str, str]
"""The start and end in bytes of UTF-8, the further opening bracket, the tag, the attributes, the
slash, the content, the further closing bracket; each as written, and empty if it is not there."""


def has_shortcode(content: str, tag: str, tags: Collection[str]) -> bool:
    """Return whether a text holds a shortcode with this tag, at any depth.

    `tags` are all registered tags: a tag that is not registered is never found. Shortcodes in
    comments and in attributes of elements count, and so do escapes; those in attributes of
    shortcodes do not.
    """
    check_type("content", content, str)
    check_type("tag", tag, str)
    names = compile_names(tuple(check_names("tags", tags)))
    if tag not in names.order or "[" not in content:
        return False
    return any(match.name == tag for match in find_nested_matches(content, names))


def get_shortcode_tags_in_content(content: str, tags: Iterable[str]) -> list[str]:
    """Return the tag of every shortcode in a text, each before the tags in its content."""
    check_type("content", content, str)
    names = compile_names(tuple(check_names("tags", tags)))
    return [match.name for match in find_nested_matches(content, names)] if names.order else []


def find_matches(text: str, tags: Iterable[str]) -> list[MatchRow]:
    """Return the shortcodes and escapes in a text, none inside another."""
    check_type("text", text, str)
    names = compile_names(tuple(check_names("tags", tags)))
    return _list_rows(text, names) if names.order else []


def _list_rows(text: str, names: Names) -> list[MatchRow]:
    rows: list[MatchRow] = []
    offset = byte_offset = 0  # of the end of the last match
    for match in iterate_matches(text, names):
        start, end = match[:2]
        byte_start = byte_offset + len(encode_utf8(text[offset:start]))
        byte_offset = byte_start + len(encode_utf8(text[start:end]))
        offset = end
        rows.append((byte_start, byte_offset, *match[2:]))
    return rows

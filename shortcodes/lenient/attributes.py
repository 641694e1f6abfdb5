"""Tag names and attributes, made from the offsets of their parts by both grammar executions."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from shortcodes.lenient.grammar import terminals
from shortcodes.nodes import Attribute

_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]*+);")
_MARKDOWN_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Parts(NamedTuple):
    """One attribute as offsets into the text. A part that it does not have is empty."""

    start: int
    named: bool
    open_start: int
    open_end: int
    value_start: int
    value_end: int
    close_start: int
    end: int


@cache
def _compile_name(markdown: bool) -> re.Pattern[str]:
    return re.compile(terminals(markdown)["NAME"])


@cache
def _compile_attribute_name(markdown: bool) -> re.Pattern[str]:
    return re.compile(terminals(markdown)["ATTRIBUTE_NAME"])


def read_tag_name(source: str, markdown: bool) -> str:
    """Return the tag name at the beginning of a delimiter: `[name`, `[name=` or `[/name ]`."""
    match = _compile_name(markdown).match(source.lstrip("\\[/"))
    assert match  # noqa: S101 - the terminal that matched holds one
    return unescape(match.group(), markdown)


def make_attribute(text: str, parts: Parts, markdown: bool) -> Attribute:
    """Return the attribute with these parts.

    Entities that end in a semicolon are decoded, as HTML5 names them. In Markdown exports,
    backslashes before punctuation are removed.
    """
    name_span = None
    if parts.named:
        match = _compile_attribute_name(markdown).match(text, parts.start)
        assert match  # noqa: S101 - the scanner saw a name here
        name_span = match.span()
    raw = text[parts.value_start : parts.value_end]
    opening = text[parts.open_start : parts.open_end]
    closing = text[parts.close_start : parts.end]
    return Attribute(
        name=unescape(text[slice(*name_span)], markdown) if name_span else None,
        value=decode(raw, markdown),
        raw=raw,
        quotes=(opening, closing) if opening else None,
        span=(parts.start, parts.end),
        name_span=name_span,
        value_span=(parts.value_start, parts.value_end),
    )


def make_healthy_attributes(
    items: Iterable[re.Match[str]], markdown: bool
) -> tuple[Attribute, ...]:
    """Return the attributes of a healthy tag, in which nothing needs to be decoded. The groups of
    each match are the name, the value in quotes and the bare value.
    """
    attributes: list[Attribute] = []
    for item in items:
        name, quoted, bare = item.groups()
        end = item.end()
        if quoted:
            value, quotes = quoted[1:-1], (quoted[0], quoted[-1])
            start, value_span = end - len(quoted), (end - len(quoted) + 1, end - 1)
        else:
            start = end - len(bare)
            value, quotes, value_span = bare, None, (start, end)
        name_span = None
        if name:
            start -= len(name) + 1
            name_span = (start, start + len(name))
            name = unescape(name, markdown)
        attributes.append(
            Attribute(name, value, value, quotes, (start, end), name_span, value_span)
        )
    return tuple(attributes)


def decode(raw: str, markdown: bool) -> str:
    """Return a value without Markdown's backslashes and with its entities decoded."""
    return _ENTITY.sub(_decode_entity, unescape(raw, markdown))


def unescape(source: str, markdown: bool) -> str:
    """Return the source without the backslashes that Markdown needs before punctuation."""
    return _MARKDOWN_ESCAPE.sub(r"\1", source) if markdown else source


def _decode_entity(entity: re.Match[str]) -> str:
    return html.unescape(entity.group())

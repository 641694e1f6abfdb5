"""Writing opening tags in WordPress's syntax, so that it reads in them what was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from shortcodes.html.whole import TAG, has_whole_tags, whole_tags
from shortcodes.lenient.attributes import decode, unescape
from shortcodes.lenient.typography import undo
from shortcodes.linting.kept_entities import find_kept_entities
from shortcodes.linting.plausibility import is_plausible
from shortcodes.nodes import Attribute, Shortcode
from shortcodes.wordpress.attributes import finish_value, join_spaces, locate_attributes

_SPACES = " \t\n\v\f\r"
_AFTER_NAME = frozenset(f"{_SPACES}]/=")
_HEAD = re.compile(r"\\?\[(?:\\?[\w-]|(?!).)++")
_BARE = re.compile(r"[^\s\"'\[\]<>&\\=/]++(?:[=/]++[^\s\"'\[\]<>&\\=/]++|(?!).)*+")

_EASY = re.compile(r"""[^"\[\]<&\\\s][^"\[\]<&\\]*+""")
"""A simple value: WordPress always reads it in `"`."""

_NAMED = r"(?:[A-Za-z][A-Za-z0-9]*+|#[0-9]++|#[xX][0-9A-Fa-f]++);"
_ENTITY = re.compile(rf"{TAG}|&{_NAMED}(?P<before>(?={_NAMED}))?")
"""A tag, which is not changed, or an entity. The group `before` matches if an ampersand instead of
the entity would begin another entity."""

_ENTITIES: tuple[dict[str, str | int | None], ...] = (
    {"[": "&#91;", "]": "&#93;"},
    {"[": "&#91;", "]": "&#93;", '"': "&quot;"},
    {"[": "&#91;", "]": "&#93;", '"': "&quot;", "<": "&lt;"},
)
"""Entities for characters that straight quotes cannot hold; the first sufficient set is used."""

Pairs = list[tuple[str | None, str]]
"""Names and values in order; the name of a positional attribute is `None`."""


@dataclass(frozen=True, eq=False, slots=True)
class Rewrite:
    """The text that replaces an opening tag, and the attributes that WordPress must find in it."""

    shortcode: Shortcode
    source: str
    pairs: Pairs


class TagWriter:
    """Writes the opening tags of one text in WordPress's syntax."""

    def __init__(self, text: str, *, markdown: bool, undo: bool) -> None:
        self._text = text
        self._markdown = markdown
        self._undo = undo
        self._kept = find_kept_entities(text)

    def is_read(self, shortcode: Shortcode) -> bool:
        """Return whether WordPress finds the attributes in it that were meant."""
        opening = self._text[slice(*shortcode.open_span)]
        by_wordpress = _read_as_wordpress(opening, shortcode.name, self._markdown)
        meant = list_pairs(shortcode, self._text, self._markdown)
        if meant and by_wordpress != meant and meant[-1][1].endswith("/"):
            # WordPress takes the slash at the end of a bare value for that of a self-closing tag.
            meant[-1] = (meant[-1][0], meant[-1][1][:-1])
        return by_wordpress == meant

    def is_plausible(self, shortcode: Shortcode) -> bool:
        """Return whether a person could have meant the attributes that were read in it."""
        return is_plausible(shortcode, markdown=self._markdown)

    def make_self_closing(self, shortcode: Shortcode) -> Rewrite | Attribute:
        """Return the tag made self-closing, or the attribute that cannot be written."""
        if not self.is_read(shortcode):
            return self.rewrite(shortcode, close=True)
        start, end = shortcode.open_span
        bracket = self._find_bracket(end)
        source = f"{self._text[start:bracket].rstrip(_SPACES)} /{self._text[bracket:end]}"
        return Rewrite(shortcode, source, list_pairs(shortcode, self._text, self._markdown))

    def _find_bracket(self, end: int) -> int:
        """Return the offset of the bracket at the end of an opening tag, or of its backslash."""
        return end - (2 if self._markdown and self._text[end - 2] == "\\" else 1)

    def rewrite(
        self, shortcode: Shortcode, *, entities: bool = False, close: bool = False
    ) -> Rewrite | Attribute:
        """Return the tag in WordPress's syntax, or the attribute that cannot be written in it.

        With `entities`, characters that straight quotes cannot hold are written as entities. With
        `close`, the tag becomes self-closing.
        """
        text, markdown = self._text, self._markdown
        start, end = shortcode.open_span
        bracket = self._find_bracket(end)
        head = _HEAD.match(text, start, end)
        assert head  # noqa: S101 - a delimiter begins with its name
        position = head.end()
        parts = [head[0]]
        pairs: Pairs = []
        for attribute in shortcode.attribute_nodes:
            default = _read_default(attribute, text)
            made = (
                (default, (None, default))
                if default
                else self._write_attribute(attribute, entities)
            )
            if made is None:
                return attribute
            written, pair = made
            pairs += [pair] if pair else []
            parts += ["" if default else _format_gap(text[position : attribute.span[0]]), written]
            position = attribute.span[1]
        inside = text[position:bracket]
        if shortcode.kind == "self-closing":
            before = inside.rpartition("/")[0]
            parts += [_format_gap(before) if before else "", "/"]
        elif close:
            parts.append(" /")
        elif not inside.strip(_SPACES):
            parts.append(inside)
        source = "".join([*parts, text[bracket:end]])
        if _read_as_wordpress(source, shortcode.name, markdown) != pairs:
            return shortcode.attribute_nodes[0]
        return Rewrite(shortcode, source, pairs)

    def _write_attribute(
        self, attribute: Attribute, entities: bool
    ) -> tuple[str, tuple[str | None, str] | None] | None:
        """Return the source of an attribute and the pair that WordPress finds in it, if any.

        Return `None` if the attribute cannot be written so that WordPress reads it.
        """
        if _is_dropped(attribute):
            return '""', None
        name, value = attribute.name, self._read_value(attribute)
        key = f"{self._text[slice(*attribute.name_span)]}=" if attribute.name_span else ""
        if not self._undo and key.isascii() and _EASY.fullmatch(value) and attribute.quotes:
            return f'{key}"{value}"', (name, value)
        for source in self._list_sources(attribute, entities):
            bare = attribute.quotes is None and _BARE.fullmatch(source)
            for quoted in (source,) if bare else (f'"{source}"', f"'{source}'"):
                expected = name, unescape(source, self._markdown)
                if _read_attribute(key + quoted, self._markdown) == [expected]:
                    return key + quoted, expected
        return None

    def _read_value(self, attribute: Attribute) -> str:
        """Return the value that was meant, before any quotes in it are considered."""
        return attribute.raw if self._markdown else self._decode_harmless(attribute.raw)

    def _list_sources(self, attribute: Attribute, entities: bool) -> Iterable[str]:
        """Yield what may be written between the quotes of a value, the best choice first."""
        value, tags = self._read_value(attribute), whole_tags(attribute.raw)
        meant = (undo(value), value) if self._undo else (value,)
        for one in meant:
            source = one if self._markdown else one.replace("\\", "\\\\")
            if not (has_whole_tags(source) and set(whole_tags(source)) <= {*tags}):
                continue
            if self._markdown or finish_value(join_spaces(source)) == join_spaces(one):
                yield source
        for table in _ENTITIES if entities and not tags else ():  # tags keep their quotes
            source = value.translate(str.maketrans(table))
            if decode(source, self._markdown) == attribute.value and finish_value(source) == source:
                yield source

    def _decode_harmless(self, raw: str) -> str:
        """Return a value in which some entities are decoded: those of letters and signs beyond
        ASCII, of quotes, and of an ampersand that does not begin another entity.

        The others stay, as they may keep the value from becoming markup, from ending, or from
        forming another entity.
        """
        if "&" not in raw:
            return raw
        shown = _ENTITY.sub(self._decode_entity, raw)
        return shown if decode(shown, False) == decode(raw, False) else raw

    def _decode_entity(self, found: re.Match[str]) -> str:
        meant = decode(found[0], False) if found[0][0] == "&" else ""
        if meant == "&":
            return found[0] if self._kept.ampersands or found["before"] is not None else meant
        if self._kept.letters and not meant.isascii():
            return found[0]
        return meant if meant and all(map(_is_harmless, meant)) else found[0]


def _is_harmless(letter: str) -> bool:
    """Return whether a character has no meaning in HTML outside tags, and is visible or a space."""
    if letter.isascii():
        return letter in "\"'"
    return letter.isprintable() or unicodedata.category(letter) == "Zs"


def list_pairs(shortcode: Shortcode, text: str, markdown: bool) -> Pairs:
    """Return the attributes that the lenient reader found, as they are written."""
    return [
        (attribute.name, unescape(_read_default(attribute, text) or attribute.raw, markdown))
        for attribute in shortcode.attribute_nodes
        if not _is_dropped(attribute)
    ]


def _read_as_wordpress(opening: str, name: str, markdown: bool) -> Pairs | None:
    """Return what WordPress finds in an opening tag, or `None` if it ends the tag elsewhere."""
    opening = unescape(opening, markdown)
    head, end = len(name) + 1, opening.find("]")
    if end != len(opening) - 1 or opening[head] not in _AFTER_NAME:
        return None
    if opening[end - 1] == "/":
        end -= 1
    return [
        (
            opening[place.start : place.name_end] or None,
            opening[place.value_start : place.value_end],
        )
        for place in locate_attributes(opening, head, end)
    ]


def _is_dropped(attribute: Attribute) -> bool:
    """Return whether WordPress drops the attribute, as it does an empty positional one."""
    return attribute.name is None and not attribute.raw


def _read_default(attribute: Attribute, text: str) -> str:
    """Return the value of `[name=value]` as WordPress reads it, a word with the equals sign."""
    start, end = attribute.span
    return text[start - 1 : end] if attribute.name is None and text[start - 1] == "=" else ""


def _read_attribute(written: str, markdown: bool) -> Pairs:
    """Return what WordPress finds in one attribute, or nothing if it ends the tag there."""
    return _read_as_wordpress(f"[x {written}]", "x", markdown) or []


def _format_gap(gap: str) -> str:
    """Return the white space between attributes as it is if WordPress reads it, else a space."""
    return gap if gap and not gap.strip(_SPACES) else " "

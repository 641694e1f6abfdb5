"""Writing: opening delimiters in WordPress's way, so that it reads in them what was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass

from shortcodes.html.whole import TAG, has_whole_tags, whole_tags
from shortcodes.lenient.attributes import decoded, plain
from shortcodes.lenient.typography import undone
from shortcodes.nodes import Attribute, Shortcode
from shortcodes.wordpress.attributes import finished, joined_spaces, places

_SPACES = " \t\n\v\f\r"
_AFTER_NAME = frozenset(f"{_SPACES}]/=")
_HEAD = re.compile(r"\\?\[(?:\\?[\w-]|(?!).)++")
_BARE = re.compile(r"[^\s\"'\[\]<>&\\=/]++(?:[=/]++[^\s\"'\[\]<>&\\=/]++|(?!).)*+")

_EASY = re.compile(r"""[^"\[\]<&\\\s][^"\[\]<&\\]*+""")
"""A value that needs no thought: any WordPress reads it in `"`."""

_NAMED = r"(?:[A-Za-z][A-Za-z0-9]*+|#[0-9]++|#[xX][0-9A-Fa-f]++);"
_ENTITY = re.compile(rf"{TAG}|&{_NAMED}(?P<before>(?={_NAMED}))?")
"""A tag, in which everything stays, or an entity; `before` is there where an ampersand in its place
would begin another one."""

_ENTITIES: tuple[dict[str, str | int | None], ...] = (
    {"[": "&#91;", "]": "&#93;"},
    {"[": "&#91;", "]": "&#93;", '"': "&quot;"},
    {"[": "&#91;", "]": "&#93;", '"': "&quot;", "<": "&lt;"},
)
"""What may be written for what no straight quote can carry; the first that suffices is taken."""

Pairs = list[tuple[str | None, str]]
"""Names and values in order; `None` for the name of a positional one."""


@dataclass(frozen=True, eq=False, slots=True)
class Rewriting:
    """What is to stand in the place of a delimiter, and what WordPress is to find in it."""

    shortcode: Shortcode
    source: str
    pairs: Pairs


class Writer:
    """Writes opening delimiters of one text in WordPress's way."""

    def __init__(
        self, text: str, swallowing: Container[int], *, markdown: bool, undo: bool
    ) -> None:
        self._text = text
        self._swallowing = swallowing
        self._markdown = markdown
        self._undo = undo

    def is_read(self, shortcode: Shortcode) -> bool:
        """Whether WordPress finds the attributes in it that are meant."""
        opening = self._text[slice(*shortcode.open_span)]
        by_wordpress = _read_by_wordpress(opening, shortcode.name, self._markdown)
        meant = pairs_of(shortcode, self._text, self._markdown)
        if meant and by_wordpress != meant and meant[-1][1].endswith("/"):
            # The slash of a last bare value: WordPress closes the shortcode by it. Let it.
            meant[-1] = (meant[-1][0], meant[-1][1][:-1])
        return by_wordpress == meant

    def closed(self, shortcode: Shortcode) -> Rewriting:
        """Return one that WordPress reads, closing itself."""
        start, end = shortcode.open_span
        bracket = self._bracket(end)
        source = f"{self._text[start:bracket].rstrip(_SPACES)} /{self._text[bracket:end]}"
        return Rewriting(shortcode, source, pairs_of(shortcode, self._text, self._markdown))

    def _bracket(self, end: int) -> int:
        """Return where the bracket begins with which a delimiter ends."""
        return end - (2 if self._markdown and self._text[end - 2] == "\\" else 1)

    def rewritten(self, shortcode: Shortcode, *, entities: bool = False) -> Rewriting | Attribute:
        """Return one that it misreads in WordPress's way, or what cannot stand in it."""
        text, markdown = self._text, self._markdown
        start, end = shortcode.open_span
        bracket = self._bracket(end)
        head = _HEAD.match(text, start, end)
        assert head  # noqa: S101 - a delimiter begins with its name
        position = head.end()
        parts = [head[0]]
        pairs: Pairs = []
        for attribute in shortcode.attribute_nodes:
            default = _default(attribute, text)
            made = (default, (None, default)) if default else self._written(attribute, entities)
            if made is None:
                return attribute
            written, pair = made
            pairs += [pair] if pair else []
            parts += ["" if default else _spaced(text[position : attribute.span[0]]), written]
            position = attribute.span[1]
        inside = text[position:bracket]
        if shortcode.kind == "self-closing":
            before = inside.rpartition("/")[0]
            parts += [_spaced(before) if before or parts[-1][-1] not in "\"'" else "", "/"]
        elif start in self._swallowing:
            parts.append(" /")
        elif inside:
            parts.append(_spaced(inside))
        source = "".join([*parts, text[bracket:end]])
        if _read_by_wordpress(source, shortcode.name, markdown) != pairs:
            return shortcode.attribute_nodes[0]
        return Rewriting(shortcode, source, pairs)

    def _written(
        self, attribute: Attribute, entities: bool
    ) -> tuple[str, tuple[str | None, str] | None] | None:
        """Return the attribute as WordPress reads it, and what it finds there if anything; `None`
        where no way of writing carries it.
        """
        if _is_dropped(attribute):
            return '""', None
        name, value = attribute.name, self._value(attribute)
        key = f"{self._text[slice(*attribute.name_span)]}=" if attribute.name_span else ""
        if not self._undo and key.isascii() and _EASY.fullmatch(value) and attribute.quotes:
            return f'{key}"{value}"', (name, value)
        for source in self._sources(attribute, entities):
            bare = attribute.quotes is None and _BARE.fullmatch(source)
            for quoted in (source,) if bare else (f'"{source}"', f"'{source}'"):
                expected = name, plain(source, self._markdown)
                if _alone(key + quoted, self._markdown) == [expected]:
                    return key + quoted, expected
        return None

    def _value(self, attribute: Attribute) -> str:
        """Return the value that is meant, as it may be written where no quote stands in its way."""
        return attribute.raw if self._markdown else _without_entities(attribute.raw)

    def _sources(self, attribute: Attribute, entities: bool) -> Iterable[str]:
        """Give what may be written between the quotes of a value."""
        value, tags = self._value(attribute), whole_tags(attribute.raw)
        meant = (undone(value), value) if self._undo else (value,)
        for one in meant:
            source = one if self._markdown else one.replace("\\", "\\\\")
            if not (has_whole_tags(source) and set(whole_tags(source)) <= {*tags}):
                continue
            if self._markdown or finished(joined_spaces(source)) == joined_spaces(one):
                yield source
        for table in _ENTITIES if entities else ():
            source = value.translate(str.maketrans(table))
            if decoded(source, self._markdown) == attribute.value and finished(source) == source:
                yield source


def _without_entities(raw: str) -> str:
    """Return a value with what entities mean in place of those that mean letters and signs beyond
    ASCII, a quote, or an ampersand that begins no entity.

    Others stay: without them there may be markup, an end of the value, or another entity.
    """
    if "&" not in raw:
        return raw
    shown = _ENTITY.sub(_shown, raw)
    return shown if decoded(shown, False) == decoded(raw, False) else raw


def _shown(found: re.Match[str]) -> str:
    meant = decoded(found[0], False) if found[0][0] == "&" else ""
    if meant == "&":
        return found[0] if found["before"] is not None else meant
    return meant if meant and all(map(_is_harmless, meant)) else found[0]


def _is_harmless(letter: str) -> bool:
    """Whether a character means nothing in HTML, outside of tags, and can be seen or is a space."""
    if letter.isascii():
        return letter in "\"'"
    return letter.isprintable() or unicodedata.category(letter) == "Zs"


def pairs_of(shortcode: Shortcode, text: str, markdown: bool) -> Pairs:
    """Return what the lenient reader found, as written."""
    return [
        (attribute.name, plain(_default(attribute, text) or attribute.raw, markdown))
        for attribute in shortcode.attribute_nodes
        if not _is_dropped(attribute)
    ]


def _read_by_wordpress(opening: str, name: str, markdown: bool) -> Pairs | None:
    """Return what WordPress finds in an opening delimiter, `None` where it finds another one."""
    opening = plain(opening, markdown)
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
        for place in places(opening, head, end)
    ]


def _is_dropped(attribute: Attribute) -> bool:
    """Whether WordPress drops the attribute: a positional one that is empty."""
    return attribute.name is None and not attribute.raw


def _default(attribute: Attribute, text: str) -> str:
    """Return the value of `[name=value]` as WordPress has it: a word with its equals sign."""
    start, end = attribute.span
    return text[start - 1 : end] if attribute.name is None and text[start - 1] == "=" else ""


def _alone(written: str, markdown: bool) -> Pairs:
    """Return what WordPress finds in one written attribute; nothing where it would cut it."""
    return _read_by_wordpress(f"[x {written}]", "x", markdown) or []


def _spaced(gap: str) -> str:
    """Return white space as it is where WordPress reads it as such, else a space."""
    return gap if gap and not gap.strip(_SPACES) else " "

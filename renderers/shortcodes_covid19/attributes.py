"""The attributes of a card: their names, their values, and what replaces an invalid value.

Names are compared without regard to case, the last of two equal names wins, and a blank value
counts as missing. The defaults are this project's own, because the original plug-in is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BeforeValidator, WithJsonSchema
from pydantic import Field as Extra

from shortcodes.engine import BadValueError, Parameter, Schema
from shortcodes.nodes import Shortcode
from shortcodes.plugins import Context
from shortcodes_covid19.checks import check_cards
from shortcodes_covid19.colours import Colour, read_colour
from shortcodes_covid19.figures import WORLD
from shortcodes_covid19.phpdate import read_pattern

Side = Literal["left", "right", "center"]
_Reader = Callable[[str], Any]

_TRUE_VALUES = frozenset({"true", "1", "yes", "on"})
_WORLD_NAMES = frozenset({"world", "all", WORLD})
_LONGEST_PATTERN = 64


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute that a card understands."""

    name: str
    kind: str
    """A key of `KINDS`."""
    default: str = ""
    """Replaces a missing or invalid value; empty if the language or the region decides."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value."""

    read: _Reader
    """Returns the value of a text. Raises `ValueError` if the text is invalid."""
    code: str = ""
    """The code of the diagnostic for an invalid value; empty if all values are valid."""
    expected: str = ""
    """A description of valid values, for the diagnostic."""


def _read_region(text: str) -> str:
    """Return a code of two letters in capitals, `WORLD`, or any other text unchanged."""
    if text.casefold() in _WORLD_NAMES:
        return WORLD
    return text.upper() if re.fullmatch(r"[A-Za-z]{2}", text) else text


def _read_switch(text: str) -> bool:
    return text.casefold() in _TRUE_VALUES


def _read_side(text: str) -> str:
    side = text.casefold()
    if side not in ("left", "right", "center"):
        raise ValueError("not a side")
    return side


def _read_date_format(text: str) -> str:
    """Return a format of PHP's `date()`. PHP accepts any text, but not all of it makes a date."""
    characters = list(read_pattern(text))
    if (
        len(text) > _LONGEST_PATTERN
        or not any(is_letter for _, is_letter in characters)
        or any(unicodedata.category(character) == "Cc" for character, _ in characters)
    ):
        raise ValueError("not a date format")
    return text


KINDS: Final = MappingProxyType(
    {
        "text": Kind(str),
        "region": Kind(
            _read_region, expected="an ISO 3166 code, a name in English or Arabic, or world"
        ),
        "switch": Kind(_read_switch),
        "colour": Kind(read_colour, "SC501", "a CSS colour"),
        "side": Kind(_read_side, "SC502", "left, right or center"),
        "date": Kind(
            _read_date_format,
            "SC503",
            "a format of PHP's date() with at least one letter, at most 64 characters,"
            " no control character and no backslash at the end",
        ),
    }
)

DEFAULT_COLOURS: Final = ("#ffffff", "#0c3278")
"""The colours of text and background on a card that sets none."""

FIELDS: Final = (
    Field("region", "region", WORLD),
    Field("region-name", "text"),
    Field("confirmed-label", "text"),
    Field("confirmed-24h", "switch", "false"),
    Field("confirmed-24h-label", "text"),
    Field("deaths-label", "text"),
    Field("deaths-24h", "switch", "false"),
    Field("deaths-24h-label", "text"),
    Field("deaths-rate", "switch", "false"),
    Field("deaths-rate-label", "text"),
    Field("recovered-label", "text"),
    Field("active-label", "text"),
    Field("font-color", "colour", DEFAULT_COLOURS[0]),
    Field("bg-color", "colour", DEFAULT_COLOURS[1]),
    Field("bg-position", "side", "right"),
    Field("rtl", "switch"),
    Field("last-update", "date"),
    Field("last-update-label", "text"),
)
"""The attributes of a card.

An empty default means, for a label, the word in the card's language; for `region-name`, the name in
CLDR; for `rtl`, the direction of the language; for `last-update`, that the line is left out.
"""


def _build_type(field: Field) -> Any:
    """Return a type that reads an attribute: blank text is its default."""
    validated = (BeforeValidator(partial(_read_value, field)), Extra(validate_default=True))
    if field.kind == "switch":
        return Annotated[(bool if field.default else bool | None, *validated)]
    choices = {"enum": [*get_args(Side)]} if field.kind == "side" else {}
    return Annotated[(Any, *validated, WithJsonSchema({"type": "string", **choices}))]


def _build_parameter(field: Field) -> Parameter:
    default = _read_switch(field.default) if field.kind == "switch" else field.default
    return Parameter(
        field.name, field.name, _build_type(field), default, KINDS[field.kind].expected
    )


def _read_value(field: Field, value: object) -> Any:
    kind = KINDS[field.kind]
    text = str(value or "").strip() or field.default
    if not text:
        return None if field.kind == "switch" else ""
    try:
        return kind.read(text)
    except ValueError:
        raise BadValueError(kind.code, kind.expected) from None


SCHEMA: Final = Schema(
    "covid19-ultimate-card",
    [_build_parameter(field) for field in FIELDS],
    description="A card with the figures of a region.",
    checks=check_cards,
    encloses="never",
)


@dataclass(frozen=True, slots=True)
class CardAttributes:
    """The attributes of one card."""

    region: str
    """ISO 3166 alpha-2 in capitals, `WORLD`, or any other text of the author."""
    texts: dict[str, str]
    """The labels and `region-name` by attribute name, without blank ones."""
    switches: dict[str, bool]
    font: Colour
    background: Colour
    ornament_side: Side
    rtl: bool | None
    """`None` if the language decides."""
    date_format: str
    """A format of PHP's `date()`, or empty without the line "last updated"."""


def read_attributes(shortcode: Shortcode, context: Context) -> CardAttributes:
    """Return the attributes with defaults for missing and invalid values; report invalid ones."""
    values, diagnostics = SCHEMA.fit(shortcode)
    context.diagnostics.extend(diagnostics)
    return _build_attributes(values)


def build_full_attributes(region: str) -> CardAttributes:
    """Return the attributes of a card that shows all figures of a region."""
    values = {field.name: _read_value(field, None) for field in FIELDS}
    switches = {f.name: True for f in FIELDS if f.kind == "switch" and f.default}
    return _build_attributes({**values, **switches, "region": region})


def _build_attributes(values: Mapping[str, Any]) -> CardAttributes:
    by_kind = {kind: {f.name: values[f.name] for f in FIELDS if f.kind == kind} for kind in KINDS}
    return CardAttributes(
        region=values["region"],
        texts={name: text for name, text in by_kind["text"].items() if text},
        switches=by_kind["switch"],
        font=values["font-color"],
        background=values["bg-color"],
        ornament_side=values["bg-position"],
        rtl=values["rtl"],
        date_format=values["last-update"],
    )

"""The attributes of a card: which there are, what each may hold, and what a bad one becomes.

Names compare without regard to case, the last of two wins, and a blank value counts as not given.
The defaults are this package's own: those of the plugin that such cards came from are not known.
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
from shortcodes_covid19.checks import check
from shortcodes_covid19.colours import Colour, read_colour
from shortcodes_covid19.figures import WORLD
from shortcodes_covid19.phpdate import read_pattern

Side = Literal["left", "right", "center"]
_Reader = Callable[[str], Any]

_TRUE = frozenset({"true", "1", "yes", "on"})
_WORLD_NAMES = frozenset({"world", "all", WORLD})
_LONGEST_PATTERN = 64


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute that a card understands."""

    name: str
    kind: str
    """A key of `KINDS`."""
    default: str = ""
    """What stands for a missing or bad value; empty where language or region decide."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an attribute may hold."""

    read: _Reader
    """Turns the text into a value; raises `ValueError` for a bad one."""
    code: str = ""
    """The diagnostic for a bad value; empty where no value is bad."""
    wanted: str = ""
    """What would have been right, for the diagnostic."""


def _region(text: str) -> str:
    """Return the code in capitals, `WORLD`, or what else was written."""
    if text.casefold() in _WORLD_NAMES:
        return WORLD
    return text.upper() if re.fullmatch(r"[A-Za-z]{2}", text) else text


def _switch(text: str) -> bool:
    return text.casefold() in _TRUE


def _side(text: str) -> str:
    side = text.casefold()
    if side not in ("left", "right", "center"):
        raise ValueError("no side")
    return side


def _pattern(text: str) -> str:
    """Return a pattern of PHP's `date()`, which itself takes anything, if it makes sense."""
    characters = list(read_pattern(text))
    if (
        len(text) > _LONGEST_PATTERN
        or not any(is_letter for _, is_letter in characters)
        or any(unicodedata.category(character) == "Cc" for character, _ in characters)
    ):
        raise ValueError("no date format")
    return text


KINDS: Final = MappingProxyType(
    {
        "text": Kind(str),
        "region": Kind(_region, wanted="a code of ISO 3166, a name in English or Arabic, or world"),
        "switch": Kind(_switch),
        "colour": Kind(read_colour, "SC501", "a CSS colour"),
        "side": Kind(_side, "SC502", "left, right or center"),
        "date": Kind(
            _pattern,
            "SC503",
            "a format of PHP's date() with at least one letter, at most 64 characters,"
            " no control character and no backslash at the end",
        ),
    }
)

DEFAULT_COLOURS: Final = ("#ffffff", "#0c3278")
"""What a card that names no colours is written in, and on."""

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
"""The attributes. An empty default of a label is the word of the card's language, of `region-name`
the name in CLDR, of `rtl` the language's direction, of `last-update` no such
line."""


def _type(field: Field) -> Any:
    """Return the type of an attribute: a blank value is the default, and a bad one is reported."""
    validated = (BeforeValidator(partial(_read, field)), Extra(validate_default=True))
    if field.kind == "switch":
        return Annotated[(bool if field.default else bool | None, *validated)]
    choices = {"enum": [*get_args(Side)]} if field.kind == "side" else {}
    return Annotated[(Any, *validated, WithJsonSchema({"type": "string", **choices}))]


def _parameter(field: Field) -> Parameter:
    default = _switch(field.default) if field.kind == "switch" else field.default
    return Parameter(field.name, field.name, _type(field), default, KINDS[field.kind].wanted)


def _read(field: Field, given: object) -> Any:
    kind = KINDS[field.kind]
    text = str(given or "").strip() or field.default
    if not text:
        return None if field.kind == "switch" else ""
    try:
        return kind.read(text)
    except ValueError:
        raise BadValueError(kind.code, kind.wanted) from None


SCHEMA: Final = Schema(
    "covid19-ultimate-card",
    [_parameter(field) for field in FIELDS],
    description="A card with the figures of a region.",
    checks=check,
)


@dataclass(frozen=True, slots=True)
class CardAttributes:
    """What one card was asked to be."""

    region: str
    """ISO 3166 alpha-2 in capitals, `WORLD`, or what else the author wrote."""
    texts: dict[str, str]
    """The labels and `region-name`, by attribute name; only those that were given."""
    switches: dict[str, bool]
    font: Colour
    ground: Colour
    side: Side
    rtl: bool | None
    """`None` where the language decides."""
    pattern: str
    """Of PHP's `date()`; empty for no line."""


def read_attributes(shortcode: Shortcode, context: Context) -> CardAttributes:
    """Return the attributes with defaults for missing and bad values; bad ones are reported."""
    values, found = SCHEMA.fit(shortcode)
    context.diagnostics.extend(found)
    return _made(values)


def build_full_attributes(region: str) -> CardAttributes:
    """Return the attributes of a card that shows all figures of a region."""
    values = {field.name: _read(field, None) for field in FIELDS}
    switched = {f.name: True for f in FIELDS if f.kind == "switch" and f.default}
    return _made({**values, **switched, "region": region})


def _made(values: Mapping[str, Any]) -> CardAttributes:
    of_kind = {kind: {f.name: values[f.name] for f in FIELDS if f.kind == kind} for kind in KINDS}
    return CardAttributes(
        region=values["region"],
        texts={name: text for name, text in of_kind["text"].items() if text},
        switches=of_kind["switch"],
        font=values["font-color"],
        ground=values["bg-color"],
        side=values["bg-position"],
        rtl=values["rtl"],
        pattern=values["last-update"],
    )

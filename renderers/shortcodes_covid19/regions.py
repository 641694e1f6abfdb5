"""Resolves the regions that authors write: a code of two or three letters or digits, or a name.

All names are CLDR's, as Babel provides them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from shortcodes.common.checks import check_names, check_type
from shortcodes.common.suggestions import NearNames, suggest
from shortcodes_covid19.figures import WORLD

_CODE = re.compile(r"[A-Z]{2}")
_NOT_REGIONS = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes that CLDR lists beside countries and territories: unions, test codes, unknown regions."""
_EXTRA_NAMES = {
    **dict.fromkeys(("world", "all", "global"), WORLD),
    **dict.fromkeys(("palestine", "فلسطين"), "PS"),
    "uae": "AE",
}
"""Names that Babel's copy of CLDR lacks. Those of countries are CLDR's own short names."""
_LANGUAGES = ("en", "ar")
"""Languages in which a name is always looked up."""
_LONGEST_NAME = 200
"""Code points. No language has a longer name, and the time that Python takes to put the accents
on one letter in order grows with the square of their number."""


@cache
def list_regions() -> tuple[str, ...]:
    """Return every region that a source may be asked for: CLDR's, the ship XJ, and the world."""
    codes = {code for code in map(str, Locale("en").territories) if _CODE.fullmatch(code)}
    return (WORLD, *sorted((codes | {"XJ"}) - _NOT_REGIONS))


def is_code(text: str) -> bool:
    """Return whether a text has the form of a region's code: two capitals, or `WORLD`."""
    return text == WORLD or bool(_CODE.fullmatch(text))


def resolve_region(text: str, languages: Iterable[str] = ()) -> str:
    """Return the code of the region that an author means: ISO 3166 alpha-2, or `WORLD`.

    Two letters are a code, in any case. Three letters (ISO 3166 alpha-3), three digits (UN M49)
    and codes that have been replaced, such as "UK", are looked up. So are names, without regard to
    case, accents and punctuation. Blank text means the world. Unknown text is returned as it is,
    with its white space collapsed.

    Args:
        text: What the author wrote.
        languages: BCP 47 tags of languages in which the name is looked up after English and Arabic.
    """
    check_type("text", text, str)
    languages = check_names("languages", languages)
    name = " ".join(text.split())
    if not name:
        return WORLD
    code = name.upper() if name.isascii() else name
    aliases = get_global("territory_aliases").get(code, ())
    if len(aliases) == 1:
        return str(aliases[0])
    if is_code(code):
        return code
    if len(name) > _LONGEST_NAME:
        return name
    key = _normalize_name(name)
    codes = (_map_names_to_codes(tag).get(key) for tag in (*_LANGUAGES, *languages))
    return next(filter(None, codes), name)


def find_near_region(text: str) -> str:
    """Return the code of the region whose English or Arabic name is one slip away from a text, or
    an empty string.
    """
    key = _normalize_name(text[:_LONGEST_NAME])
    for language in _LANGUAGES:
        if near := _index_names(language).find(key):
            return _map_names_to_codes(language)[near]
    return ""


@cache
def _index_names(language: str) -> NearNames:
    return NearNames(sorted(_map_names_to_codes(language)))


def suggest_region(text: str) -> str:
    """Return "did you mean 'Egypt'?" with the most similar name; empty if none is similar."""
    regions = frozenset(list_regions())
    names = (
        str(name)
        for tag in _LANGUAGES
        for code, name in Locale(tag).territories.items()
        if code in regions
    )
    return suggest(text[:_LONGEST_NAME].title(), names)


@lru_cache(maxsize=64)
def _map_names_to_codes(tag: str) -> dict[str, str]:
    """Return the codes of regions by their normalized names in a language."""
    try:
        names = Locale.parse(tag.replace("_", "-"), sep="-").territories
    except (ValueError, UnknownLocaleError):
        return {}
    regions = frozenset(list_regions())
    codes = {
        _normalize_name(str(name)): str(code) for code, name in names.items() if code in regions
    }
    return codes | {_normalize_name(name): code for name, code in _EXTRA_NAMES.items()}


def _normalize_name(name: str) -> str:
    """Return a name without case, accents and punctuation."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = (x if x.isalnum() else " " for x in decomposed if not unicodedata.combining(x))
    return " ".join("".join(letters).split())

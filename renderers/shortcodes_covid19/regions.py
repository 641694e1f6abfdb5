"""Regions as authors write them: a code of two or three letters or digits, or a name.

All names are CLDR's, as Babel has them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from shortcodes.checks import check_names, check_type
from shortcodes_covid19.figures import WORLD

_CODE = re.compile(r"[A-Z]{2}")
_NOWHERE = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""What CLDR lists beside countries and territories: unions, tests and the unknown."""
_WORDS = {
    **dict.fromkeys(("world", "all", "global"), WORLD),
    **dict.fromkeys(("palestine", "فلسطين"), "PS"),
    "uae": "AE",
}
"""What CLDR as Babel has it does not say; the countries are CLDR's own short names."""
_ASKED = ("en", "ar")
_LONGEST = 200
"""Code points of a name, of which no language has a longer one. Python takes time that grows with
the square of the accents on one letter to put them in order."""


@cache
def list_regions() -> tuple[str, ...]:
    """Return every region that a source may be asked for: CLDR's, the ship XJ, and the world."""
    codes = {code for code in map(str, Locale("en").territories) if _CODE.fullmatch(code)}
    return (WORLD, *sorted((codes | {"XJ"}) - _NOWHERE))


def is_code(text: str) -> bool:
    """Whether a text is what sources call a region: two capitals, or `WORLD`."""
    return text == WORLD or bool(_CODE.fullmatch(text))


def resolve_region(text: str, languages: Iterable[str] = ()) -> str:
    """Return the region that an author means: ISO 3166 alpha-2 in capitals, or `WORLD`.

    Two letters count in capitals. Three letters (ISO 3166 alpha-3), three digits (UN M49) and what
    is a code no longer, such as "UK", are looked up. So are names in English, Arabic and the
    `languages` (BCP 47 tags), without regard to case, accents and punctuation. Nothing is the
    world. What is not known stays as it is written.
    """
    check_type("text", text, str)
    languages = check_names("languages", languages)
    written = " ".join(text.split())
    if not written:
        return WORLD
    code = written.upper() if written.isascii() else written
    alias = get_global("territory_aliases").get(code, ())
    if len(alias) == 1:
        return str(alias[0])
    if is_code(code):
        return code
    if len(written) > _LONGEST:
        return written
    key = _key(written)
    return next(
        (found for tag in (*_ASKED, *languages) if (found := _names(tag).get(key))), written
    )


@lru_cache(maxsize=64)
def _names(tag: str) -> dict[str, str]:
    """Return the codes of regions by their names in a language."""
    try:
        names = Locale.parse(tag.replace("_", "-"), sep="-").territories
    except (ValueError, UnknownLocaleError):
        return {}
    known = frozenset(list_regions())
    found = {_key(str(name)): str(code) for code, name in names.items() if code in known}
    return {**found, **{_key(word): code for word, code in _WORDS.items()}}


def _key(name: str) -> str:
    """Return a name as names are compared."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(x if x.isalnum() else " " for x in plain if not unicodedata.combining(x))
    return " ".join(letters.split())

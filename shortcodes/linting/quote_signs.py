"""Characters that people use as quotes, more of them than any dialect reads."""

from __future__ import annotations

import html
import re
from typing import Final

from shortcodes.lenient.grammar import quote_marks

_MARKS = quote_marks()
SINGLE: Final = f"{_MARKS.single}＇`´ʼ‹›「」『』❛❜"
DOUBLE: Final = f"{_MARKS.double}〝〞〟❝❞"
APOSTROPHES: Final = "'’ʼ＇"
ANY: Final = SINGLE + DOUBLE

_ENTITY = re.compile(r"&(?:amp;)*(?:[A-Za-z][A-Za-z0-9]*+|#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,8});")
_ESCAPED = re.compile(r"\\++([\"'])|\\*+u00(22|27)|\\*+u20(1[89a-fA-F])|\\++x(22|27)|%(22|27)")


def spell_out(source: str) -> str:
    r"""Return a source with its entities decoded, even if they were encoded repeatedly, and with
    quotes in place of their escapes, such as `\"` and `u0022`.
    """
    if "&" in source:
        source = _ENTITY.sub(_decode, source)
    if "\\" in source or "u00" in source or "u20" in source or "%2" in source:
        source = _ESCAPED.sub(_unescape, source)
    return source


def _decode(entity: re.Match[str]) -> str:
    decoded = html.unescape(entity[0].replace("amp;", ""))
    return entity[0] if decoded in ("<", ">", "[", "]") else decoded


def _unescape(escape: re.Match[str]) -> str:
    quote, two_digits, last_two, *others = escape.groups()
    if quote:
        return quote
    return chr(int(f"20{last_two}" if last_two else next(filter(None, [two_digits, *others])), 16))

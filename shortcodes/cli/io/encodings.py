"""The encodings of files: UTF-8, UTF-16 or UTF-32 by a byte order mark, or one that is named."""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple

import click

UTF8: Final = "utf-8"

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # it begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; they are part of the text, as in UTF-8."""
_FAMILIES: Final = {"utf-8-sig": UTF8, "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""Encodings that Python reads without the mark, and what is used without one."""
_EXACT: Final = frozenset({UTF8, *(name for _, name in _MARKS)})
"""Encodings that write each text in one way."""
_OF_NO_FILE: Final = frozenset(
    {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}
)


class Decoded(NamedTuple):
    """The text of some bytes."""

    text: str
    encoding: str
    is_exact: bool
    """Whether the bytes are what the encoding makes of the text."""


def decode(data: bytes, encoding: str | None) -> Decoded:
    """Return the text of bytes; U+FFFD replaces what is malformed.

    Without an encoding it is that of the byte order mark, or UTF-8.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None or encoding in _FAMILIES:
        is_of_family = encoding is None or (marked or "").startswith(encoding)
        encoding = marked if marked and is_of_family else _FAMILIES.get(encoding or "", UTF8)
    try:
        text = data.decode(encoding)
    except UnicodeError:
        return Decoded(data.decode(encoding, "replace"), encoding, False)
    is_exact = encoding in _EXACT or _encode(text, encoding) == data
    return Decoded(text, encoding, is_exact)


def _encode(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeError:
        return None


def encode(name: str, text: str, encoding: str) -> bytes:
    """Return the text of a file as bytes. Raises `ClickException` if it has other characters."""
    if encoding == UTF8:
        return text.encode(encoding, "surrogateescape")
    data = _encode(text, encoding)
    if data is None:
        raise click.ClickException(
            f"{name}: a character cannot be written in {format_name(encoding)}, nothing is written"
        )
    return data


def format_name(encoding: str) -> str:
    """Return the name of an encoding as people write it."""
    return encoding.removesuffix("-le").removesuffix("-be").upper()


def read_option(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> str | None:
    """Return the value of an option as the name of an encoding that files have."""
    if value is None:
        return None
    try:
        name = codecs.lookup(value).name
        is_of_files = name not in _OF_NO_FILE and isinstance("".encode(name), bytes)
    except (LookupError, ValueError):
        is_of_files = False
    if not is_of_files:
        raise click.BadParameter("there is no such encoding")
    return name

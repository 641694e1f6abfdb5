r"""Slashes: C escapes in attribute values, as PHP's `stripcslashes` reads them (rule 22)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"v": b"\v", b"b": b"\b"}
_CONTROLS[b"f"] = b"\f"


def without_slashes(value: str) -> str:
    r"""Return a value with its C escapes resolved.

    `\n \t \r \a \v \b \f`, up to three octal digits and `\x` with up to two hexadecimal ones make
    bytes; before anything else the backslash goes; a lone one at the end stays. Bytes that are no
    UTF-8 come back as surrogate escapes.
    """
    if "\\" not in value:
        return value
    return text_of(_ESCAPE.sub(_byte, bytes_of(value)))


def _byte(escape: re.Match[bytes]) -> bytes:
    octal, hexadecimal, other = escape.groups()
    if octal is not None:
        return bytes([int(octal, 8) % 256])
    if hexadecimal is not None:
        return bytes([int(hexadecimal, 16)])
    return _CONTROLS.get(other, other)


def bytes_of(text: str) -> bytes:
    """Return a text as UTF-8: surrogate escapes as the bytes they stand for, other lone
    surrogates as three bytes each.
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return b"".join(
            c.encode("utf-8", "surrogateescape" if "\udc80" <= c <= "\udcff" else "surrogatepass")
            for c in text
        )


def text_of(raw: bytes) -> str:
    """Return bytes as text, with surrogate escapes for those that are no UTF-8."""
    return raw.decode("utf-8", "surrogateescape")

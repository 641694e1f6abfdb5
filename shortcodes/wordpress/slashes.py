r"""Slashes: C escapes in attribute values, as PHP's `stripcslashes` reads them (rule 22)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"v": b"\v", b"b": b"\b"}
_CONTROLS[b"f"] = b"\f"


def resolve_escapes(value: str) -> str:
    r"""Return a value with its C escapes resolved.

    `\n \t \r \a \v \b \f`, up to three octal digits and `\x` with up to two hexadecimal ones are
    bytes; before anything else the backslash is removed; a backslash at the end stays. Bytes that
    are not UTF-8 become surrogate escapes.
    """
    if "\\" not in value:
        return value
    return decode_utf8(_ESCAPE.sub(_resolve_escape, encode_utf8(value)))


def _resolve_escape(escape: re.Match[bytes]) -> bytes:
    octal, hexadecimal, other = escape.groups()
    if octal is not None:
        return bytes([int(octal, 8) % 256])
    if hexadecimal is not None:
        return bytes([int(hexadecimal, 16)])
    return _CONTROLS.get(other, other)


def encode_utf8(text: str) -> bytes:
    """Return a text as UTF-8, with surrogate escapes as their bytes and other lone surrogates as
    three bytes each.
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return b"".join(
            c.encode("utf-8", "surrogateescape" if "\udc80" <= c <= "\udcff" else "surrogatepass")
            for c in text
        )


def decode_utf8(raw: bytes) -> str:
    """Return UTF-8 as text, with surrogate escapes for bytes that are not UTF-8."""
    return raw.decode("utf-8", "surrogateescape")

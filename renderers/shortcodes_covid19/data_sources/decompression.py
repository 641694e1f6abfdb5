"""Decompresses the body of an answer, one bounded piece at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from shortcodes_covid19.data_sources.failures import NoAnswerError

ACCEPTED: Final = "gzip"
"""The value of the header `Accept-Encoding`."""

_GZIP = ("gzip", "x-gzip")
"""Names of the one encoding that is accepted; RFC 9110, section 8.4.1.3."""
_PLAIN = ("", "identity")
_PIECE = 65536
_LONGEST_QUOTE = 40


def decompress(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the decompressed body in pieces of at most 64 kB, or the size of a chunk.

    `encoding` is the value of the header `Content-Encoding`. Raises `NoAnswerError` for an encoding
    that was not requested, such as two encodings, and for an incomplete body.
    """
    name = encoding.strip().lower()
    if name in _PLAIN:
        return iter(chunks)
    if name not in _GZIP:
        raise NoAnswerError(
            f"sent an encoding that was not requested: {encoding[:_LONGEST_QUOTE]!r}"
        )
    return _decompress_gzip(chunks)


def _decompress_gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = _start_member()
    has_data = False
    try:
        for chunk in chunks:
            data = chunk
            while data:
                if member.eof:  # a gzip body may have several members
                    member = _start_member()
                piece = member.decompress(data, _PIECE)
                data = member.unused_data if member.eof else member.unconsumed_tail
                has_data = True
                if piece:
                    yield piece
            while not member.eof and (piece := member.decompress(b"", _PIECE)):
                yield piece
    except zlib.error:
        raise NoAnswerError("sent a body that cannot be decompressed") from None
    if has_data and not member.eof:
        raise NoAnswerError("sent a body that cannot be decompressed")


def _start_member() -> zlib._Decompress:
    return zlib.decompressobj(16 + zlib.MAX_WBITS)

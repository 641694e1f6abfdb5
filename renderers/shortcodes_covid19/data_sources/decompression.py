"""The body of an answer, as it comes out of its compression, a bounded piece at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from shortcodes_covid19.data_sources.failures import NoAnswerError

ACCEPTED: Final = "gzip"
"""The value of `Accept-Encoding`: what a server is told that it may use."""

_GZIP = ("gzip", "x-gzip")
"""Names of the one encoding that is accepted; RFC 9110, section 8.4.1.3."""
_PLAIN = ("", "identity")
_PIECE = 65536
_SHOWN = 40


def decompress(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Give the body that chunks hold, in pieces of no more than 64 kB, or a chunk's own size.

    `encoding` is the value of `Content-Encoding`. Raises `NoAnswerError` for an encoding that was
    not asked for, such as one inside another, and for a body that is not whole.
    """
    name = encoding.strip().lower()
    if name in _PLAIN:
        return iter(chunks)
    if name not in _GZIP:
        raise NoAnswerError(f"sent an encoding that was not requested: {encoding[:_SHOWN]!r}")
    return _from_gzip(chunks)


def _from_gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = _member()
    is_begun = False
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting:
                if member.eof:  # a body may be several members, one after the other
                    member = _member()
                piece = member.decompress(waiting, _PIECE)
                waiting = member.unused_data if member.eof else member.unconsumed_tail
                is_begun = True
                if piece:
                    yield piece
            while not member.eof and (piece := member.decompress(b"", _PIECE)):
                yield piece
    except zlib.error:
        raise NoAnswerError("sent a body that cannot be decompressed") from None
    if is_begun and not member.eof:
        raise NoAnswerError("sent a body that cannot be decompressed")


def _member() -> zlib._Decompress:
    return zlib.decompressobj(16 + zlib.MAX_WBITS)

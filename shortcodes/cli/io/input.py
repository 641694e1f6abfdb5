"""Standard input, read to its end."""

from __future__ import annotations

import select
from typing import BinaryIO

_PART = 1 << 20
"""Bytes that are asked for at a time."""


def whole(stream: BinaryIO) -> bytes:
    """Return all that comes, though a pipe may not block, since others who have it said so.

    Python's own reading ends where nothing has come yet.
    """
    raw = getattr(stream, "raw", stream)
    parts: list[bytes] = []
    while (part := raw.read(_PART)) != b"":
        if part is None:
            select.select([raw], [], [])
        else:
            parts.append(part)
    return b"".join(parts)

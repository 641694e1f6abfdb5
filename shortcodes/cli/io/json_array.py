"""A JSON array that is written item by item, so that only one item is in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from shortcodes.common.log_text import dump_json


def write(items: Iterable[Any], output: IO[bytes]) -> None:
    """Write the same text as `dump_json(list(items), indent=2)`."""
    prefix = "[\n  "
    for item in items:
        text = dump_json(item, indent=2)
        # A string in JSON contains no line feed.
        output.write((prefix + text.replace("\n", "\n  ")).encode())
        prefix = ",\n  "
    output.write(b"[]\n" if prefix.startswith("[") else b"\n]\n")

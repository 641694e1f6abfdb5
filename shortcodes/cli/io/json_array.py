"""A JSON array that is written item by item, so that only one of them is held at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from shortcodes.cli.io.printing import dump_json


def write(items: Iterable[Any], output: IO[bytes]) -> None:
    """Write what `dump_json(list(items), indent=2)` would give."""
    before = "[\n  "
    for item in items:
        text = dump_json(item, indent=2)
        # In JSON a line feed never stands inside a string.
        output.write((before + text.replace("\n", "\n  ")).encode())
        before = ",\n  "
    output.write(b"[]\n" if before.startswith("[") else b"\n]\n")

"""Text files of the folder that a test runs in."""

from __future__ import annotations

from pathlib import Path


def read_text(name: str) -> str:
    """Return the text of a file in UTF-8."""
    return Path(name).read_text(encoding="utf-8")


def write_text(name: str, text: str) -> Path:
    """Write a file in UTF-8, with the line ends of the text."""
    path = Path(name)
    path.write_bytes(text.encode())
    return path

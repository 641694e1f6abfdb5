"""A unified diff of a text before and after; patch(1) takes it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

_NO_LINE_FEED = "\n\\ No newline at end of file\n"


def diff(name: str, before: str, after: str) -> str:
    """Return the diff; empty where nothing changed."""
    lines = unified_diff(_lines(before), _lines(after), name, name)
    return "".join(_ended(lines))


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends one, as for patch(1)."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else line + _NO_LINE_FEED

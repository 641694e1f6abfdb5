"""The pages of the codes, written from their docstrings when the documentation is built."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from shortcodes.linting.codes import find_group
from shortcodes.linting.pages import format_page
from shortcodes.linting.table import CODES


def format_table() -> str:
    """Return a table of codes for each group, with links to their pages."""
    parts = []
    for group, codes in groupby(CODES, find_group):
        rows = [
            f"| [{code}](rules/{code}.md) | {CODES[code].severity} | {CODES[code].summary} |"
            for code in codes
        ]
        heading = f"## {group[0].upper()}{group[1:]}"
        parts.append(
            "\n".join([heading, "", "| code | severity | summary |", "|---|---|---|", *rows])
        )
    return "\n\n".join(parts)


def write_pages(folder: Path) -> None:
    """Write a page for every code into a folder, and remove all others."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        if old.stem not in CODES:
            old.unlink()
    for code in CODES.values():
        (folder / f"{code.code}.md").write_text(format_page(code), encoding="utf-8")

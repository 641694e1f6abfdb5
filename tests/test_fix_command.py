"""`shortcodes fix`: bytes in, bytes out, and only what WordPress would misread changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command import call

TEXT = "a “b” –\r\n[x k=”1″ l=”[1]”]\n[x k=”1″]\n[x k='1']\n"
FIXED = "a “b” –\r\n[x k=”1″ l=”[1]”]\n[x k=\"1\"]\n[x k='1']\n"
LEFT = "a.txt:2:10: SC203 the value of l cannot be written in straight quotes\n"


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    Path("a.txt").write_bytes(TEXT.encode())


def fix(capfd: Any, *arguments: str) -> tuple[int, str, str]:
    return call(capfd, "fix", *arguments)


def test_fix_changes_no_byte_but_those_that_wordpress_misreads(capfd: Any) -> None:
    assert fix(capfd, "-o", "b.txt", "a.txt") == (0, "", LEFT)
    assert Path("b.txt").read_bytes() == FIXED.encode()


def test_fix_writes_in_place(capfd: Any) -> None:
    assert fix(capfd, "--in-place", "a.txt") == (0, "", LEFT)
    assert Path("a.txt").read_bytes() == FIXED.encode()


def test_fix_shows_a_diff(capfd: Any) -> None:
    status, out, err = fix(capfd, "--diff", "a.txt")
    changed = [line for line in out.splitlines() if line[:1] in "+-"]
    assert (status, err) == (0, LEFT)
    assert changed == ["--- a.txt", "+++ a.txt", "-[x k=”1″]", '+[x k="1"]']


def test_fix_undoes_typography_in_values_when_told(capfd: Any) -> None:
    Path("a.txt").write_text("[x k=”9×9 – it’s”] – it’s\n", encoding="utf-8")
    assert fix(capfd, "a.txt") == (0, '[x k="9×9 – it’s"] – it’s\n', "")
    assert fix(capfd, "--undo-typography", "a.txt") == (0, '[x k="9x9 - it\'s"] – it’s\n', "")


def test_fix_reads_markdown_by_its_name(capfd: Any) -> None:
    Path("a.md").write_text('\\[vc\\_row k=”1"\\]\n', encoding="utf-8")
    assert fix(capfd, "a.md") == (0, '\\[vc\\_row k="1"\\]\n', "")


def test_fix_takes_the_names_that_are_shortcodes(capfd: Any) -> None:
    assert fix(capfd, "--tags", "y", "a.txt") == (0, TEXT, "")

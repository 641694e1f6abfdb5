"""How often each problem was found, the most frequent problem first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from shortcodes.cli.checking.findings import FileResult, ProblemCount
from shortcodes.linting.codes import RULE_NAMES


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write a line for every code, after all files are checked: count, code, mark and name.

    The mark is `[*]` if there is a safe fix for one of them, and `[?]` if there is an unsafe one.
    """
    counts: dict[str, ProblemCount] = {}
    for result in results:
        for code, count in result.counts.items():
            counts[code] = counts.get(code, ProblemCount()).add(count)
    rows = sorted(counts.items(), key=lambda row: (-row[1].problems, row[0]))
    width = len(str(rows[0][1].problems)) if rows else 0
    for code, count in rows:
        mark = "[*]" if count.safe_fixes else "[?]" if count.unsafe_fixes else ""
        row = f"{count.problems:>{width}}  {code}  {mark:3}  {RULE_NAMES.get(code, '')}"
        output.write(f"{row.rstrip()}\n".encode())

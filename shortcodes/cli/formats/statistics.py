"""How often each problem was found, the most frequent problem first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import IO

from shortcodes.cli.checking.findings import FileResult
from shortcodes.cli.formats.text import format_mark
from shortcodes.linting.codes import RULE_NAMES


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write a line for every code, after all files are checked: count, code, mark and name.

    The mark is that of the first finding with a fix.
    """
    counts: Counter[str] = Counter()
    marks: dict[str, str] = {}
    for result in results:
        for finding in result.findings:
            counts[finding.diagnostic.code] += 1
            if mark := format_mark(finding.diagnostic.fix):
                marks.setdefault(finding.diagnostic.code, mark)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    width = len(str(rows[0][1])) if rows else 0
    for code, count in rows:
        row = f"{count:>{width}}  {code}  {marks.get(code, ''):3}  {RULE_NAMES.get(code, '')}"
        output.write(f"{row.rstrip()}\n".encode())

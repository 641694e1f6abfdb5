"""Findings as a JSON array, one object each; `lint.schema.json` beside this file describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from shortcodes.cli.checking.findings import FileResult, Finding
from shortcodes.cli.formats.shared_fixes import SharedFixes
from shortcodes.cli.io import json_array
from shortcodes.cli.io.files import replace_bad_bytes
from shortcodes.linting.codes import RULE_NAMES


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write the findings of every file while they arrive."""
    json_array.write(_items(results), output)


def _items(results: Iterable[FileResult]) -> Iterator[dict[str, Any]]:
    index = 0
    for result in results:
        fixes = SharedFixes()
        for finding in result.findings:
            same_as = fixes.find(finding.diagnostic.fix, index)
            yield {"file": replace_bad_bytes(result.name), **_item(finding, same_as)}
            index += 1


def _item(finding: Finding, same_as: int | None) -> dict[str, Any]:
    diagnostic, range_ = finding.diagnostic, finding.range
    fix = diagnostic.fix and {
        "message": diagnostic.fix.message,
        "safe": diagnostic.fix.safe,
        "edits": [
            {"start": edit.span[0], "end": edit.span[1], "text": edit.text}
            for edit in diagnostic.fix.edits
            if same_as is None
        ],
        **({} if same_as is None else {"same_as": same_as}),
    }
    return {
        "code": diagnostic.code,
        "rule": RULE_NAMES.get(diagnostic.code),
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "start": diagnostic.span[0],
        "end": diagnostic.span[1],
        "line": range_.start.line,
        "column": range_.start.column,
        "end_line": range_.end.line,
        "end_column": range_.end.column,
        "fix": fix,
    }

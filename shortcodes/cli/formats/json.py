"""Findings as a JSON array, one object each; `lint.schema.json` beside this file describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from shortcodes.cli.checking.findings import FileResult, Finding
from shortcodes.cli.io import json_array
from shortcodes.cli.io.files import replace_bad_bytes
from shortcodes.linting.codes import RULE_NAMES


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write the findings of every file while they arrive."""
    json_array.write(_items(results), output)


def _items(results: Iterable[FileResult]) -> Iterator[dict[str, Any]]:
    for result in results:
        for finding in result.findings:
            yield {"file": replace_bad_bytes(result.name), **_item(finding)}


def _item(finding: Finding) -> dict[str, Any]:
    diagnostic, range_ = finding.diagnostic, finding.range
    fix = diagnostic.fix and {
        "message": diagnostic.fix.message,
        "safe": diagnostic.fix.safe,
        "edits": [
            {"start": edit.span[0], "end": edit.span[1], "text": edit.text}
            for edit in diagnostic.fix.edits
        ],
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

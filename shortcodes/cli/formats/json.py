"""Findings as a JSON array, one object each; `lint.schema.json` beside this file describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from shortcodes.cli.checking.findings import Checked, Finding
from shortcodes.cli.io import json_array
from shortcodes.cli.io.files import replace_bad_bytes
from shortcodes.linting.codes import RULE_NAMES


def write(results: Iterable[Checked], output: IO[bytes]) -> None:
    """Write the findings of every file as they come."""
    json_array.write(_items(results), output)


def _items(results: Iterable[Checked]) -> Iterator[dict[str, Any]]:
    for checked in results:
        for finding in checked.findings:
            yield {"file": replace_bad_bytes(checked.name), **_item(finding)}


def _item(finding: Finding) -> dict[str, Any]:
    found, place = finding.diagnostic, finding.place
    fix = found.fix and {
        "message": found.fix.message,
        "safe": found.fix.safe,
        "edits": [
            {"start": edit.span[0], "end": edit.span[1], "text": edit.text}
            for edit in found.fix.edits
        ],
    }
    return {
        "code": found.code,
        "rule": RULE_NAMES.get(found.code),
        "severity": found.severity,
        "message": found.message,
        "hint": found.hint,
        "start": found.span[0],
        "end": found.span[1],
        "line": place.start.line,
        "column": place.start.column,
        "end_line": place.end.line,
        "end_column": place.end.column,
        "fix": fix,
    }

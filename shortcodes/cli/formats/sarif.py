"""Findings as SARIF 2.1.0, the OASIS standard that code hosts and editors read.

Columns are code points. Each rule is accompanied by its page of the documentation.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from shortcodes import __version__
from shortcodes.cli.checking.findings import FileResult, Finding, TextRange
from shortcodes.cli.formats.shared_fixes import SharedFixes
from shortcodes.cli.io.files import replace_bad_bytes
from shortcodes.common.log_text import dump_json
from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.codes import RULE_NAMES, find_group
from shortcodes.linting.table import RULES

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write one log with one run: each finding in a line, while it arrives.

    A finding takes several times as much memory as its line.
    """
    failures: list[dict[str, Any]] = []
    driver = {"name": "shortcodes", "version": __version__, "rules": _list_rules()}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [],
    }
    log = dump_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)
    head, tail = log.rsplit("[]", 1)
    separator = f"{head}[\n"
    for item in _build_results(results, failures):
        output.write(f"{separator}{dump_json(item)}".encode())
        separator = ",\n"
    invocation = {"executionSuccessful": not failures, "toolExecutionNotifications": failures}
    end = f"{head}[" if separator.startswith(head) else "\n"
    output.write(f'{end}],\n"invocations": [{dump_json(invocation)}]{tail}\n'.encode())


def _build_results(
    results: Iterable[FileResult], failures: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield what SARIF calls the results, and add what it calls notifications to a list."""
    index = 0
    for result in results:
        fixes = SharedFixes()
        for finding in result.findings:
            same_as = fixes.find(finding.diagnostic.fix, index)
            yield _build_result(result.name, finding, same_as)
            index += 1
        if result.failure:
            location = {"physicalLocation": {"artifactLocation": _build_artifact(result.name)}}
            message = {"text": replace_bad_bytes(result.failure)}
            failures.append({"level": "error", "message": message, "locations": [location]})


def _list_rules() -> list[dict[str, Any]]:
    return [
        {
            "id": code,
            "name": rule.name.title().replace("-", ""),
            "shortDescription": {"text": rule.summary},
            "help": {"text": rule.page, "markdown": rule.page},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            "properties": {"tags": [find_group(code)]},
        }
        for code, rule in RULES.items()
    ]


def _build_result(name: str, finding: Finding, same_as: int | None) -> dict[str, Any]:
    diagnostic = finding.diagnostic
    artifact = _build_artifact(name)
    location = {"artifactLocation": artifact, "region": _build_region(finding.range)}
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _write_message(diagnostic)},
        "locations": [{"physicalLocation": location}],
    }
    if diagnostic.code in RULE_NAMES:
        result["ruleIndex"] = _index_rules()[diagnostic.code]
    if same_as is not None:
        result["properties"] = {"fixOfResult": same_as}
    elif diagnostic.fix:
        replacements = [
            {"deletedRegion": _build_region(range_), "insertedContent": {"text": edit.text}}
            for range_, edit in zip(finding.edits, diagnostic.fix.edits, strict=True)
        ]
        change = {"artifactLocation": artifact, "replacements": replacements}
        safety = {"safe": diagnostic.fix.safe}
        message = {"text": diagnostic.fix.message}
        fix = {"description": message, "artifactChanges": [change], "properties": safety}
        result["fixes"] = [fix]
    return result


def _write_message(diagnostic: Diagnostic) -> str:
    """Return the message and the hint, without links: `[text](address)` would be one (3.11.6)."""
    parts = (diagnostic.message, diagnostic.hint)
    return "\n".join(part for part in parts if part).replace("](", "\\](")


@cache
def _index_rules() -> dict[str, int]:
    """Return the index of each rule in the list of rules, by code."""
    return {code: index for index, code in enumerate(RULE_NAMES)}


def _build_region(range_: TextRange) -> dict[str, int]:
    return {
        "startLine": range_.start.line,
        "startColumn": range_.start.column,
        "endLine": range_.end.line,
        "endColumn": range_.end.column,
    }


def _build_artifact(name: str) -> dict[str, str]:
    """Return the URI of a file: relative, as the file was named, or absolute."""
    path = Path(name)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(os.fsencode(name.replace(os.sep, "/")))}

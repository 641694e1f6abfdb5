"""Findings as SARIF 2.1.0, the OASIS standard that code hosts and editors read.

Columns are code points. Each rule comes with its page of the documentation.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from shortcodes import __version__
from shortcodes.cli.checking.findings import Checked, Finding, Place
from shortcodes.cli.io.files import replace_bad_bytes
from shortcodes.cli.io.printing import dump_json
from shortcodes.linting.codes import RULE_NAMES, find_group
from shortcodes.linting.table import RULES

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(results: Iterable[Checked], output: IO[bytes]) -> None:
    """Write one log with one run, when all files are checked."""
    found: list[dict[str, Any]] = []
    failures: list[dict[str, Any]] = []
    for checked in results:
        found += (_result(checked.name, finding) for finding in checked.findings)
        if checked.failure:
            where = {"physicalLocation": {"artifactLocation": _artifact(checked.name)}}
            message = {"text": replace_bad_bytes(checked.failure)}
            failures.append({"level": "error", "message": message, "locations": [where]})
    invocation = {"executionSuccessful": not failures, "toolExecutionNotifications": failures}
    driver = {"name": "shortcodes", "version": __version__, "rules": _rules()}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": found,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    output.write(f"{dump_json(log, indent=2)}\n".encode())


def _rules() -> list[dict[str, Any]]:
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


def _result(name: str, finding: Finding) -> dict[str, Any]:
    found = finding.diagnostic
    artifact = _artifact(name)
    where = {"artifactLocation": artifact, "region": _region(finding.place)}
    result: dict[str, Any] = {
        "ruleId": found.code,
        "level": _LEVELS[found.severity],
        "message": {"text": "\n".join(part for part in (found.message, found.hint) if part)},
        "locations": [{"physicalLocation": where}],
    }
    if found.code in RULE_NAMES:
        result["ruleIndex"] = _places()[found.code]
    if found.fix:
        replacements = [
            {"deletedRegion": _region(place), "insertedContent": {"text": edit.text}}
            for place, edit in zip(finding.edits, found.fix.edits, strict=True)
        ]
        change = {"artifactLocation": artifact, "replacements": replacements}
        safety = {"safe": found.fix.safe}
        message = {"text": found.fix.message}
        fix = {"description": message, "artifactChanges": [change], "properties": safety}
        result["fixes"] = [fix]
    return result


@cache
def _places() -> dict[str, int]:
    """Return where each rule stands in the list of them, by its code."""
    return {code: place for place, code in enumerate(RULE_NAMES)}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    }


def _artifact(name: str) -> dict[str, str]:
    """Return the URI of a file: relative, as the file was named, or absolute."""
    path = Path(name)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(os.fsencode(name.replace(os.sep, "/")))}

"""Findings as commands for a workflow of GitHub Actions, which shows them in the changed files.

Sources: "Workflow commands for GitHub Actions" in GitHub's documentation; how values are escaped,
`command.ts` of the `actions/toolkit` repository.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from shortcodes.cli.checking.findings import FileResult, Finding
from shortcodes.common.log_text import escape_controls
from shortcodes.linting.codes import RULE_NAMES

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = {**_IN_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write a line for every finding."""
    for result in results:
        for finding in result.findings:
            output.write(f"{_command(result.name, finding)}\n".encode())


def _command(name: str, finding: Finding) -> str:
    diagnostic, range_ = finding.diagnostic, finding.range
    properties: dict[str, object] = {
        "file": name,
        "line": range_.start.line,
        "endLine": range_.end.line,
    }
    if range_.start.line == range_.end.line:  # columns of several lines are refused
        properties |= {"col": range_.start.column, "endColumn": range_.end.column}
    properties["title"] = " ".join(
        part for part in (diagnostic.code, RULE_NAMES.get(diagnostic.code)) if part
    )
    arguments = ",".join(
        f"{key}={escape_controls(str(value).translate(_IN_PROPERTY))}"
        for key, value in properties.items()
    )
    message = "\n".join(
        escape_controls(part) for part in (diagnostic.message, diagnostic.hint) if part
    )
    return f"::{_COMMANDS[diagnostic.severity]} {arguments}::{message.translate(_IN_MESSAGE)}"

"""Findings as commands for a workflow of GitHub Actions, which shows them in the changed files.

Sources: "Workflow commands for GitHub Actions" in GitHub's documentation; how values are escape_character,
`command.ts` of the `actions/toolkit` repository.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from shortcodes.cli.checking.findings import Checked, Finding
from shortcodes.cli.io.printing import escape_controls
from shortcodes.linting.codes import RULE_NAMES

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = {**_IN_MESSAGE, **str.maketrans({":": "%3A", ",": "%2C"})}


def write(results: Iterable[Checked], output: IO[bytes]) -> None:
    """Write a line for every finding."""
    for checked in results:
        for finding in checked.findings:
            output.write(f"{_command(checked.name, finding)}\n".encode())


def _command(name: str, finding: Finding) -> str:
    found, place = finding.diagnostic, finding.place
    properties: dict[str, object] = {
        "file": name,
        "line": place.start.line,
        "endLine": place.end.line,
    }
    if place.start.line == place.end.line:  # columns of several lines are refused
        properties |= {"col": place.start.column, "endColumn": place.end.column}
    properties["title"] = " ".join(
        part for part in (found.code, RULE_NAMES.get(found.code)) if part
    )
    given = ",".join(
        f"{key}={escape_controls(str(value).translate(_IN_PROPERTY))}"
        for key, value in properties.items()
    )
    message = "\n".join(escape_controls(part) for part in (found.message, found.hint) if part)
    return f"::{_COMMANDS[found.severity]} {given}::{message.translate(_IN_MESSAGE)}"

"""Findings as JUnit's XML: a file is a suite, and each finding in it a case that failed.

A file without any has a case that passed, one that could not be checked a case with an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from shortcodes.cli.checking.findings import Checked, Finding
from shortcodes.cli.io.files import replace_bad_bytes
from shortcodes.cli.io.printing import CONTROLS_IN_LINES, escape_character, escape_log_commands

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(results: Iterable[Checked], output: IO[bytes]) -> None:
    """Write a suite for every file, as they come."""
    output.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="shortcodes">\n')
    for checked in results:
        cases = list(_cases(checked))
        given = {
            "name": replace_bad_bytes(checked.name),
            "tests": len(cases),
            "failures": len(checked.findings),
            "errors": int(bool(checked.failure)),
        }
        suite = [f"  <testsuite{_attributes(given)}>", *cases, "  </testsuite>\n"]
        output.write("\n".join(suite).encode())
    output.write(b"</testsuites>\n")


def _cases(checked: Checked) -> Iterator[str]:
    for finding in checked.findings:
        yield _case(checked.name, finding.diagnostic.code, *_failure(checked.name, finding))
    if checked.failure:
        yield _case(checked.name, "error", "error", checked.failure, checked.failure)
    elif not checked.findings:
        case = {"classname": replace_bad_bytes(checked.name), "name": "lint"}
        yield f"    <testcase{_attributes(case)}/>"


def _failure(name: str, finding: Finding) -> tuple[str, str, str]:
    found, (line, column) = finding.diagnostic, finding.place.start
    hint = f"\n{found.hint}" if found.hint else ""
    return (
        "failure",
        found.message,
        f"{replace_bad_bytes(name)}:{line}:{column}: {found.message}{hint}",
    )


def _case(name: str, code: str, element: str, message: str, text: str) -> str:
    case = _attributes({"classname": replace_bad_bytes(name), "name": code})
    said = _attributes({"message": message, "type": code})
    return f"    <testcase{case}><{element}{said}>{_xml(escape(text))}</{element}></testcase>"


def _attributes(given: Mapping[str, object]) -> str:
    return "".join(f" {key}={_xml(quoteattr(str(value)))}" for key, value in given.items())


def _xml(text: str) -> str:
    """Return text with what no XML may hold, and what commands a terminal or a log, as escapes.

    What XML may hold is a reference to the character, and says the same.
    """
    text = _NOT_IN_XML.sub(lambda found: escape_character(found[0]), text)
    return escape_log_commands(
        CONTROLS_IN_LINES.sub(lambda found: _reference(found[0]), text), _reference
    )


def _reference(letter: str) -> str:
    return f"&#{ord(letter)};"

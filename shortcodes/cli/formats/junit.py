"""Findings in the XML of JUnit: each file is a suite, and each finding a case that failed.

A file without findings has a case that passed, and one that could not be checked a case
with an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from shortcodes.cli.checking.findings import FileResult, Finding
from shortcodes.cli.io.files import replace_bad_bytes
from shortcodes.common.log_text import CONTROLS_IN_LINES, escape_character, escape_log_commands

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write a suite for every file while the results arrive."""
    output.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="shortcodes">\n')
    for result in results:
        cases = list(_format_cases(result))
        attributes = {
            "name": replace_bad_bytes(result.name),
            "tests": len(cases),
            "failures": len(result.findings),
            "errors": int(bool(result.failure)),
        }
        suite = [f"  <testsuite{_format_attributes(attributes)}>", *cases, "  </testsuite>\n"]
        output.write("\n".join(suite).encode())
    output.write(b"</testsuites>\n")


def _format_cases(result: FileResult) -> Iterator[str]:
    for finding in result.findings:
        yield _format_case(
            result.name, finding.diagnostic.code, *_describe_failure(result.name, finding)
        )
    if result.failure:
        yield _format_case(result.name, "error", "error", result.failure, result.failure)
    elif not result.findings:
        case = {"classname": replace_bad_bytes(result.name), "name": "lint"}
        yield f"    <testcase{_format_attributes(case)}/>"


def _describe_failure(name: str, finding: Finding) -> tuple[str, str, str]:
    diagnostic, (line, column) = finding.diagnostic, finding.range.start
    hint = f"\n{diagnostic.hint}" if diagnostic.hint else ""
    return (
        "failure",
        diagnostic.message,
        f"{replace_bad_bytes(name)}:{line}:{column}: {diagnostic.message}{hint}",
    )


def _format_case(name: str, code: str, element: str, message: str, text: str) -> str:
    case = _format_attributes({"classname": replace_bad_bytes(name), "name": code})
    failure = _format_attributes({"message": message, "type": code})
    content = _escape_xml(escape(text))
    return f"    <testcase{case}><{element}{failure}>{content}</{element}></testcase>"


def _format_attributes(attributes: Mapping[str, object]) -> str:
    return "".join(
        f" {key}={_escape_xml(quoteattr(str(value)))}" for key, value in attributes.items()
    )


def _escape_xml(text: str) -> str:
    """Return text in which characters that XML forbids are escapes.

    Characters that a terminal or a log would obey are character references, which mean the same.
    """
    text = _NOT_IN_XML.sub(lambda match: escape_character(match[0]), text)
    return escape_log_commands(
        CONTROLS_IN_LINES.sub(lambda match: _format_reference(match[0]), text), _format_reference
    )


def _format_reference(letter: str) -> str:
    return f"&#{ord(letter)};"

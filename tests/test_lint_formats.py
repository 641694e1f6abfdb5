"""The formats of `shortcodes lint`: each is valid, and says all that was found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

import shortcodes
from shortcodes.__main__ import main
from shortcodes.cli import formats
from shortcodes.cli.io import files
from shortcodes.linting.codes import RULE_NAMES
from shortcodes.linting.table import RULES
from tests.needs import npm_package

TEXT = "\ufeffعنوان\r\n[map zoom=”17″ zoom=18]\r[y k='1\n2\U0001f600' title=«a»][/z]\r\n[x k=1 “]\n"
SCHEMA = json.loads(
    (Path(formats.__file__).parent / "lint.schema.json").read_text(encoding="utf-8")
)


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    Path("a b,%:é.txt").write_bytes(TEXT.encode())
    Path("b.txt").write_text("healthy", encoding="utf-8")
    Path("c.txt").write_text("[/z]", encoding="utf-8")


def written(capfd: Any, form: str, *names: str) -> str:
    """Return what is written of the files, or of all."""
    chosen = names or ("a b,%:é.txt", "b.txt", "c.txt")
    assert main(("lint", "--format", form, *chosen)) == 1
    return str(capfd.readouterr().out)


def place(offset: int) -> tuple[int, int]:
    """Return line and column in the text, told otherwise than the library does."""
    lines = re.split(r"\r\n|\r|\n", TEXT[:offset])
    return len(lines), len(lines[-1]) + 1


def test_json_says_all_that_the_library_does(capfd: Any) -> None:
    items = json.loads(written(capfd, "json"))
    assert [item for item in items if item["file"] == "a b,%:é.txt"] == [
        {
            "file": "a b,%:é.txt",
            "code": found.code,
            "rule": RULE_NAMES[found.code],
            "severity": found.severity,
            "message": found.message,
            "hint": found.hint,
            "start": found.span[0],
            "end": found.span[1],
            "line": place(found.span[0])[0],
            "column": place(found.span[0])[1],
            "end_line": place(found.span[1])[0],
            "end_column": place(found.span[1])[1],
            "fix": found.fix
            and {
                "message": found.fix.message,
                "safe": found.fix.safe,
                "edits": [
                    {"start": edit.span[0], "end": edit.span[1], "text": edit.text}
                    for edit in found.fix.edits
                ],
            },
        }
        for found in shortcodes.lint(TEXT)
    ]
    assert [item["file"] for item in items if item["file"] != "a b,%:é.txt"] == ["c.txt"]
    assert {"SC201", "SC301", "SC102"} <= {item["code"] for item in items}


def test_json_is_as_its_published_schema_says(capfd: Any) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    items = json.loads(written(capfd, "json"))
    assert any(item["fix"] for item in items)
    assert list(Draft202012Validator(SCHEMA).iter_errors(items)) == []
    for broken in ({**items[0], "more": 1}, {**items[0], "line": 0}, {"file": "a"}):
        assert not Draft202012Validator(SCHEMA).is_valid([broken])


def test_json_of_nothing_is_an_empty_array(capfd: Any) -> None:
    assert main(("lint", "--format", "json", "b.txt")) == 0
    assert capfd.readouterr().out == "[]\n"


# --- SARIF ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sarif() -> Draft7Validator:
    """The official schema, as an npm package carries it."""
    folder = npm_package("@microsoft/jest-sarif") / "lib" / "schemas"
    (path,) = folder.glob("sarif-2.1.0*.json")
    return Draft7Validator(json.loads(path.read_text(encoding="utf-8")))


def test_sarif_is_valid_by_the_official_schema(capfd: Any, sarif: Draft7Validator) -> None:
    log = json.loads(written(capfd, "sarif"))
    assert [error.message for error in sarif.iter_errors(log)] == []
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not sarif.is_valid(log)


def test_sarif_without_findings_and_of_what_failed_is_valid(
    capfd: Any, sarif: Draft7Validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*arguments: object) -> NoReturn:
        raise PermissionError

    for status in (0, 2):
        assert main(("lint", "--format", "sarif", "b.txt")) == status
        log = json.loads(capfd.readouterr().out)
        (run,) = log["runs"]
        assert [error.message for error in sarif.iter_errors(log)] == []
        assert (run["results"], run["invocations"][0]["executionSuccessful"]) == ([], status == 0)
        monkeypatch.setattr(files, "_read_bytes", refused)
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"] == "b.txt: permission denied"


def test_sarif_says_all_that_the_library_does(capfd: Any) -> None:
    (run,) = json.loads(written(capfd, "sarif", "a b,%:é.txt"))["runs"]
    assert (run["columnKind"], run["newlineSequences"]) == (
        "unicodeCodePoints",
        ["\r\n", "\n", "\r"],
    )
    found = shortcodes.lint(TEXT)
    assert len(run["results"]) == len(found)
    for result, expected in zip(run["results"], found, strict=True):
        (where,) = result["locations"]
        physical = where["physicalLocation"]
        assert unquote(physical["artifactLocation"]["uri"]) == "a b,%:é.txt"
        assert region(physical["region"]) == (*place(expected.span[0]), *place(expected.span[1]))
        assert result["message"]["text"].startswith(expected.message)
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == expected.code
        assert ("fixes" in result) == (expected.fix is not None)
        if expected.fix:
            (fix,) = result["fixes"]
            (change,) = fix["artifactChanges"]
            assert [
                (region(one["deletedRegion"]), one["insertedContent"]["text"])
                for one in change["replacements"]
            ] == [
                ((*place(edit.span[0]), *place(edit.span[1])), edit.text)
                for edit in expected.fix.edits
            ]


def region(given: dict[str, int]) -> tuple[int, ...]:
    return tuple(given[key] for key in ("startLine", "startColumn", "endLine", "endColumn"))


def test_sarif_carries_the_page_of_every_rule(capfd: Any) -> None:
    (run,) = json.loads(written(capfd, "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all("## What it does" in rule["help"]["markdown"] for rule in rules)


def test_sarif_names_files_by_uri(capfd: Any, tmp_path: Path) -> None:
    absolute = str(tmp_path / "c.txt")
    (run,) = json.loads(written(capfd, "sarif", absolute, "a b,%:é.txt"))["runs"]
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    }
    assert uris == {f"file://{absolute}", "a%20b%2C%25%3A%C3%A9.txt"}


# --- GitHub ---------------------------------------------------------------------------------

_COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<given>[^\r\n]*?)::(?P<message>.*)")


def test_github_gets_a_command_for_every_finding_with_everything_escaped(capfd: Any) -> None:
    lines = written(capfd, "github", "a b,%:é.txt").splitlines()
    found = shortcodes.lint(TEXT)
    assert len(lines) == len(found)
    for line, expected in zip(lines, found, strict=True):
        command = _COMMAND.fullmatch(line)
        assert command
        given = dict(one.split("=", 1) for one in command["given"].split(","))
        assert given["file"] == "a b%2C%25%3Aé.txt"
        assert (int(given["line"]), int(given["endLine"])) == (
            place(expected.span[0])[0],
            place(expected.span[1])[0],
        )
        if given["line"] == given["endLine"]:
            assert int(given["col"]) == place(expected.span[0])[1]
        assert given["title"] == f"{expected.code} {RULE_NAMES[expected.code]}"
        assert command["message"].startswith(
            expected.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        )


def test_neither_a_name_nor_a_text_gives_github_a_command(capfd: Any) -> None:
    name = "a\n::error::b\r,c%0A.txt"
    Path(name).write_text("[x k=“\n::error::1” ::error::k=2 k=“%0A::b”]", encoding="utf-8")
    lines = written(capfd, "github", name).split("\n")
    assert lines.pop() == ""
    for line in lines:
        command = _COMMAND.fullmatch(line)
        assert command
        assert command["given"].startswith("file=a%0A%3A%3Aerror%3A%3Ab%0D%2Cc%250A.txt,line=")


# --- JUnit ----------------------------------------------------------------------------------


def test_junit_has_a_suite_for_every_file_and_a_case_for_every_finding(capfd: Any) -> None:
    root = ElementTree.fromstring(written(capfd, "junit"))
    assert (root.tag, [suite.tag for suite in root]) == ("testsuites", ["testsuite"] * 3)
    found = shortcodes.lint(TEXT)
    cases = [
        [
            (case.get("name"), [(child.tag, child.get("message")) for child in case])
            for case in suite
        ]
        for suite in root
    ]
    assert cases == [
        [(one.code, [("failure", one.message)]) for one in found],
        [("lint", [])],
        [("SC102", [("failure", "[/z] closes nothing")])],
    ]
    counts = [tuple(suite.get(key) for key in ("tests", "failures", "errors")) for suite in root]
    assert counts == [(str(len(found)), str(len(found)), "0"), ("1", "0", "0"), ("1", "1", "0")]


@pytest.mark.parametrize("letter", ["\ufffe", "\uffff", "\x01", "\x9f", "\u202e"])
def test_junit_is_well_formed_whatever_names_and_texts_hold(capfd: Any, letter: str) -> None:
    name = f"{letter}.txt"
    Path(name).write_text(f"[map zoom=”{letter}″][/rwo]", encoding="utf-8")
    (suite,) = ElementTree.fromstring(written(capfd, "junit", name))
    shown = letter if letter in "\x9f\u202e" else ascii(letter)[1:-1]
    assert suite.get("name") == f"{shown}.txt"


def test_junit_says_what_failed_and_stays_well_formed(
    capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("x.txt").write_text("[/a\x01\ufffe&<z>][/z]\x00", encoding="utf-8")
    Path("\x02<&\">'.txt").write_text("[/z]", encoding="utf-8")
    names = ("x.txt", "\x02<&\">'.txt")
    root = ElementTree.fromstring(written(capfd, "junit", *names, "c.txt"))
    assert [suite.get("name") for suite in root] == ["x.txt", "\\x02<&\">'.txt", "c.txt"]

    def refused(*arguments: object) -> NoReturn:
        raise PermissionError

    monkeypatch.setattr(files, "_read_bytes", refused)
    assert main(("lint", "--format", "junit", "b.txt")) == 2
    ((case,),) = ElementTree.fromstring(capfd.readouterr().out)
    ((error),) = case
    assert (error.tag, error.get("message")) == ("error", "b.txt: permission denied")


def test_every_format_is_tested_here_or_with_the_command() -> None:
    assert formats.FORMATS == ("text", "json", "sarif", "github", "junit")


def test_of_many_problems_of_one_kind_the_last_that_is_listed_stands_for_the_others(
    capfd: Any,
) -> None:
    Path("many.txt").write_text("[/z]" * 1001 + "[/y]", encoding="utf-8")
    items = json.loads(written(capfd, "json", "many.txt"))
    assert [item["code"] for item in items] == ["SC102"] * 1000
    *listed, last = items
    assert {item["message"] for item in listed} == {listed[0]["message"]}
    assert last["message"] == "3 more problems of this kind are not listed"
    assert (last["start"], last["hint"], last["fix"]) == (4 * 999, "", None)
    assert main(("lint", "--statistics", "many.txt")) == 1
    captured = capfd.readouterr()
    assert captured.out == "1002  SC102       stray-closing-tag\n"
    assert captured.err == "1002 problems in 1 file\n"
    Path("many.txt").write_text("[/z]" * 1000, encoding="utf-8")
    assert "more problems" not in written(capfd, "text", "many.txt")


def test_a_value_makes_no_link_in_sarif(capfd: Any) -> None:
    Path("link.txt").write_text("[gallery columns='[b](//c.example)']", encoding="utf-8")
    text = written(capfd, "sarif", "link.txt")
    messages = [result["message"]["text"] for result in json.loads(text)["runs"][0]["results"]]
    assert any("[b\\](//c.example)" in message for message in messages)
    assert all("[b](" not in message for message in messages)


@pytest.mark.parametrize(
    "write",
    [
        lambda size: f"<a{'x' * size} title='{'[x a=1]' * (size // 7)}'>",
        lambda size: f"[x {'a' * size}=1]" + "[x a=1]" * (size // 7),
        lambda size: f"[{'x' * size} a=1]" + "[/y]" * (size // 4),
        lambda size: f"[x a='{'b' * size}']" + "[x a=b' c]" * (size // 10),
    ],
)
def test_no_message_repeats_a_long_word_for_every_shortcode(write: Callable[[int], str]) -> None:
    texts = [write(size) for size in (1_000, 8_000)]
    lengths = [
        sum(len(found.message) + len(found.hint) for found in shortcodes.lint(text, tags="any"))
        for text in texts
    ]
    assert lengths[1] <= 12 * lengths[0] + 10_000


@pytest.mark.slow
@pytest.mark.parametrize("form", [*formats.FORMATS, "statistics"])
@pytest.mark.parametrize(
    "unit",
    ['a="b ', "a=”b” ", "A=’b <i>” ", "a=b\\ “c” ", 'a="[y b=“c” ', "a=“b ", "“a=«1» a=”&#8221;”"],
)
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
def test_the_output_is_linear_in_the_text(capfd: Any, form: str, unit: str, dialect: str) -> None:
    sizes = []
    for count in (200, 800):
        Path("long.txt").write_text(f"[x {unit * count}]", encoding="utf-8")
        option = ("--statistics",) if form == "statistics" else ("--format", form)
        main(("lint", *option, "--tags", "x", "--dialect", dialect, "long.txt"))
        sizes.append(len(capfd.readouterr().out))
    overhead = sizes[0] if form == "sarif" else 2000  # SARIF contains the pages of all rules
    assert sizes[1] <= 5 * sizes[0] + overhead


def test_a_long_fix_is_written_once_and_referred_to(capfd: Any) -> None:
    Path("long.txt").write_text("[/x]\n" + "[x " + 'a="b ' * 300 + "]", encoding="utf-8")
    items = json.loads(written(capfd, "json", "c.txt", "long.txt"))
    Draft202012Validator(SCHEMA).validate(items)
    fixes = [item["fix"] for item in items]
    references = {fix["same_as"] for fix in fixes if fix and "same_as" in fix}
    assert len(references) == 1
    assert all(items[index]["fix"]["edits"] for index in references)
    results = json.loads(written(capfd, "sarif", "c.txt", "long.txt"))["runs"][0]["results"]
    indexes = {result.get("properties", {}).get("fixOfResult") for result in results} - {None}
    assert len(indexes) == 1
    assert all(results[index]["fixes"] for index in indexes)

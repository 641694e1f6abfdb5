"""What commands print of file names and texts: nothing of it commands a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortcodes.__main__ import main
from shortcodes.common import log_text
from tests.needs import posix

pytestmark = posix

RAW = "\x00\x01\x07\x08\x0b\x1b\x7f\x80\x85\x9b\x9f\u061c\u200e\u200f\u2028\u2029" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
COMMANDS_OF_A_TERMINAL = re.compile(f"[\r{RAW}\ud800-\udfff]")
EVIL = "\x1b[31m\x07\x9b\u202e\u2066\u200f\u061c\x7f"
NAME = f"n{EVIL}\n\udcff.txt"
TEXT = (
    f"[map zoom=”{EVIL}” zoom=1 {EVIL}=1]{EVIL}[/z{EVIL}] [/z]\n"
    f'[covid19-ultimate-card region="{EVIL}" bg-color="{EVIL}" font-color="{EVIL}"]\n'
    f'[button size="{EVIL}" {EVIL}="1"] مصر [gallery ids="{EVIL}"]\n'
    "[map place=”a\u202eb”]\n"
)
CSV = f"# source: a{EVIL}b\n# licence: a{EVIL}b\n# url: https://x/\x9b\u202e\nregion,confirmed\nEG,{EVIL}\n"
SCHEMAS = f"""
[button]
description = {json.dumps(EVIL)}
[button.attributes]
size = {{type = "int", description = {json.dumps(EVIL)}}}
{json.dumps(EVIL)} = {{type = "int", default = 1}}
"""

PRINTED: tuple[tuple[str, ...], ...] = (
    *(("lint", "--format", form, NAME) for form in ("text", "json", "sarif", "github", "junit")),
    *(("lint", "--format", form, "--jobs", "2", ".") for form in ("text", "sarif", "junit")),
    ("lint", "--statistics", NAME),
    ("lint", "--fix", NAME),
    ("lint", f"gone{EVIL}"),
    ("lint", f"gone{EVIL}*"),
    ("lint", "--select", EVIL, NAME),
    ("lint", "--format", EVIL, NAME),
    ("lint", "--explain", EVIL),
    ("lint", "--config", EVIL, NAME),
    ("lint", f"--{EVIL}"),
    ("extract", NAME),
    ("extract", "--ndjson", NAME, "b.txt"),
    ("render", "--to", "data", NAME),
    ("render", "--to", EVIL, NAME),
    ("render", "--covid-source", EVIL, NAME),
    ("strip", f"gone{EVIL}"),
    ("strip", "-o", f"gone{EVIL}/x", "b.txt"),
    ("strip", "--in-place", "--dialect", EVIL, NAME),
    ("convert", "--from", "json", NAME),
    ("schema", "export", "--config", "own.toml"),
    ("schema", "export", "--config", "own.toml", "--format", "json-schema"),
    ("schema", "export", EVIL),
    ("schema", "infer", NAME),
    ("lint", "--config", "keys.toml", NAME),
    ("lint", "--config", "values.toml", NAME),
    *(
        ("covid19", "show", "EG", EVIL, "--source", "file:own.csv", "--format", form)
        for form in ("table", "json", "text", "markdown")
    ),
    ("covid19", "show", "EG", "--source", "file:own.csv", "--format", "badge"),
    ("covid19", "show", EVIL, "--format", "badge"),
    ("covid19", "show", "EG", "--source", EVIL),
    ("covid19", "show", "EG", "--source", f"file:{EVIL}"),
    ("covid19", "show", "EG", "--lang", EVIL),
    ("covid19", "update", "--source", f"file:{EVIL}"),
    ("covid19", "update", "--source", "file:own.csv", "-o", f"made{EVIL}"),
    (EVIL,),
)
DATA = (
    ("strip", NAME),
    ("render", NAME),
    ("render", "--page", NAME),
    ("fix", NAME),
    ("fix", "--diff", NAME),
    ("lint", "--diff", NAME),
    ("convert", NAME),
    ("convert", "--to", "markdown", NAME),
)
"""What has the texts themselves on its standard output."""


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    Path(NAME).write_text(TEXT, encoding="utf-8")
    Path("b.txt").write_text("[x k=1]", encoding="utf-8")
    Path("own.csv").write_text(CSV.replace("/\x9b\u202e", "/"), encoding="utf-8")
    Path("own.toml").write_text('schemas = "schemas.toml"', encoding="utf-8")
    Path("schemas.toml").write_text(SCHEMAS, encoding="utf-8")
    Path("keys.toml").write_text(f"{json.dumps(EVIL)} = 1", encoding="utf-8")
    Path("values.toml").write_text(f"dialect = {json.dumps(EVIL)}", encoding="utf-8")


def printed(capfdbinary: Any, *arguments: str) -> tuple[str, str]:
    main(arguments)
    out, err = capfdbinary.readouterr()
    return out.decode("utf-8"), err.decode("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("arguments", PRINTED, ids=ascii)
def test_nothing_that_is_printed_commands_a_terminal(
    capfdbinary: Any, arguments: tuple[str, ...]
) -> None:
    out, err = printed(capfdbinary, *arguments)
    assert out or err
    assert COMMANDS_OF_A_TERMINAL.findall(out + err) == []


@pytest.mark.parametrize("arguments", DATA, ids=ascii)
def test_texts_pass_as_they_are_and_what_is_said_beside_them_does_not(
    capfdbinary: Any, arguments: tuple[str, ...]
) -> None:
    main(arguments)
    out, err = capfdbinary.readouterr()
    assert COMMANDS_OF_A_TERMINAL.findall(err.decode("utf-8")) == []
    assert any(raw in out for raw in (EVIL.encode(), "\u202e".encode()))


COLOURS = re.compile(r"\x1b\[[0-9;]*+m")
"""What the lines of a diff are coloured with."""


def on_a_terminal(*arguments: str) -> str:
    """Return what a command prints to a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "shortcodes", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL) as made:
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:  # the other side is closed
                break
        made.wait(60)
    os.close(ours)
    return shown.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.parametrize("command", [("fix", "--diff"), ("lint", "--diff"), ("strip", "--diff")])
def test_a_diff_on_a_terminal_has_escapes(command: tuple[str, ...]) -> None:
    shown = COLOURS.sub("", on_a_terminal(*command, NAME))
    assert COMMANDS_OF_A_TERMINAL.findall(shown) == []
    assert r"-[map place=”a\u202eb”]" in shown


def test_a_name_is_no_second_line_of_a_diff(capfdbinary: Any) -> None:
    Path("a\n--- b.txt\n").write_text("[x k=1]\n", encoding="utf-8")
    out, _ = printed(capfdbinary, "strip", "--diff", "a\n--- b.txt\n")
    assert out.splitlines()[:3] == [
        r'--- "a\012--- b.txt\012"',
        r'+++ "a\012--- b.txt\012"',
        "@@ -1 +0,0 @@",
    ]


def test_a_workflow_gets_one_command_for_each_finding(capfdbinary: Any) -> None:
    name = "a%,:\r\n::error::b\u202e.txt"
    Path(name).write_text("[/z]", encoding="utf-8")
    out, _ = printed(capfdbinary, "lint", "--format", "github", name)
    assert out.count("\n") == 1
    file = r"a%25%2C%3A%0D%0A%3A%3Aerror%3A%3Ab\u202e.txt"
    assert re.match(r"::[a-z]+ file=([^,]*),line=1,", out)[1] == file  # type: ignore[index]


def test_formats_with_escapes_of_their_own_say_the_same(capfdbinary: Any) -> None:
    Path("c\u202e\x7f.txt").write_text("[/z\u202e] [/z]", encoding="utf-8")
    out, _ = printed(capfdbinary, "lint", "--format", "json", "c\u202e\x7f.txt")
    assert {one["file"] for one in json.loads(out)} == {"c\u202e\x7f.txt"}
    out, _ = printed(capfdbinary, "lint", "--format", "junit", "c\u202e\x7f.txt")
    (suite,) = ElementTree.fromstring(out)
    assert suite.get("name") == "c\u202e\x7f.txt"
    out, _ = printed(capfdbinary, "extract", NAME)
    assert [one["source"] for one in json.loads(out)][1:2] == [TEXT.splitlines()[1]]
    out, _ = printed(
        capfdbinary, "covid19", "show", "EG", "--source", "file:own.csv", "--format", "json"
    )
    assert json.loads(out)[0]["source"]["name"] == f"a{EVIL}b"


def test_a_file_that_cannot_be_checked_is_reported_in_each_format(capfdbinary: Any) -> None:
    os.mkfifo("x\udcff\u202e.txt")
    os.chmod("x\udcff\u202e.txt", 0)
    os.rename(NAME, f"{NAME}.txt")
    Path(NAME).symlink_to("gone")
    for form in ("text", "json", "sarif", "github", "junit"):
        out, err = printed(capfdbinary, "lint", "--format", form, "b.txt", "own.csv", ".")
        assert COMMANDS_OF_A_TERMINAL.findall(out + err) == []


@given(st.text())
def test_what_is_printable_is_one_line_without_commands_and_keeps_all_else(text: str) -> None:
    shown = log_text.escape_controls(text)
    assert COMMANDS_OF_A_TERMINAL.findall(shown) == re.findall("[\n\t]", shown) == []
    assert log_text.escape_controls(shown) == shown
    harmless = re.sub(f"[#\t\n\r\x00-\x1f\x7f-\x9f\ud800-\udfff{RAW}]", "", text)
    assert log_text.escape_controls(harmless) == harmless


@pytest.mark.slow
@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_says_the_same_without_commands(value: Any) -> None:
    made = log_text.dump_json(value, indent=2)
    assert json.loads(made) == value
    assert COMMANDS_OF_A_TERMINAL.findall(made) == []


def test_toml_that_is_proposed_says_the_same_without_commands(capfdbinary: Any) -> None:
    Path("d.txt").write_text(f'[x k="{EVIL}"] [x k="{EVIL}"] [x k="{EVIL}"]', encoding="utf-8")
    out, _ = printed(capfdbinary, "schema", "infer", "d.txt")
    assert list(tomllib.loads(out)) == ["x"]


def test_letters_from_right_to_left_pass_as_they_are() -> None:
    words = "مصر ישראל فارسی‌ها 👨‍👩‍👧 “é”"
    assert log_text.escape_controls(words) == log_text.escape_lines(words) == words


# --- what services that run pipelines obey in a log ------------------------------------------

COMMANDS_OF_A_LOG = re.compile(
    r"^[^\S\n]*::(?!error file=.*,title=)(?!warning file=.*,title=)|##\w*\[", re.MULTILINE
)
"""All but the commands that `--format github` is for."""
LOGGED = "##[add-mask]a ##vso[task.setvariable variable=a]b ##teamcity[message text='a']"
LOG_TEXT = (
    f"[map zoom=”{LOGGED}” zoom=1]##[/z] ##vso[/z {LOGGED}] [##[add-mask]z k=1 k=2] [/##[z]\n"
    f'[covid19-ultimate-card region="{LOGGED}" bg-color="{LOGGED}"]\n'
    f'<p title="[a b=1 {LOGGED}">[map zoom=1 zoom={LOGGED}]</p>\n'
)
LOG_NAMES = (
    "::add-mask::a.html",
    "  ::stop-commands::x.txt",
    "\u3000::error::x.txt",
    ":",
    "n\n::error::x.txt",
    "##[add-mask]b.txt",
    "c##vso[task]x.txt",
)
LOG_SCHEMAS = f"""
[button]
description = "::add-mask::a\\n  ::stop-commands::b {LOGGED}"
[button.attributes]
size = {{type = "int", description = "{LOGGED}"}}
"""
LOG_CSV = f"# source: ::add-mask::{LOGGED}\n# licence: {LOGGED}\nregion,confirmed\nEG,1\n"
IN_A_LOG: tuple[tuple[str, ...], ...] = (
    *(
        ("lint", *how, "--", *LOG_NAMES)
        for how in (
            *(("--format", form) for form in ("text", "json", "sarif", "github", "junit")),
            ("--statistics",),
            ("--fix",),
            ("--select", LOGGED),
            ("--format", LOGGED),
        )
    ),
    ("lint", "."),
    ("lint", "--", "::gone::"),
    *((name, "-o", os.devnull, "--", *LOG_NAMES) for name in ("strip", "render", "fix", "convert")),
    *((name, "--in-place", "--", *LOG_NAMES) for name in ("strip", "fix")),
    ("extract", "--", *LOG_NAMES),
    ("extract", "--ndjson", "--", *LOG_NAMES),
    ("render", "--to", "data", "--", *LOG_NAMES),
    ("schema", "export", "--config", "log.toml"),
    ("schema", "export", "--config", "log.toml", "--format", "json-schema"),
    ("schema", "infer", "--", *LOG_NAMES),
    *(
        ("covid19", "show", "EG", "::add-mask::x", "--source", "file:log.csv", "--format", form)
        for form in ("table", "json", "text", "markdown")
    ),
    ("::add-mask::",),
    (LOGGED,),
)


@pytest.mark.parametrize("arguments", IN_A_LOG, ids=ascii)
def test_nothing_that_is_printed_commands_a_log(
    capfdbinary: Any, arguments: tuple[str, ...]
) -> None:
    for name in LOG_NAMES:
        Path(name).write_text(LOG_TEXT, encoding="utf-8")
    Path("log.csv").write_text(LOG_CSV, encoding="utf-8")
    Path("log.toml").write_text('schemas = "log-schemas.toml"', encoding="utf-8")
    Path("log-schemas.toml").write_text(LOG_SCHEMAS, encoding="utf-8")
    for printed_to in printed(capfdbinary, *arguments):
        assert COMMANDS_OF_A_LOG.findall(printed_to) == []


def test_a_name_in_a_log_is_recognised(capfdbinary: Any) -> None:
    Path("::add-mask::a.txt").write_text("[/z]", encoding="utf-8")
    out, _ = printed(capfdbinary, "lint", ".")
    assert "\n\\x3a:add-mask::a.txt:1:1: SC102 " in f"\n{out}"
    out, _ = printed(capfdbinary, "lint", "--format", "junit", "::add-mask::a.txt")
    assert ElementTree.fromstring(out)[0].get("name") == "::add-mask::a.txt"


def test_the_marks_under_a_line_are_under_the_place_where_escapes_are_before_it(
    capfdbinary: Any,
) -> None:
    Path("d.txt").write_text("a ##[/z] b", encoding="utf-8")
    out, _ = printed(capfdbinary, "lint", "d.txt")
    line, marks = out.splitlines()[1:3]
    assert line == r"  1 | a \x23#[/z] b"
    assert marks.index("^") == line.index("[")


@given(st.text(alphabet="#:[ab \n\t\u3000\\"))
def test_lines_of_a_log_command_nothing_and_say_the_same(text: str) -> None:
    shown = log_text.escape_log_commands(text)
    assert COMMANDS_OF_A_LOG.findall(shown) == []
    assert shown.replace(r"\x3a", ":").replace(r"\x23", "#") == text


def test_many_blanks_and_hashes_take_linear_time() -> None:
    for text in (
        " " * 200_000,
        "\n " * 100_000,
        "#" * 200_000,
        "##a" * 100_000,
        "##" + "a" * 10**6,
    ):
        started = time.process_time()
        log_text.escape_log_commands(text)
        assert time.process_time() - started < 2


def test_junit_stays_well_formed_where_xml_has_no_such_character(capfdbinary: Any) -> None:
    Path("x\uffff.txt").write_text("[/z\ufffe] [/z]", encoding="utf-8")
    out, _ = printed(capfdbinary, "lint", "--format", "junit", "x\uffff.txt")
    (suite,) = ElementTree.fromstring(out)
    assert suite.get("name") == r"x\uffff.txt"


# --- diffs as patches ------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize("command", [("lint", "--diff"), ("fix", "--diff"), ("strip", "--diff")])
@pytest.mark.parametrize(
    "name",
    [
        "a b.txt",
        " a.txt",
        "a .txt ",
        "a\tb.txt",
        "a\nb c.txt",
        'a"b.txt',
        '"a b.txt"',
        "a\\b.txt",
        "é\u202e.txt",
        "\x1b.txt",
        "\udcff a.txt",
        "folder of/a b.txt",
        "::a::.txt",
    ],
    ids=ascii,
)
def test_patch_finds_the_file_of_a_diff_whatever_it_is_called(
    capfdbinary: Any, command: tuple[str, ...], name: str
) -> None:
    Path("folder of").mkdir()
    Path(name).write_text("a [map zoom=”17″] b\n", encoding="utf-8")
    main((*command, "--", name))
    patch = capfdbinary.readouterr().out
    assert patch
    subprocess.run(["patch", "-p0", "-s"], input=patch, check=True, timeout=30)
    changed = "a  b\n" if command[0] == "strip" else 'a [map zoom="17"] b\n'
    assert Path(name).read_text(encoding="utf-8") == changed

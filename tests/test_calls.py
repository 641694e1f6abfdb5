"""Calls of the command: help, standard input, colours, completion, folders that are missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from tests.command import call, run

TEXT = "[gallery ids=”1”] a\n"
COMMANDS = ("strip", "fix", "lint", "extract", "render", "convert")


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")


def run_with(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "shortcodes", *arguments]
    done = subprocess.run(
        command, env=os.environ | environment, capture_output=True, check=False, text=True
    )
    return done.stdout


@pytest.mark.parametrize("command", ["", *COMMANDS, "schema", "covid19", "covid19 show"])
def test_the_short_option_prints_the_help(capfd: Any, command: str) -> None:
    words = command.split()
    assert call(capfd, *words, "-h") == call(capfd, *words, "--help")
    assert call(capfd, *words, "-h")[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_text_in_a_pipe_needs_no_name(command: str) -> None:
    more = ["--to", "json"] if command == "convert" else []
    text = TEXT.encode()
    assert run(command, *more, stdin=text) == run(command, *more, "-", stdin=text)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_input_without_a_name_is_a_mistake(command: str) -> None:
    more = ["--to", "json"] if command == "convert" else []
    status, output, errors = run(command, *more)
    assert (status, output) == (2, b"")
    assert "name a file, or send a text to standard input" in errors


@pytest.mark.slow
def test_a_named_input_may_be_empty() -> None:
    assert run("strip", "-") == (0, b"", "")


@pytest.mark.slow
def test_nothing_is_fixed_in_place_in_a_pipe() -> None:
    said = "shortcodes: --in-place cannot be used with standard input (-)\n"
    assert run("strip", "--in-place", stdin=b"a") == (2, b"", said)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("lint",), ("fix", "--diff"), ("lint", "--diff")])
def test_colours_may_be_forced_into_a_pipe(arguments: tuple[str, ...]) -> None:
    plain = run_with({"NO_COLOR": "", "FORCE_COLOR": ""}, *arguments, "a.txt")
    coloured = run_with({"NO_COLOR": "", "FORCE_COLOR": "1"}, *arguments, "a.txt")
    assert "\x1b[" in coloured
    assert click.unstyle(coloured) == plain
    for environment in ({"FORCE_COLOR": "0"}, {"FORCE_COLOR": "1", "NO_COLOR": "1"}):
        assert run_with({"NO_COLOR": ""} | environment, *arguments, "a.txt") == plain


@pytest.mark.slow
def test_a_diff_shows_what_goes_in_red_and_what_comes_in_green() -> None:
    lines = run_with({"NO_COLOR": "", "FORCE_COLOR": "1"}, "fix", "--diff", "a.txt").splitlines()
    assert [line.partition("m")[0] for line in lines] == [
        "\x1b[1",
        "\x1b[1",
        "\x1b[36",
        "\x1b[31",
        "\x1b[32",
    ]


@pytest.mark.slow
def test_a_file_never_gets_colours() -> None:
    run_with({"FORCE_COLOR": "1"}, "fix", "--diff", "a.txt", "-o", "a.diff")
    assert "\x1b" not in Path("a.diff").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "completions"),
    [("shortcodes st", "plain,strip\n"), ("shortcodes strip a", "file,a\n")],
)
def test_a_shell_completes_commands_and_files(words: str, completions: str) -> None:
    environment = {
        "_SHORTCODES_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    assert run_with(environment) == completions


@pytest.mark.parametrize("name", ["missing/b.txt", "missing/c/b.txt", "a.txt/b.txt"])
@pytest.mark.parametrize("option", ["-o", "--css"])
def test_a_missing_folder_of_the_output_is_named(capfd: Any, name: str, option: str) -> None:
    folder = name.rpartition("/")[0]
    said = f"shortcodes: {name}: the folder {folder} does not exist\n"
    status, _, errors = call(capfd, "render", "a.txt", option, name)
    assert (status, errors.splitlines(keepends=True)[-1]) == (2, said)

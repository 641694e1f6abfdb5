"""`shortcodes lint`: what it prints, what counts, and what it ends with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

import shortcodes
from shortcodes.__main__ import main
from shortcodes.cli import report
from shortcodes.cli.checking import parallel
from shortcodes.cli.formats import text
from shortcodes.cli.io import progress
from shortcodes.diagnostics import Fix
from shortcodes.linting.table import CODES, RULES
from tests.command import call
from tests.needs import posix

BAD = "a\n[map zoom=”17″] [/z]\n"
FIXED = 'a\n[map zoom="17"] [/z]\n'
_FOREIGN = shortcodes.lint(BAD)[0]
SHOWN = f"""\
a.txt:2:6: SC201 [*] 1 value is in quotes that WordPress does not read
  2 | [map zoom=”17″] [/z]
    |      ^^^^^^^^^
    = {_FOREIGN.hint}
    = --fix: rewrite the tag so that WordPress reads it
a.txt:2:17: SC102 [/z] closes nothing
  2 | [map zoom=”17″] [/z]
    |                 ^^^^
"""
SECOND = SHOWN[SHOWN.index("a.txt:2:17") :]
SUMMARY = "2 problems in 1 file, 1 can be fixed with --fix\n"


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    Path("a.txt").write_bytes(BAD.encode())


def lint(capfd: Any, *arguments: str) -> tuple[int, str, str]:
    return call(capfd, "lint", *arguments)


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> tuple[int, str, str]:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "shortcodes", "lint", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def printed(*arguments: str, **environment: str) -> str:
    """Return what the command prints on a terminal."""
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "shortcodes", "lint", *arguments]
    with subprocess.Popen(
        command, stdout=slave, stderr=subprocess.PIPE, env={**os.environ, **environment}
    ):
        os.close(slave)
        parts = []
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # as Linux says that nobody holds the other side
                break
            if not part:
                break
            parts.append(part)
    os.close(master)
    return b"".join(parts).decode().replace("\r\n", "\n")


# --- what it prints -------------------------------------------------------------------------


def test_a_finding_is_its_place_with_the_line_and_how_it_is_mended(capfd: Any) -> None:
    assert lint(capfd, "a.txt") == (1, SHOWN, SUMMARY)


def test_nothing_is_printed_where_nothing_is_wrong(capfd: Any) -> None:
    Path("a.txt").write_text('a [x k="1"] [1]\n', encoding="utf-8")
    assert lint(capfd, "a.txt") == (0, "", "")
    assert lint(capfd, "--diff", "a.txt") == (0, "", "")
    assert lint(capfd, "--statistics", "a.txt") == (0, "", "")


def test_findings_are_those_of_the_library_with_a_line_each(capfd: Any) -> None:
    document = shortcodes.parse(BAD)
    _, out, _ = lint(capfd, "a.txt")
    heads = [line for line in out.splitlines() if not line.startswith(" ")]
    assert heads == [
        f"a.txt:{line}:{column}: {found.code} {'[*] ' if found.fix else ''}{found.message}"
        for found in shortcodes.lint(BAD)
        for line, column in [document.position(found.span[0])]
    ]


@pytest.mark.slow
@posix
def test_there_are_colours_on_a_terminal_and_none_where_they_are_not_wanted() -> None:
    coloured = printed("a.txt")
    assert "\x1b[" in coloured
    assert click.unstyle(coloured) == SHOWN
    assert printed("a.txt", NO_COLOR="1") == SHOWN


def excerpt(source: str, start: int, end: int) -> tuple[str, int, int, str]:
    made = report.cut_excerpt(source, (start, end))
    return made.line, made.before, made.width, made.text


@pytest.mark.parametrize(
    ("source", "span", "expected"),
    [
        ("[x]", (0, 3), ("[x]", 0, 3, "[x]")),
        ("a\r\n b[x]c\rd", (5, 8), (" b[x]c", 2, 3, "[x]")),
        ("[x", (2, 2), ("[x", 2, 1, "")),
        ("", (0, 0), ("", 0, 1, "")),
        ("a\n[x\nk=1]", (2, 9), ("[x", 0, 2, "[x")),
        # two cells for a letter of Chinese, none for an accent
        ("中文[x]", (2, 5), ("中文[x]", 4, 3, "[x]")),
        ("e\u0301[x k=中]", (2, 9), ("e\u0301[x k=中]", 1, 8, "[x k=中]")),
        # what a terminal would obey
        ("\x1b[31m[x]\t\x9b\u202e]", (5, 8), ("\\x1b[31m[x] \\x9b\\u202e]", 8, 3, "[x]")),
        (
            "\x1b" * 40 + "[\x1b]",
            (40, 43),
            ("…" + r"1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b[\x1b]"[-36:], 31, 6, r"[\x1b]"),
        ),
        # from right to left nothing can be marked
        ("عنوان [x]", (6, 9), ("عنوان [x]", 6, 0, "[x]")),
        # long lines
        (
            "a" * 50 + "[x]" + "b" * 90,
            (50, 53),
            ("…" + "a" * 30 + "[x]" + "b" * 45 + "…", 31, 3, "[x]"),
        ),
        ("[x" + "k" * 200, (0, 202), ("[x" + "k" * 77 + "…", 0, 80, "[x" + "k" * 37 + "…")),
        ("中" * 50, (0, 1), ("中" * 39 + "…", 0, 2, "中")),
    ],
)
def test_the_line_of_a_place_is_cut_and_marked(
    source: str, span: tuple[int, int], expected: tuple[str, int, int, str]
) -> None:
    assert excerpt(source, *span) == expected


def test_an_excerpt_looks_no_further_than_what_it_shows() -> None:
    class Watched(str):
        __slots__ = ()

        def __getitem__(self, key: Any) -> str:
            if isinstance(key, slice):
                assert key.stop - key.start <= 100
            return super().__getitem__(key)

    assert excerpt(Watched("a" * 10_000), 5000, 9000)[1:3] == (31, 49)


def test_a_right_to_left_line_shows_the_place_itself(capfd: Any) -> None:
    Path("a.txt").write_text("عنوان [map zoom=”1″]\n", encoding="utf-8")
    assert lint(capfd, "a.txt")[1].splitlines()[1:3] == [
        "  1 | عنوان [map zoom=”1″]",
        "    ^ zoom=”1″",
    ]


def test_a_name_cannot_command_a_terminal(capfd: Any) -> None:
    Path("a\x1b[31m\n.txt").write_text(BAD, encoding="utf-8")
    out = lint(capfd, "a\x1b[31m\n.txt")[1]
    assert out.startswith("a\\x1b[31m\\n.txt:2:6: SC201 ")
    assert lint(capfd, "gone\x1b[31m")[2] == "shortcodes: gone\\x1b[31m: no file matches\n"
    Path("b\x1b]0;.txt").write_bytes(b"\0")
    assert (
        lint(capfd, "b\x1b]0;.txt")[2]
        == "shortcodes: warning: b\\x1b]0;.txt: binary, not checked\n"
    )


def test_fixes_that_are_not_safe_are_marked() -> None:
    assert [text.format_mark(fix) for fix in (None, Fix("a", ()))] == ["", "[*]"]
    assert text.format_mark(Fix("a", (), safe=False)) == "[?]"


def test_statistics_count_each_code_the_most_frequent_first(capfd: Any) -> None:
    Path("b.txt").write_text("[/z]" * 11, encoding="utf-8")
    expected = "12  SC102       stray-closing-tag\n 1  SC201  [*]  foreign-quotes\n"
    status, out, _ = lint(capfd, "--statistics", ".")
    assert (status, out) == (1, expected)


# --- which files and rules ------------------------------------------------------------------


def test_a_folder_is_read_in_the_order_of_names(capfd: Any) -> None:
    Path("below").mkdir()
    for name in ("below/c.md", "b.html", "below/d.png"):
        Path(name).write_text(BAD, encoding="utf-8")
    status, out, err = lint(capfd, "--select", "SC102", ".")
    names = [line.partition(":")[0] for line in out.splitlines() if line[0] != " "]
    assert (status, names, err) == (1, ["a.txt", "b.html", "below/c.md"], "3 problems in 3 files\n")


def test_a_folder_without_files_to_read_is_reported(capfd: Any) -> None:
    Path("below").mkdir()
    Path("below/a.png").touch()
    warning = "shortcodes: warning: there is nothing to check\n"
    assert lint(capfd, "below") == (0, "", warning)


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), ["SC201", "SC102"]),
        (("--select", "SC2"), ["SC201"]),
        (("--select", "SC1, foreign-quotes"), ["SC201", "SC102"]),
        (("--ignore", "SC2,SC9"), ["SC102"]),
        (("--select", "ALL", "--ignore", "SC102"), ["SC201"]),
        (("--tags", "gallery", "--select", "SC2"), []),
    ],
)
def test_rules_are_selected_and_ignored(
    capfd: Any, options: tuple[str, ...], codes: list[str]
) -> None:
    status, out, _ = lint(capfd, "--format", "json", *options, "a.txt")
    assert (status, [item["code"] for item in json.loads(out)]) == (int(bool(codes)), codes)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--select", "SC20l", "a.txt"), "no rule is called 'SC20l'; did you mean "),
        (("--ignore", "foreign-quote", "a.txt"), "did you mean 'foreign-quotes'?"),
        (("--diff", "--statistics", "a.txt"), "--diff cannot be used with --statistics"),
        (("--diff", "--format", "json", "a.txt"), "--diff cannot be used with --format json"),
        (("--fix", "-", "a.txt"), "--fix cannot fix standard input (-) together with files"),
        (("--jobs", "0", "a.txt"), "0 is not in the range x>=1"),
        (("*.html",), "*.html: no file matches"),
        (("--explain", "nothing"), "no rule is called 'nothing'"),
    ],
)
def test_a_mistake_is_one_sentence(capfd: Any, arguments: tuple[str, ...], message: str) -> None:
    status, out, err = lint(capfd, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert Path("a.txt").read_text("utf-8") == BAD


def test_exit_zero_hides_findings_but_not_failures(capfd: Any) -> None:
    assert lint(capfd, "--exit-zero", "a.txt") == (0, SHOWN, SUMMARY)
    Path("b.txt").mkdir()
    assert lint(capfd, "--exit-zero", "gone.txt")[0] == 2


# --- configuration --------------------------------------------------------------------------


def configure(toml: str) -> None:
    Path("shortcodes.toml").write_text(toml, encoding="utf-8")


CONFIGURED = """\
[lint]
select = ["SC2", "SC3"]
ignore = ["SC301"]

[[lint.per-path]]
paths = ["old/**"]
ignore = ["ALL"]

[[lint.per-path]]
paths = ["*.html"]
select = ["SC1"]
tags = "any"
"""


@pytest.mark.parametrize(
    ("name", "options", "codes"),
    [
        ("a.txt", (), ["SC201"]),
        ("a.txt", ("--ignore", "SC2"), ["SC301"]),
        ("a.txt", ("--select", "SC301", "--ignore", ""), ["SC301"]),
        ("old/a.txt", (), []),
        ("old/a.txt", ("--select", "SC2"), []),
        ("a.html", (), ["SC105"]),
        ("a.html", ("--select", "SC2"), ["SC201"]),
        ("a.html", ("--tags", "map"), []),
    ],
)
def test_the_configuration_says_which_rules_are_asked_where(
    capfd: Any, name: str, options: tuple[str, ...], codes: list[str]
) -> None:
    configure(CONFIGURED)
    Path("old").mkdir()
    Path(name).write_text("[map zoom=”17″ zoom=18] [row] [row]a[/row]", encoding="utf-8")
    _, out, err = lint(capfd, "--format", "json", *options, name)
    assert ([item["code"] for item in json.loads(out)], err.count("\n")) == (
        codes,
        int(bool(codes)),
    )


def test_the_format_of_paths_can_be_configured(capfd: Any) -> None:
    configure('[[lint.per-path]]\npaths = ["a.txt"]\nformat = "markdown"\n')
    Path("a.txt").write_text("`[map zoom=”17″]`", encoding="utf-8")
    assert lint(capfd, "--ignore", "SC902", "a.txt")[0] == 0
    assert lint(capfd, "--from", "text", "a.txt")[0] == 1


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[lint]\nselect = ['SC999']", "shortcodes.toml: lint: no rule is called 'SC999'"),
        (
            "[[lint.per-path]]\npaths = ['x']\nignore = ['foreign']",
            "shortcodes.toml: lint: per-path[0]: no rule is called 'foreign'",
        ),
        ("[lint]\nselct = []", "lint has an unknown key 'selct'; did you mean 'select'?"),
        ("schemas = 'gone.toml'", "gone.toml"),
        ("engine = 'a:b'", "imported only with --trust-config"),
    ],
)
def test_a_mistake_in_the_configuration_is_reported_before_any_file_is_read(
    capfd: Any, toml: str, message: str
) -> None:
    configure(toml)
    status, out, err = lint(capfd, "--fix", "a.txt")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert Path("a.txt").read_text("utf-8") == BAD


def test_names_with_schemas_in_the_configuration_are_shortcodes(capfd: Any) -> None:
    configure("schemas = 'schemas.toml'\n")
    Path("schemas.toml").write_text("[year.attributes]\nera = {}\n", encoding="utf-8")
    Path("a.txt").write_text("[year] [year era=”AD″]", encoding="utf-8")
    _, out, _ = lint(capfd, "--format", "json", "--select", "SC201", "a.txt")
    assert [(item["code"], item["column"]) for item in json.loads(out)] == [("SC201", 14)]


# --- fixes ----------------------------------------------------------------------------------


def test_fix_writes_the_file_and_reports_what_is_left(capfd: Any) -> None:
    shown = SECOND.replace("”17″", '"17"')
    message = "1 problem fixed in 1 file, 1 problem left in 1 file\n"
    assert lint(capfd, "--fix", "a.txt") == (1, shown, message)
    assert Path("a.txt").read_bytes() == FIXED.encode()
    assert lint(capfd, "--fix", "a.txt") == (1, shown, "1 problem in 1 file\n")


def test_fix_and_the_command_and_the_function_of_its_name_do_the_same(capfd: Any) -> None:
    assert shortcodes.fix(BAD) == FIXED
    assert main(("fix", "a.txt")) == 0
    assert capfd.readouterr().out == FIXED
    lint(capfd, "--fix", "a.txt")
    assert Path("a.txt").read_text("utf-8") == FIXED


def test_diff_shows_what_fix_would_change_and_changes_nothing(capfd: Any) -> None:
    diff = "--- a.txt\n+++ a.txt\n@@ -1,2 +1,2 @@\n a\n" + "".join(
        f"{mark}{line.splitlines()[1]}\n" for mark, line in (("-", BAD), ("+", FIXED))
    )
    message = "1 problem would be fixed in 1 file, 1 problem left in 1 file\n"
    for options in (("--diff",), ("--fix", "--diff")):
        assert lint(capfd, *options, "a.txt") == (1, diff, message)
    assert lint(capfd, "--diff", "--exit-zero", "a.txt")[0] == 0
    assert Path("a.txt").read_text("utf-8") == BAD


@pytest.mark.parametrize("more", [["a.txt"], ["."], ["--fix", "a.txt"]])
def test_findings_never_overwrite_a_text(capfd: Any, more: list[str]) -> None:
    said = "shortcodes: --output: ./a.txt is a file of this call already\n"
    assert lint(capfd, "-o", "./a.txt", *more) == (2, "", said)
    assert Path("a.txt").read_text() == BAD


@pytest.mark.parametrize("empty", ["", ",", " "])
def test_selecting_no_rule_is_a_mistake(capfd: Any, empty: str) -> None:
    said = "shortcodes: Invalid value for '--select': no rule is named\n"
    assert lint(capfd, "--select", empty, "a.txt") == (2, "", said)


@pytest.mark.slow
def test_standard_input_is_fixed_to_standard_output() -> None:
    message = "1 problem fixed in 1 file, 1 problem left in 1 file\n"
    shown = SECOND.replace("a.txt", "-").replace("”17″", '"17"')
    assert run("--fix", "-", stdin=BAD.encode()) == (1, FIXED, shown + message)
    assert run("--fix", "-", stdin=b"a\r\n") == (0, "a\r\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("data", [b"\xff[map zoom=1 zoom=2]", b"\x89PNG\0"])
def test_standard_input_that_is_no_utf8_is_never_passed_on_damaged(data: bytes) -> None:
    said = "shortcodes: -: not valid UTF-8, nothing is written\n"
    assert run("--fix", "-", stdin=data) == (2, "", said)


def test_unsafe_fixes_are_made_only_when_asked_for(capfd: Any) -> None:
    source = "[map title=”a [b] ' \" c”]\n"
    Path("a.txt").write_text(source, encoding="utf-8")
    status, _, err = lint(capfd, "--fix", "a.txt")
    assert (status, Path("a.txt").read_text("utf-8")) == (1, source)
    assert "can be fixed with --unsafe-fixes" in err
    lint(capfd, "--fix", "--unsafe-fixes", "a.txt")
    fixed = Path("a.txt").read_text("utf-8")
    assert fixed == shortcodes.fix(source, unsafe=True)
    assert fixed != source


def test_suppressed_findings_are_not_fixed(capfd: Any) -> None:
    source = f"<!-- shortcodes: ignore SC2, SC9 -->\n{BAD.splitlines()[1]}\n"
    Path("a.txt").write_text(source, encoding="utf-8")
    lint(capfd, "--select", "SC2", "--fix", "a.txt")
    assert Path("a.txt").read_text("utf-8") == source


def test_a_suppression_that_is_not_needed_is_taken_out(capfd: Any) -> None:
    Path("a.txt").write_text("a\n<!-- shortcodes: ignore SC102 -->\nb\n", encoding="utf-8")
    assert lint(capfd, "--fix", "a.txt") == (0, "", "1 problem fixed in 1 file\n")
    assert Path("a.txt").read_text("utf-8") == "a\nb\n"


# --- explanations ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(capfd: Any, code: str) -> None:
    status, out, err = lint(capfd, "--explain", code)
    assert (status, err) == (0, "")
    assert out.startswith(f"# {code}: ")
    for heading in ("## What it does", "## Why is this bad", "## Example", "## Use instead"):
        assert f"\n{heading}\n" in out


def test_rules_are_explained_by_name_and_by_group(capfd: Any) -> None:
    assert lint(capfd, "--explain", "foreign-quotes") == lint(capfd, "--explain", "SC201")
    assert lint(capfd, "--explain", "handler-failed") == lint(capfd, "--explain", "SC402")
    status, out, _ = lint(capfd, "--explain", "SC2")
    explained = [line[2:7] for line in out.splitlines() if line.startswith("# SC")]
    assert (status, explained) == (0, [code for code in RULES if code.startswith("SC2")])


@posix
def test_an_explanation_is_laid_out_on_a_terminal() -> None:
    shown = printed("--explain", "SC201", TERM="xterm-256color", COLUMNS="70")
    assert "What it does" in shown
    assert "## What it does" not in shown


# --- many files -----------------------------------------------------------------------------


@pytest.mark.slow
def test_processes_share_the_files_and_the_output_is_the_same(capfd: Any) -> None:
    Path("many").mkdir()
    for number in range(100):
        source = f"[map zoom=”{number}″ zoom=18]\n" * (number % 7)
        Path(f"many/{number}.txt").write_text(source, encoding="utf-8")
    Path("many/50.txt").write_bytes(b"\0binary")
    alone = lint(capfd, "--jobs", "1", "many")
    assert alone[0] == 1
    assert lint(capfd, "--jobs", "3", "many") == alone
    fixed = lint(capfd, "--jobs", "3", "--fix", "--select", "SC201", "many")
    assert fixed[0] == 0
    assert lint(capfd, "--select", "SC201", "many")[0] == 0


def _double(number: int) -> int:
    if number < 0:
        raise ValueError(number)
    return 2 * number


@pytest.mark.slow
def test_results_of_processes_come_in_order_and_errors_too() -> None:
    tasks = list(range(500))
    expected = [2 * number for number in tasks]
    assert list(parallel.map_in_order(_double, tasks, processes=2)) == expected
    with pytest.raises(ValueError, match="-1"):
        list(parallel.map_in_order(_double, [*tasks, -1], processes=2))


def _end(number: int) -> int:
    if number == 40:
        os._exit(1)
    return number


@pytest.mark.slow
def test_a_process_that_is_ended_from_outside_is_a_mistake_and_no_wait() -> None:
    with pytest.raises(shortcodes.ShortcodeError, match="was ended from outside"):
        list(parallel.map_in_order(_end, list(range(500)), processes=2))


@pytest.mark.slow
def test_large_results_of_processes_come_in_order_without_a_deadlock() -> None:
    large = list(parallel.map_in_order(_large, list(range(60)), processes=2))
    assert [len(one) for one in large] == [number * 20_000 for number in range(60)]


def _large(number: int) -> str:
    return "a" * 20_000 * number


def test_a_bar_is_shown_only_where_it_takes_long(
    capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    for after, is_shown in ((60.0, False), (0.0, True)):
        assert list(progress.show_progress(iter("abc"), 3, after=after)) == ["a", "b", "c"]
        out, err = capfd.readouterr()
        assert (out, "3/3" in err) == ("", is_shown)


def test_a_bar_goes_when_it_is_interrupted(capfd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    results = progress.show_progress(iter("abc"), 3, after=0.0)
    assert next(results) == "a"
    results.close()  # type: ignore[attr-defined]
    assert capfd.readouterr().err.endswith("\x1b[2K")


def _process(_: int) -> int:
    return os.getpid()


@pytest.mark.slow
@posix
def test_processes_end_when_nobody_reads_their_results() -> None:
    results = parallel.map_in_order(_process, list(range(5000)), processes=2)
    process = next(results)
    os.kill(process, 0)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.slow
def test_a_program_can_exit_while_processes_work_for_it() -> None:
    program = (
        "from shortcodes.cli.checking.parallel import map_in_order\n"
        "results = map_in_order(abs, range(10_000), processes=2)\n"
        "next(results)\n"
    )
    ended = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")

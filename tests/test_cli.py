"""The command line: bytes in, bytes out, and a mistake ends in one sentence."""

from __future__ import annotations

import io
import json
import locale
import logging
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
import warnings
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import shortcodes
from shortcodes import __main__, registry
from shortcodes.__main__ import main
from shortcodes.cli import cli
from shortcodes.cli.io import json_array
from shortcodes.cli.io.diff import diff
from tests.command import call, run
from tests.needs import posix

pytestmark = pytest.mark.usefixtures("in_empty_folder")

SAY_UNFORESEEN = __main__._report_unexpected
"""Tests have it raise instead."""
ITEM_KEYS = [
    "name",
    "attributes",
    "positional",
    "content",
    "start",
    "end",
    "line",
    "column",
    "source",
    "children",
]


def write(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- strip ----------------------------------------------------------------------------------


def test_strip_changes_no_byte_of_the_prose() -> None:
    text = "\ufeffعنوان\r\n\r\n[x k=”1″]\r\nb \n\n[x k=1]".encode()
    assert run("strip", "-", stdin=text) == (0, "\ufeffعنوان\r\n\r\nb ".encode(), "")


def test_strip_joins_the_outputs_of_several_files_in_order() -> None:
    write("a.txt", "a [x k=1]\n")
    write("b.txt", "[x k=1]b\n")
    assert run("strip", "b.txt", "-", "a.txt", stdin=b"c\n") == (0, b"b\nc\na \n", "")


def test_strip_drops_content_when_told(capfd: Any) -> None:
    write("a.txt", "a\n[x k=1]\nb\n[/x]\n")
    assert call(capfd, "strip", "--content", "drop", "a.txt") == (0, "a\n", "")


def test_strip_in_place_keeps_the_mode_and_leaves_other_files_alone() -> None:
    changed, same = write("a.txt", "a\r\n[x k=1]\r\n"), write("b.txt", "[1] b")
    changed.chmod(0o640)
    os.utime(same, (1, 1))
    before = same.stat()
    assert run("strip", "--in-place", "a.txt", "b.txt") == (0, b"", "")
    assert changed.read_bytes() == b"a\r\n"
    assert stat.S_IMODE(changed.stat().st_mode) == 0o640
    assert (same.stat().st_ino, same.stat().st_mtime) == (before.st_ino, before.st_mtime)
    assert sorted(os.listdir()) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("-",), "standard input (-)"),
        (("-o", "b.txt", "a.txt"), "--output"),
        (("--diff", "a.txt"), "--diff"),
    ],
)
def test_strip_in_place_refuses_what_contradicts_it(
    capfd: Any, arguments: tuple[str, ...], what: str
) -> None:
    text = "a\n[x k=1]\n"
    path = write("a.txt", text)
    message = f"shortcodes: --in-place cannot be used with {what}\n"
    assert call(capfd, "strip", "--in-place", *arguments) == (2, "", message)
    assert (path.read_text(), os.listdir()) == (text, ["a.txt"])


def test_strip_in_place_leaves_a_file_that_is_not_utf8(capfd: Any) -> None:
    path = write("a.txt", b"caf\xe9 [x k=1]\n")
    status, out, err = call(capfd, "strip", "--in-place", "a.txt")
    assert (status, out, err.splitlines()) == (
        2,
        "",
        [
            "shortcodes: warning: a.txt: not valid UTF-8, bad bytes are read as U+FFFD",
            "shortcodes: a.txt: not valid UTF-8, left as it is",
        ],
    )
    assert path.read_bytes() == b"caf\xe9 [x k=1]\n"


def test_strip_diff_shows_what_would_go(capfd: Any) -> None:
    write("a.txt", "a\n\n[x k=1]\n\nb\n[x k=2]")
    gone = ["-[x k=1]", "-", "-b", "-[x k=2]", "\\ No newline at end of file"]
    kept = ["+b", "\\ No newline at end of file"]
    diff = "\n".join(["--- a.txt", "+++ a.txt", "@@ -1,6 +1,3 @@", " a", " ", *gone, *kept, ""])
    assert call(capfd, "strip", "--diff", "a.txt") == (0, diff, "")
    write("a.txt", "a")
    assert call(capfd, "strip", "--diff", "a.txt") == (0, "", "")


def test_strip_in_place_keeps_doubled_brackets_and_a_second_run_changes_nothing(
    capfd: Any,
) -> None:
    text = "a [[x k=1]]\n[x k=2]\n[[x]b[/x]]\n"
    path = write("a.txt", text)
    assert call(capfd, "strip", "a.txt") == (0, "a [x k=1]\n[x]b[/x]\n", "")
    _, shown, _ = call(capfd, "strip", "--diff", "a.txt")
    assert [line for line in shown.splitlines()[2:] if line[0] in "+-"] == ["-[x k=2]"]
    for _ in range(2):
        assert call(capfd, "strip", "--in-place", "a.txt") == (0, "", "")
        assert path.read_text() == "a [[x k=1]]\n[[x]b[/x]]\n"
    assert call(capfd, "strip", "--diff", "a.txt") == (0, "", "")


def test_strip_in_place_leaves_what_would_turn_another_text_into_a_shortcode(capfd: Any) -> None:
    path = write("a.txt", "a [x [x k=1] k=1] b\n")
    left = (
        "a.txt:1:6: SC404 the shortcode was left in place: without it, the text around it would "
        "mean something else\n"
    )
    assert call(capfd, "strip", "--tags", "x", "--diff", "a.txt") == (0, "", left)
    assert call(capfd, "strip", "--tags", "x", "--in-place", "a.txt") == (0, "", left)
    assert path.read_text() == "a [x [x k=1] k=1] b\n"


PATCHED = [
    "a{0}[x k=1]{0}b{0}",
    "[x k=1]{0}a{0}[x k=1]",
    "a{0}b [x k=1]",
    "[x k=1]",
    "a{0}" * 9 + "{0}[x k=1]{0}{0}" + "b{0}c{0}" * 9 + "[x]{0}d{0}[/x]",
    "{0}".join(f"{{0}}a{n}{{0}}{{0}}[x k={n}]" for n in range(9)),
    "a [x k=1]{0}[x k=1]{0}" * 600,
]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("text", PATCHED)
def test_patch_takes_the_diff(text: str, end: str) -> None:
    path = write("a.txt", text.replace("{0}", end))
    _, stripped, _ = run("strip", "a.txt")
    _, diff, _ = run("strip", "--diff", "a.txt")
    subprocess.run(["patch", "--binary", "-s", "a.txt"], input=diff, check=True)
    assert (path.read_bytes() if path.exists() else b"") == stripped


def test_a_diff_of_a_long_file_names_each_line_that_goes() -> None:
    text = "".join(f"a{n}\n\n[x k={n}]\n\n" for n in range(20_000))
    lines = diff("a.txt", text, shortcodes.api.strip(text)).splitlines()
    assert sum(line.startswith("-[x ") for line in lines) == 20_000
    assert [line for line in lines if line.startswith("+") and line != "+++ a.txt"] == []


def test_a_diff_of_lines_that_repeat_names_each_that_goes() -> None:
    text = "".join("[gallery a=1]\nfoo\nbar\n" * 160 + f"unique {i}\n" for i in range(40))
    lines = diff("a.txt", text, shortcodes.api.strip(text)).splitlines()
    assert {line for line in lines[2:] if line[0] in "-+"} == {"-[gallery a=1]"}
    assert sum(line == "-[gallery a=1]" for line in lines) == 160 * 40


# --- extract --------------------------------------------------------------------------------


def test_extract_prints_an_array_of_items() -> None:
    write("a.txt", "مصر [x k=”مصر” 2]b[/x]\n")
    status, out, err = run("extract", "a.txt")
    items = json.loads(out)
    assert (status, err, [list(item) for item in items]) == (0, "", [ITEM_KEYS])
    assert items == shortcodes.api.extract("مصر [x k=”مصر” 2]b[/x]\n")
    assert out.decode() == json.dumps(items, indent=2, ensure_ascii=False) + "\n"


def test_extract_names_the_file_where_there_are_several(capfd: Any) -> None:
    write("a.txt", "[x k=1]")
    write("b.txt", "[y k=1]")
    _, out, _ = call(capfd, "extract", "a.txt", "b.txt")
    items = json.loads(out)
    assert [list(item) for item in items] == [["file", *ITEM_KEYS]] * 2
    assert [(item["file"], item["name"]) for item in items] == [("a.txt", "x"), ("b.txt", "y")]


def test_extract_prints_an_object_a_line_with_ndjson(capfd: Any) -> None:
    write("a.txt", "[x k=”مصر”]\n[y k=1]")
    _, out, _ = call(capfd, "extract", "--ndjson", "a.txt")
    assert [json.loads(line)["name"] for line in out.splitlines()] == ["x", "y"]
    assert "مصر" in out


def test_extract_takes_one_tag(capfd: Any) -> None:
    write("a.txt", "[x k=1][y k=1][/x]")
    _, out, _ = call(capfd, "extract", "--tag", "y", "a.txt")
    assert [item["name"] for item in json.loads(out)] == ["y"]


def test_extract_of_nothing_is_an_empty_array(capfd: Any) -> None:
    write("a.txt", "")
    assert call(capfd, "extract", "a.txt") == (0, "[]\n", "")
    assert call(capfd, "extract", "--ndjson", "a.txt") == (0, "", "")


def test_extract_holds_one_item_at_a_time() -> None:
    given: list[int] = []
    written: list[int] = []

    class Output(io.BytesIO):
        def write(self, data: Any) -> int:
            written.append(len(given))
            return super().write(data)

    def items() -> Iterator[dict[str, Any]]:
        for number in range(3):
            given.append(number)
            yield {"a": {"b\n": [number]}, "c": []}

    output = Output()
    json_array.write(items(), output)
    assert written == [1, 2, 3, 3]
    expected = json.dumps([{"a": {"b\n": [n]}, "c": []} for n in range(3)], indent=2) + "\n"
    assert output.getvalue().decode() == expected


def test_extract_reports_where_it_stopped(capfd: Any) -> None:
    write("a.txt", "[x k=1]" * 21 + "[/x]" * 21)
    status, out, err = call(capfd, "extract", "a.txt")
    assert (status, len(json.loads(out))) == (0, 1)
    assert err == "a.txt:1:141: SC401 shortcodes nested more than 20 levels deep are not listed\n"


# --- render ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("a.txt", (), "<p>&lt;b&gt;a&lt;/b&gt; [x k=1]</p>\n"),
        ("a", (), "<p>&lt;b&gt;a&lt;/b&gt; [x k=1]</p>\n"),
        ("a.html", (), "<b>a</b> [x k=1]"),
        ("a.HTM", (), "<b>a</b> [x k=1]"),
        ("a.xhtml", (), "<b>a</b> [x k=1]"),
        ("a.md", (), "<p><b>a</b> [x k=1]</p>\n"),
        ("a.markdown", (), "<p><b>a</b> [x k=1]</p>\n"),
        ("a.md", ("--from", "text"), "<p>&lt;b&gt;a&lt;/b&gt; [x k=1]</p>\n"),
        ("a.txt", ("--from", "html"), "<b>a</b> [x k=1]"),
        ("a.html", ("--unknown", "strip"), "<b>a</b> "),
        ("a.html", ("--unknown=mark",), '<b>a</b> <mark class="shortcode-unknown">[x k=1]</mark>'),
        ("a.txt", ("--to", "strip"), "<b>a</b> "),
    ],
)
def test_render_reads_a_file_as_its_name_or_the_option_says(
    capfd: Any, name: str, options: tuple[str, ...], expected: str
) -> None:
    write(name, "<b>a</b> [x k=1]")
    assert call(capfd, "render", *options, name) == (0, expected, "")


@pytest.mark.slow
def test_render_reads_standard_input_as_text() -> None:
    assert run("render", "-", stdin=b"<b>") == (0, b"<p>&lt;b&gt;</p>\n", "")


def test_render_prints_json_for_renderers_that_give_it(capfd: Any) -> None:
    write("a.txt", "[x k=1]")
    _, out, _ = call(capfd, "render", "--to", "data", "a.txt", "a.txt")
    assert [item["name"] for item in json.loads(out)] == ["x", "x"]


def test_render_makes_a_complete_page(capfd: Any) -> None:
    write("name.txt", "[x k=1]")
    status, out, err = call(capfd, "render", "--page", "--unknown", "strip", "name.txt")
    assert (status, err) == (0, "")
    assert out.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    assert "<title>name</title>" in out
    options = ("--title", "Title", "--lang", "ar", "--dir", "ltr")
    _, out, _ = call(capfd, "render", "--page", *options, "name.txt")
    assert '<html lang="ar" dir="ltr">' in out
    assert "<title>Title</title>" in out


def test_a_page_takes_one_file(capfd: Any) -> None:
    write("a.txt", "a")
    message = "shortcodes: --page takes one FILE\n"
    assert call(capfd, "render", "--page", "a.txt", "a.txt") == (2, "", message)


def test_render_says_what_failed_on_standard_error(capfd: Any) -> None:
    write("a.html", '<b title="[covid19-ultimate-card region=EG]">')
    status, out, err = call(capfd, "render", "a.html")
    message = "[covid19-ultimate-card] was left in place: it is inside an HTML tag"
    assert (status, out) == (0, '<b title="[covid19-ultimate-card region=EG]">')
    assert err == f"a.html:1:11: SC404 {message}\n"


def test_strict_rendering_ends_with_status_1_and_writes_no_file(capfd: Any) -> None:
    write("a.html", '<b title="[covid19-ultimate-card region=EG]">')
    write("b.html", "fine")
    write("old.html", "old")
    _, plain, err = call(capfd, "render", "a.html", "b.html")
    assert call(capfd, "render", "--strict", "a.html", "b.html") == (1, plain, err)
    options = ("--strict", "--css", "new.css", "-o", "old.html")
    assert call(capfd, "render", *options, "a.html", "b.html") == (1, "", err)
    assert (Path("old.html").read_text(), Path("new.css").exists()) == ("old", False)
    assert call(capfd, "render", *options, "b.html") == (0, "", "")
    assert (Path("old.html").read_text(), Path("new.css").read_text()) == ("fine", "")


def test_an_option_that_a_renderer_does_not_have_is_a_mistake(capfd: Any) -> None:
    write("a.txt", "a")
    message = "shortcodes: the strip renderer has no option 'unknown'\n"
    assert call(capfd, "render", "--to", "strip", "--unknown", "keep", "a.txt") == (2, "", message)


def test_several_files_share_their_styles_and_no_id(capfd: Any) -> None:
    for name in ("a.txt", "b.txt"):
        write(name, "[covid19-ultimate-card region=EG]\n")
    status, out, err = call(capfd, "render", "a.txt", "b.txt")
    assert (status, err) == (0, "")
    ids = re.findall(r' id="([^"]+)"', out)
    assert ids
    assert len(ids) == len(set(ids))
    assert out.count("<article") == 2
    assert out.count("<style>") == call(capfd, "render", "a.txt")[1].count("<style>")


# --- what all commands share ----------------------------------------------------------------

COMMANDS = sorted(cli.commands)
READING = sorted(name for name in COMMANDS if name != "schema")
"""Those that read texts."""
every_command = pytest.mark.parametrize("command", READING)


def test_the_help_lists_only_commands_that_work(capfd: Any) -> None:
    status, out, err = call(capfd)
    listed = [line.split()[0] for line in out.split("Commands:\n")[1].split("\n\n")[0].splitlines()]
    assert (status, listed, err) == (0, sorted({*COMMANDS, *registry.list_command_names()}), "")


@every_command
def test_every_command_has_a_help_with_an_example(capfd: Any, command: str) -> None:
    status, out, err = call(capfd, command, "--help")
    assert (status, err) == (0, "")
    assert f"\n    shortcodes {command} " in out
    assert "--dialect [lenient|wordpress]" in out


def test_the_help_of_render_says_that_html_passes_unchanged(capfd: Any) -> None:
    _, out, _ = call(capfd, "render", "--help")
    assert "HTML passes unchanged" in " ".join(out.split())


def test_the_version_is_that_of_the_library(capfd: Any) -> None:
    assert call(capfd, "--version") == (0, f"shortcodes {shortcodes.__version__}\n", "")


MISTAKES = [
    ((), None),
    (("missing.txt",), "missing.txt: no such file"),
    (("a.txt", "missing.txt"), "missing.txt: no such file"),
    (("a.txt/b.txt",), "a.txt/b.txt: no such file"),
    (("--colour", "a.txt"), None),
    (
        ("--dialect", "x", "a.txt"),
        "Invalid value for '--dialect': 'x' is not one of 'lenient', 'wordpress'.",
    ),
    (("--from", "pdf", "a.txt"), None),
    (("-o", "missing/b.txt", "a.txt"), "missing/b.txt: the folder missing does not exist"),
    (("-o", "folder", "a.txt"), "folder: is a folder, not a file"),
    (("-o", "", "a.txt"), "a file name is empty"),
    (("",), "a file name is empty"),
    (("-", "-"), "standard input (-) can be read only once"),
]


@every_command
@pytest.mark.parametrize(("arguments", "message"), MISTAKES, ids=str)
def test_a_mistake_ends_in_one_sentence_and_status_2(
    capfd: Any, command: str, arguments: tuple[str, ...], message: str | None
) -> None:
    write("a.txt", "a [x k=1]\n")
    Path("folder").mkdir()
    status, out, err = call(capfd, command, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("shortcodes: ")
    if message is not None:
        assert err == f"shortcodes: {message}\n"
    assert sorted(os.listdir()) == ["a.txt", "folder"]


NAMES = [
    (("-o", "/dev/fd/99999999999"), "/dev/fd/99999999999: bad file descriptor"),
    (("-o", "/dev/fd/9999"), "/dev/fd/9999: bad file descriptor"),
    (("-o", "a\0b"), "a\\x00b: no such file"),
    (("-o", "a\ud800b"), "a\\ud800b: no such file"),
    (("-o", "x" * 300), f"{'x' * 300}: file name too long"),
    (("a\0b",), "a\\x00b: no such file"),
    (("a\ud800b",), "a\\ud800b: no such file"),
]
"""Names that no file has."""


@posix
@every_command
@pytest.mark.parametrize(("arguments", "message"), NAMES, ids=ascii)
def test_a_name_that_no_file_has_is_a_mistake(
    capfd: Any, command: str, arguments: tuple[str, ...], message: str
) -> None:
    write("a.txt", "a [x k=1]\n")
    assert call(capfd, command, *arguments, "a.txt") == (2, "", f"shortcodes: {message}\n")


@posix
@pytest.mark.parametrize("page", [(), ("--page",)])
@pytest.mark.parametrize(
    ("name", "message"),
    [("", "a file name is empty"), ("a\0", "a\\x00: no such file")],
)
def test_a_name_that_no_style_sheet_has_is_a_mistake(
    capfd: Any, page: tuple[str, ...], name: str, message: str
) -> None:
    write("a.txt", "a")
    found = call(capfd, "render", *page, "a.txt", "--css", name, "-o", os.devnull)
    assert found == (2, "", f"shortcodes: {message}\n")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_page_links_to_a_style_sheet_whose_name_is_not_utf8(capfd: Any) -> None:
    write("a.txt", "[covid19-ultimate-card region=EG]\n")
    status, out, _ = call(capfd, "render", "--page", "a.txt", "--css", "\udcff.css")
    assert (status, "\udcff.css" in os.listdir(), 'href="%FF.css"' in out) == (0, True, True)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OverflowError("too large"), "too large"),
        (UnicodeError("not ASCII"), "not ASCII"),
        (ValueError(), "ValueError"),
        (MemoryError(), "there is not enough memory"),
    ],
)
def test_an_unforeseen_exception_is_reported_in_one_sentence_and_not_as_a_finding(
    capfd: Any, error: Exception, said: str
) -> None:
    assert SAY_UNFORESEEN(error) == 2
    assert capfd.readouterr().err == f"shortcodes: {said}\n"


def test_a_defect_is_reported_with_its_traceback_and_not_as_a_finding() -> None:
    write("a\x1b.txt", "a")
    code = (
        "from shortcodes import __main__; from shortcodes.cli.io import files\n"
        "def read(name, **_): raise KeyError(name)\n"
        "files.read = read\n"
        "raise SystemExit(__main__.main(['strip', 'a\\x1b.txt']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Traceback ")
    assert done.stderr.endswith("KeyError: 'a\\x1b.txt'\n")


class _Named:
    """Python 3.11 replaces what is raised here by a RuntimeError of its own."""

    def __set_name__(self, owner: type, name: str) -> None:
        raise KeyboardInterrupt


def _raise_in_a_class(*_: Any, **__: Any) -> None:
    type("Holder", (), {"field": _Named()})


def _raise_a_mistake_after_an_interrupt(*_: Any, **__: Any) -> None:
    try:
        raise KeyboardInterrupt
    except KeyboardInterrupt:
        raise OSError(5, "Input/output error")  # noqa: B904


def _raise_where_python_cannot(*_: Any, **__: Any) -> None:
    target = {1, 2}
    reference = weakref.ref(target, _raise_keyboard_interrupt)
    del target
    assert reference() is None
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        time.sleep(0.1)


def _raise_keyboard_interrupt(_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "interrupt",
    [_raise_in_a_class, _raise_a_mistake_after_an_interrupt, _raise_where_python_cannot],
)
def test_an_interrupt_ends_the_command_silently_wherever_it_falls(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, interrupt: Any
) -> None:
    monkeypatch.setattr(cli, "main", interrupt)
    began = time.monotonic()
    status = main(["strip", "a.txt"])
    assert (status, *capfd.readouterr(), time.monotonic() - began < 25) == (130, "", "", True)


@every_command
def test_a_command_without_a_file_argument_is_a_mistake(capfd: Any, command: str) -> None:
    what = "PATH..." if command == "lint" else "FILE..."
    assert call(capfd, command) == (
        2,
        "",
        f"shortcodes: Missing argument '{what}': name a file, or send a text to standard input.\n",
    )


@pytest.mark.parametrize("command", sorted({*READING} - {"lint"}))
def test_a_folder_in_place_of_a_file_is_a_mistake(capfd: Any, command: str) -> None:
    Path("folder").mkdir()
    message = "shortcodes: folder: is a folder, not a file\n"
    assert call(capfd, command, "folder") == (2, "", message)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="this user may read anything")
@every_command
def test_a_file_that_may_not_be_read_is_a_mistake(capfd: Any, command: str) -> None:
    write("a.txt", "a").chmod(0)
    assert call(capfd, command, "a.txt") == (2, "", "shortcodes: a.txt: permission denied\n")


def test_an_unknown_command_and_an_unknown_renderer_are_mistakes(capfd: Any) -> None:
    assert call(capfd, "frobnicate") == (2, "", "shortcodes: No such command 'frobnicate'.\n")
    write("a.txt", "a")
    known = "strip, data, html, json, yaml, xml, source, plain, markdown"
    message = f"shortcodes: unknown renderer 'pdf'; known: {known}\n"
    assert call(capfd, "render", "--to", "pdf", "a.txt") == (2, "", message)


@pytest.mark.slow
@every_command
def test_invalid_utf8_is_reported_with_replacement_but_never_written(command: str) -> None:
    path = write("a.txt", b"caf\xe9 [x k=1]\xff\n")
    status, out, err = run(command, "a.txt")
    if command in ("extract", "lint"):
        warning = "a.txt: not valid UTF-8, bad bytes are read as U+FFFD"
        assert (status, err) == (0, f"shortcodes: warning: {warning}\n")
        return
    refusal = "shortcodes: a.txt: not valid UTF-8, nothing is written\n"
    assert (status, out, err) == (2, b"", refusal)
    assert run(command, "a.txt", "-o", "b.txt") == (2, b"", refusal)
    assert os.listdir() == ["a.txt"]
    assert path.read_bytes() == b"caf\xe9 [x k=1]\xff\n"


@pytest.mark.parametrize("options", [["--in-place"], ["-o", "a.txt"], ["--diff"]])
@pytest.mark.parametrize("command", ["fix", "strip"])
def test_a_binary_file_stays(command: str, options: list[str], capfd: Any) -> None:
    path = write("a.txt", "\0 [map zoom=”17″] x\n")
    refusal = "shortcodes: a.txt: binary, or in an encoding that --encoding has to name\n"
    assert call(capfd, command, "a.txt", *options) == (2, "", refusal)
    assert path.read_text() == "\0 [map zoom=”17″] x\n"


@pytest.mark.parametrize("command", ["extract", "render"])
def test_the_output_replaces_no_text(command: str, capfd: Any) -> None:
    path = write("a.txt", "x\n")
    message = "shortcodes: --output: a.txt is a file of this call already\n"
    assert call(capfd, command, "a.txt", "-o", "a.txt") == (2, "", message)
    assert path.read_text() == "x\n"


@pytest.mark.slow
@every_command
def test_the_output_file_holds_what_standard_output_would(command: str) -> None:
    write("a.txt", "مصر [x k=”1”]\r\n")
    _, out, _ = run(command, "a.txt")
    status, nothing, _ = run(command, "-o", "b.txt", "a.txt")
    assert nothing == b""
    assert Path("b.txt").read_bytes() == out
    assert status == (1 if command == "lint" else 0)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(Path("b.txt").stat().st_mode) == 0o666 & ~mask


def test_the_output_may_be_the_input_or_a_device(capfd: Any) -> None:
    path = write("a.txt", "a\n[x k=1]\n")
    assert call(capfd, "strip", "-o", "a.txt", "a.txt") == (0, "", "")
    assert path.read_text() == "a\n"
    assert call(capfd, "strip", "-o", os.devnull, "a.txt") == (0, "", "")
    assert not Path(os.devnull).is_file()


NOT_UTF8 = "na\udcffme.txt"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("lint",), rb"na\udcffme.txt:1:4: SC"),
        (("strip", "--diff"), b"--- na\xffme.txt\n+++ na\xffme.txt\n"),
        (("extract", "b.txt"), '"file": "na\ufffdme.txt"'.encode()),
        (("extract", "--ndjson", "b.txt"), '"file": "na\ufffdme.txt"'.encode()),
        (("render", "--page", "--unknown", "strip"), "<title>na\ufffdme</title>".encode()),
    ],
)
def test_the_name_of_a_file_need_not_be_utf8(arguments: tuple[str, ...], expected: bytes) -> None:
    write(NOT_UTF8, "[x k=”1]")
    write("b.txt", "")
    status, out, err = run(*arguments, NOT_UTF8)
    assert status == (1 if arguments[0] == "lint" else 0)
    assert expected in out
    assert "Traceback" not in err


PRINTING = (
    "",
    "--version",
    "fix --help",
    "schema",
    "schema export",
    "schema export --format json-schema",
    "lint --explain SC201",
    "covid19 show EG",
    "covid19 show EG --help",
    *(f"covid19 show EG --lang ar --format {form}" for form in ("json", "text", "markdown")),
    "covid19 show EG --lang ar --format badge",
)
"""What prints text that is of no file."""


@pytest.mark.slow
@pytest.mark.parametrize("words", PRINTING)
def test_what_is_printed_is_utf8_in_every_locale(words: str) -> None:
    made = []
    for encoding in ("utf-8", "latin-1", "ascii:strict"):
        env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        command = [sys.executable, "-m", "shortcodes", *words.split()]
        done = subprocess.run(command, env=env, capture_output=True, check=False)
        made.append((done.returncode, done.stdout.decode("utf-8"), done.stderr))
    assert made[0][0] == 0
    assert made[0][1]
    assert made == [made[0]] * 3


@posix
def test_a_command_that_prints_nothing_needs_no_standard_output() -> None:
    write("a.txt", "a [x k=”1]")
    line = f"{sys.executable} -m shortcodes strip a.txt -o b.txt >&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert Path("b.txt").read_text("utf-8") == "a "


def test_a_program_that_runs_a_command_gets_its_standard_output_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="latin-1", errors="replace")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(("lint", "--explain", "SC201")) == 0
    assert (sys.stdout, stream.encoding, stream.errors) == (stream, "latin-1", "replace")
    monkeypatch.setattr(sys, "stdout", None)
    assert main(("lint", "--explain", "SC201")) == 2
    assert sys.stdout is None


@pytest.mark.slow
@posix
@pytest.mark.parametrize(
    ("line", "stream"),
    [(f"{command} a.txt >&-", "output") for command in ("strip", "extract", "lint", "render")]
    + [(f"{words} >&-", "output") for words in PRINTING]
    + [("strip - <&-", "input")],
)
def test_a_closed_stream_is_a_mistake(line: str, stream: str) -> None:
    write("a.txt", "a [x k=”1]")
    shell = f"{sys.executable} -m shortcodes {line}"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, f"shortcodes: standard {stream} is closed\n")


@pytest.mark.parametrize(
    ("tags", "names"),
    [((), ["x"]), (("--tags", "b, y"), ["y"]), (("--tags", "any"), ["x", "y", "z"])],
)
def test_the_option_tags_limits_which_names_are_shortcodes(
    capfd: Any, tags: tuple[str, ...], names: list[str]
) -> None:
    write("a.txt", "[x k=1] [y] [z]")
    _, out, _ = call(capfd, "extract", *tags, "a.txt")
    assert [item["name"] for item in json.loads(out)] == names


@pytest.mark.slow
@posix
def test_a_pipe_that_breaks_is_no_error() -> None:
    write("a.txt", "[x k=1] prose\n" * 50_000)
    for command in ("strip", "extract", "render"):
        line = f"{sys.executable} -m shortcodes {command} a.txt | head -c 1"
        done = subprocess.run(["bash", "-c", line], capture_output=True, check=True)
        assert (len(done.stdout), done.stderr) == (1, b"")


def test_a_warning_of_the_library_is_one_line(capfd: Any) -> None:
    code = "import warnings; from shortcodes import __main__; __main__._run = lambda _:"
    code += " warnings.warn('the plug-in is skipped', RuntimeWarning); __main__.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "shortcodes: warning: the plug-in is skipped\n"


def test_no_name_of_a_file_commands_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    path = write("a\x1b]0;.txt", b"[map zoom=1 zoom=2]\xff")
    for command in (["extract"], ["render"], ["fix", "--unsafe-fixes", "--diff"]):
        _, out, err = call(capfd, *command, str(path))
        assert ("\x1b" in out + err, "a\\x1b]0;.txt" in err) == (False, True)


def state_of_the_process() -> dict[str, Any]:
    """Return what a command could change for the program that calls it."""
    mask = os.umask(0)
    os.umask(mask)
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return {
        "warnings": (warnings.showwarning, warnings.formatwarning, [*warnings.filters]),
        "streams": streams,
        "encodings": [(stream.encoding, stream.errors) for stream in streams],
        "signals": {number: signal.getsignal(number) for number in signal.valid_signals()},
        "blocked": os.name == "posix" and signal.pthread_sigmask(signal.SIG_BLOCK, []),
        "path": [*sys.path],
        "hooks": (sys.excepthook, sys.displayhook, sys.unraisablehook, threading.excepthook),
        "locale": locale.setlocale(locale.LC_ALL),
        "logging": ([*logging.root.handlers], logging.root.level, logging.root.disabled),
        "folder": os.getcwd(),
        "environment": {**os.environ},
        "umask": mask,
        "recursion": sys.getrecursionlimit(),
        "digits": sys.get_int_max_str_digits(),
        "threads": threading.active_count(),
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--help"], 0),
        (["lint", "--jobs", "2", "--output", "out", "a.txt", "b.txt"], 1),
        (["lint", "gone"], 2),
        (["fix", "--in-place", "a.txt"], 0),
        (["render", "--trust-config", "a.txt"], 0),
        (["covid19", "show", "EG"], 0),
    ],
)
def test_a_command_changes_nothing_for_the_program_that_calls_it(
    capfd: Any, arguments: list[str], status: int
) -> None:
    write("shortcodes.toml", 'engine = "site_of_test:engine"\n' * ("render" in arguments))
    write("site_of_test.py", "from shortcodes import Engine\nengine = Engine()\n")
    write("a.txt", "[map zoom=”17″]\n")
    write("b.txt", "[map zoom=”17″]\n")
    before = state_of_the_process()
    assert main(arguments) == status
    assert state_of_the_process() == before


def test_a_program_may_redirect_the_streams_to_text(monkeypatch: pytest.MonkeyPatch) -> None:
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("é [b]”"))
    monkeypatch.setattr(sys, "stdout", output)
    assert main(("strip", "--tags", "b", "-")) == 0
    assert output.getvalue() == "é ”"

"""What a command reads from, writes to and speaks to: pipes that break, that do not block, or fail.

The files that it writes and its exit status hang on none of that.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from tests.needs import posix
from tests.text_files import write_text

pytestmark = [
    pytest.mark.slow,
    posix,
]

BAD = "a [map zoom=”17″] b [/rwo]\n"
FIXED = 'a [map zoom="17"] b [/rwo]\n'
FILES = 60
ENOUGH = 2000
"""Lines of a text that is longer than what a pipe and all buffers hold."""


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    Path("many").mkdir()
    for number in range(FILES):
        write_text(f"many/{number:02}.txt", BAD)
    write_text("short.txt", BAD)
    write_text("long.txt", BAD * ENOUGH)
    write_text("clean.txt", "prose\n" * ENOUGH)


def mended() -> int:
    return sum(path.read_bytes() == FIXED.encode() for path in Path("many").iterdir())


@contextmanager
def broken() -> Iterator[IO[bytes]]:
    """Give a pipe that nobody reads."""
    ours, theirs = os.pipe()
    os.close(ours)
    with open(theirs, "wb") as file:
        yield file


@contextmanager
def full() -> Iterator[IO[bytes]]:
    """Give a device that takes nothing."""
    if not os.path.exists("/dev/full"):
        pytest.skip("/dev/full is not there")
    with open("/dev/full", "wb") as file:
        yield file


def run(arguments: Sequence[str], **streams: Any) -> tuple[int, str, str]:
    """Return exit status, output and what was said, where they are not given another place."""
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    command = [sys.executable, "-m", "shortcodes", *arguments]
    done = subprocess.run(command, timeout=120, check=False, **given)
    return done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode()


# --- an output that nobody reads -------------------------------------------------------------

# fmt: off
STATUSES = {
    "strip short.txt":                             0,
    "strip long.txt":                              0,
    "strip --diff long.txt":                       0,
    "strip long.txt -o /dev/stdout":               0,
    "fix short.txt":                               0,
    "fix long.txt":                                0,
    "extract short.txt":                           0,
    "extract --ndjson long.txt":                   0,
    "render short.txt long.txt":                   0,
    "render --to data long.txt":                   0,
    "convert long.txt":                            0,
    "schema infer short.txt":                      0,
    "schema export":                               0,
    "covid19 show EG":                             0,
    "covid19 show EG --format json":               0,
    "lint clean.txt":                              0,
    "lint short.txt":                              1,
    "lint --exit-zero long.txt":                   0,
    "lint long.txt":                               1,
    "lint --diff long.txt":                        1,
    "lint --diff --exit-zero long.txt":            0,
    "lint --statistics long.txt":                  1,
    "lint --format json many":                     1,
    "lint --format sarif many":                    1,
    "lint --format github many":                   1,
    "lint --format junit many":                    1,
    "lint --format junit clean.txt":               0,
    "lint --explain SC":                           0,
    "--help":                                      0,
    "lint --help":                                 0,
    "--version":                                   0,
}
"""The exit status of a command whose output nobody reads: the one that it has else."""
# fmt: on


@pytest.mark.parametrize("words", STATUSES)
def test_a_command_whose_output_nobody_reads_ends_silently_with_the_same_exit_status(
    words: str,
) -> None:
    with broken() as file:
        assert run(words.split(), stdout=file) == (STATUSES[words], "", "")


def test_the_exit_status_depends_on_files_that_come_after_the_output_was_closed_too(
    tmp_path: Path,
) -> None:
    Path("late").mkdir()
    for number in range(400):
        write_text(f"late/{number:03}.txt", "prose\n")
    write_text("late/zz.txt", BAD)
    with broken() as file:
        assert run(["lint", "--format", "junit", "late"], stdout=file) == (1, "", "")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_all_files_are_mended_though_nobody_reads_what_is_left(jobs: str) -> None:
    with broken() as file:
        status, _, said = run(["lint", "--fix", "--jobs", jobs, "many"], stdout=file)
    count = f"{FILES} problems fixed in {FILES} files, {FILES} problems left in {FILES} files\n"
    assert (status, mended(), said) == (1, FILES, count)


def test_all_files_are_mended_though_what_is_left_cannot_be_written() -> None:
    with full() as file:
        status, _, said = run(["lint", "--fix", "many"], stdout=file)
    assert (status, mended(), said) == (2, FILES, "shortcodes: no space left on device\n")


@pytest.mark.parametrize("place", [broken, full])
@pytest.mark.parametrize("command", [("lint", "--fix"), ("fix", "--in-place")])
def test_all_files_are_written_though_nobody_hears_what_is_said(
    command: tuple[str, ...], place: Any
) -> None:
    Path("many/01.txt").write_bytes(b"\xff" + BAD.encode())
    names = [str(path) for path in sorted(Path("many").iterdir())]
    with place() as file:
        assert run([*command, *names], stderr=file)[0] == (2 if command[0] == "fix" else 1)
    assert mended() == FILES - 1


@pytest.mark.parametrize("place", [broken, full])
def test_a_mistake_that_nobody_hears_of_has_its_exit_status(place: Any) -> None:
    for words in (("strip", "gone.txt"), ("lint", "--colour"), ("frobnicate",)):
        with place() as file:
            assert run(words, stderr=file) == (2, "", "")


def test_standard_input_is_passed_on_though_nobody_hears_what_is_left() -> None:
    with broken() as file, open("long.txt", "rb") as text:
        status, out, _ = run(["lint", "--fix", "-"], stderr=file, stdin=text)
    assert (status, out) == (1, FIXED * ENOUGH)


def test_a_named_pipe_that_nobody_reads_to_its_end_is_no_mistake() -> None:
    os.mkfifo("pipe")
    with subprocess.Popen(["head", "-c", "9", "pipe"], stdout=subprocess.PIPE) as reader:
        assert run(["fix", "long.txt", "-o", "pipe"]) == (0, "", "")
        assert reader.communicate()[0] == BAD.encode()[:9]


def test_styles_are_those_of_all_files_though_nobody_reads_the_output() -> None:
    card = "[covid19-ultimate-card region=EG]\n"
    for name in ("a.txt", "b.txt"):
        write_text(name, BAD * ENOUGH)
    write_text("c.txt", card)
    arguments = ["render", "a.txt", "b.txt", "c.txt", "--css"]
    assert run([*arguments, "whole.css", "-o", os.devnull]) == (0, "", "")
    with broken() as file:
        assert run([*arguments, "unread.css"], stdout=file) == (0, "", "")
    assert Path("unread.css").read_text("utf-8") == Path("whole.css").read_text("utf-8") != ""


# --- streams that do not block ---------------------------------------------------------------


@pytest.mark.parametrize("first", [b"first [map a=1]\n", b""])
@pytest.mark.parametrize("command", [("strip",), ("lint", "--fix", "--exit-zero")])
def test_standard_input_that_does_not_block_is_read_to_its_end(
    command: tuple[str, ...], first: bytes
) -> None:
    theirs, ours = os.pipe()
    os.set_blocking(theirs, False)
    os.write(ours, first)
    with subprocess.Popen(
        [sys.executable, "-m", "shortcodes", *command, "-"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        time.sleep(1.5)  # so long that it has begun to read
        os.write(ours, b"second part\n")
        os.close(ours)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert out.endswith(b"second part\n")
    assert out.startswith(first[:5])


@pytest.mark.parametrize("words", ["strip long.txt", "lint --format json long.txt", "lint --help"])
def test_an_output_that_does_not_block_gets_everything(words: str) -> None:
    expected = run(words.split())
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with subprocess.Popen(
        [sys.executable, "-m", "shortcodes", *words.split()], stdout=theirs, stderr=subprocess.PIPE
    ) as process:
        os.close(theirs)
        time.sleep(1.5)  # so long that the pipe is full
        with open(ours, "rb") as file:
            out = file.read()
        _, err = process.communicate(timeout=60)
    assert (process.returncode, out.decode(), err.decode()) == expected


def test_standard_error_that_does_not_block_gets_everything() -> None:
    names = [f"many/{'x' * 40}{number}.txt" for number in range(2000)]
    for name in names:
        Path(name).write_bytes(b"\xff")
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with subprocess.Popen(
        [sys.executable, "-m", "shortcodes", "extract", *names, "-o", os.devnull], stderr=theirs
    ) as process:
        os.close(theirs)
        time.sleep(1.5)
        with open(ours, "rb") as file:
            said = file.read().splitlines()
        assert process.wait(60) == 0
    assert len(said) == len(names)

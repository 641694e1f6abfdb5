"""What a command writes to: each file is whole, old or new, whatever happens meanwhile."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shortcodes.__main__ import main
from shortcodes.cli.io import replacing
from shortcodes.files import held_folders
from tests import killed
from tests.needs import posix
from tests.text_files import read_text

pytestmark = posix

SOURCE = "a [x k=”1″] b\n[covid19-ultimate-card region=”EG”]\n"
OLD = SOURCE * 200
"""What the file that is written holds before, in every test."""
GROWING = "[map place=”C:" + "\\a" * 30 + "”] prose\n"
"""A text that is longer when it is fixed: each backslash is written twice."""

LINKED = "has hard links, left as it is; --break-links gives the new text to this name alone"
FORBIDDEN = "no file can be written beside it (permission denied), left as it is"

# fmt: off
CALLS = {
    "strip --in-place": ("strip", "--in-place", "a.txt"),
    "fix --in-place":   ("fix", "--in-place", "a.txt"),
    "lint --fix":       ("lint", "--fix", "--exit-zero", "a.txt"),
    "strip -o":         ("strip", "source.txt", "-o", "a.txt"),
    "strip --diff -o":  ("strip", "--diff", "source.txt", "-o", "a.txt"),
    "fix -o":           ("fix", "source.txt", "-o", "a.txt"),
    "lint -o":          ("lint", "--exit-zero", "source.txt", "-o", "a.txt"),
    "extract -o":       ("extract", "source.txt", "-o", "a.txt"),
    "render -o":        ("render", "source.txt", "-o", "a.txt"),
    "render --css":     ("render", "source.txt", "-o", os.devnull, "--css", "a.txt"),
    "convert -o":       ("convert", "source.txt", "-o", "a.txt"),
    "schema infer -o":  ("schema", "infer", "source.txt", "-o", "a.txt"),
    "covid19 update":   ("covid19", "update", "--source", "snapshot", "-o", "a.txt"),
}
"""A call of every command that writes a file: all write a.txt."""
# fmt: on
IN_PLACE = ["strip --in-place", "fix --in-place", "lint --fix"]

every_call = pytest.mark.parametrize("name", CALLS)


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    Path("source.txt").write_text(SOURCE, encoding="utf-8")
    Path("a.txt").write_text(OLD, encoding="utf-8")


def call(capfd: Any, *arguments: str) -> tuple[int, str]:
    """Return the exit status, and the last line that was said, if any."""
    status = main(arguments)
    said = capfd.readouterr().err.splitlines()
    return status, said[-1] if said else ""


# --- what a file keeps ----------------------------------------------------------------------


@every_call
def test_a_file_keeps_its_mode_and_its_attributes_and_a_link_leads_to_it(
    capfd: Any, name: str
) -> None:
    path = Path("a.txt")
    path.chmod(0o640)
    Path("other").mkdir()
    path.rename("other/a.txt")
    path.symlink_to("other/a.txt")
    attributes = {}
    if hasattr(os, "setxattr"):
        try:
            os.setxattr("a.txt", "user.author", b"somebody")
            attributes = {"user.author": b"somebody"}
        except OSError:  # this file system has none
            attributes = {}
    assert call(capfd, *CALLS[name])[0] == 0
    assert path.is_symlink()
    assert read_text("other/a.txt") != OLD
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    if attributes:
        assert os.getxattr("a.txt", "user.author") == b"somebody"
    assert sorted(os.listdir()) == ["a.txt", "other", "source.txt"]
    assert os.listdir("other") == ["a.txt"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_keeps_its_owner(capfd: Any) -> None:
    os.chown("a.txt", 1234, 2345)
    assert call(capfd, *CALLS["strip --in-place"]) == (0, "")
    status = os.stat("a.txt")
    assert (status.st_uid, status.st_gid) == (1234, 2345)


def test_a_file_keeps_its_group_where_its_owner_cannot_be_kept(
    capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def chown(descriptor: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        if owner != -1:
            raise PermissionError

    monkeypatch.setattr(os, "fchown", chown)
    assert call(capfd, *CALLS["strip --in-place"]) == (0, "")
    old = os.stat("source.txt")
    assert asked == [(old.st_uid, old.st_gid), (-1, old.st_gid)]


@pytest.mark.parametrize("name", [name for name in CALLS if name not in IN_PLACE])
def test_a_new_file_has_the_mode_of_any_new_file(capfd: Any, name: str) -> None:
    Path("a.txt").unlink()
    assert call(capfd, *CALLS[name])[0] == 0
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(os.stat("a.txt").st_mode) == 0o666 & ~mask


def test_a_link_to_no_file_yet_leads_to_the_new_one(capfd: Any) -> None:
    Path("link.txt").symlink_to("new.txt")
    assert call(capfd, "strip", "source.txt", "-o", "link.txt") == (0, "")
    assert (Path("link.txt").is_symlink(), read_text("new.txt")) == (True, "a  b\n")


# --- hard links -----------------------------------------------------------------------------


@every_call
def test_a_file_with_hard_links_is_refused(capfd: Any, name: str) -> None:
    os.link("a.txt", "b.txt")
    assert call(capfd, *CALLS[name]) == (2, f"shortcodes: a.txt: {LINKED}")
    assert (read_text("a.txt"), os.path.samefile("a.txt", "b.txt")) == (OLD, True)
    assert sorted(os.listdir()) == ["a.txt", "b.txt", "source.txt"]


@every_call
def test_a_hard_link_is_broken_where_the_call_says_so(capfd: Any, name: str) -> None:
    os.link("a.txt", "b.txt")
    assert call(capfd, *CALLS[name], "--break-links")[0] == 0
    assert (read_text("a.txt") == OLD, read_text("b.txt")) == (False, OLD)
    assert sorted(os.listdir()) == ["a.txt", "b.txt", "source.txt"]


# --- where no copy can be completed ---------------------------------------------------------


@every_call
def test_a_folder_that_takes_no_file_is_reported_and_the_file_stays(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    opened = os.open

    def refused(path: Any, flags: int, *rest: Any, **folder: Any) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, flags, *rest, **folder)

    monkeypatch.setattr(os, "open", refused)
    status, said = call(capfd, *CALLS[name])
    assert (status, said) == (2, f"shortcodes: a.txt: {FORBIDDEN}")
    assert read_text("a.txt") == OLD


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
@every_call
def test_a_folder_without_permission_is_reported_and_the_file_stays(capfd: Any, name: str) -> None:
    Path().chmod(0o555)
    try:
        status, said = call(capfd, *CALLS[name])
    finally:
        Path().chmod(0o755)
    assert (status, said) == (2, f"shortcodes: a.txt: {FORBIDDEN}")
    assert read_text("a.txt") == OLD


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A file system on which a.txt stands and nothing more has room."""
    folder = tmp_path / "full"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a tmpfs cannot be mounted here: run the tests as root, where mount is allowed")
    try:
        (folder / "a.txt").write_text(GROWING * 200, encoding="utf-8")
        _fill(folder / "fill")
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(path: Path) -> None:
    """Write a file until there is no more room."""
    with open(path, "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017


@pytest.mark.slow
@every_call
@pytest.mark.parametrize("linked", [False, True])
def test_on_a_full_disk_the_old_text_stays(capfd: Any, full: Path, name: str, linked: bool) -> None:
    if linked:
        os.link(full / "a.txt", full / "b.txt")
    # What is written is longer than what is there, so that no room would be left by emptying it.
    Path("source.txt").write_text(GROWING * 300 + SOURCE * 300, encoding="utf-8")
    arguments = [word.replace("a.txt", f"{full}/a.txt") for word in CALLS[name]]
    before = sorted(os.listdir(full))
    status, said = call(capfd, *arguments, "--break-links")
    assert (status, said) == (2, f"shortcodes: {full}/a.txt: no space left on device")
    assert read_text(f"{full}/a.txt") == GROWING * 200
    assert sorted(os.listdir(full)) == before


@pytest.mark.parametrize("name", [name for name in CALLS if name not in IN_PLACE])
def test_on_a_full_disk_no_new_file_appears(capfd: Any, full: Path, name: str) -> None:
    arguments = [word.replace("a.txt", f"{full}/new.txt") for word in CALLS[name]]
    status, said = call(capfd, *arguments)
    assert (status, said) == (2, f"shortcodes: {full}/new.txt: no space left on device")
    assert sorted(os.listdir(full)) == ["a.txt", "fill"]


@pytest.mark.parametrize("name", IN_PLACE)
def test_one_file_that_fails_is_named_and_the_others_are_done(capfd: Any, name: str) -> None:
    for other in "abcd":
        Path(f"{other}.txt").write_text(OLD, encoding="utf-8")
    os.link("b.txt", "b.bin")
    Path("c.txt").write_bytes(b"\xff" + OLD.encode())
    arguments = [*CALLS[name], "b.txt", "c.txt", "d.txt"]
    status = main(arguments)
    said = [line for line in capfd.readouterr().err.splitlines() if "shortcodes: b.txt" in line]
    assert (status, said) == (2, [f"shortcodes: b.txt: {LINKED}"])
    assert [read_text(f"{other}.txt") == OLD for other in "abd"] == [False, True, False]
    assert read_text("a.txt") == read_text("d.txt")
    assert Path("c.txt").read_bytes() == b"\xff" + OLD.encode()


# --- interrupts and kills -------------------------------------------------------------------


@every_call
def test_an_interrupt_before_the_copy_is_on_the_disk_leaves_no_trace(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def interrupted(descriptor: int) -> None:
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    monkeypatch.setattr(os, "fsync", interrupted)
    assert call(capfd, *CALLS[name]) == (130, "")
    assert (read_text("a.txt"), sorted(os.listdir())) == (OLD, ["a.txt", "source.txt"])


@pytest.mark.slow
@every_call
@pytest.mark.parametrize("linked", [False, True])
def test_a_kill_at_any_moment_leaves_the_old_text_or_the_new_one(name: str, linked: bool) -> None:
    run: dict[str, Any] = {
        "arguments": [*CALLS[name], *(["--break-links"] if linked else [])],
        "files": {"a.txt": OLD, "source.txt": SOURCE},
        "links": {"b.txt": "a.txt"} if linked else {},
    }
    folder = Path("runs")
    folder.mkdir()
    command = [sys.executable, killed.__file__, json.dumps(run)]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    finished, *found = json.loads(done.stdout)
    new = finished["a.txt"]
    assert new != OLD
    whole = run["files"] | ({"b.txt": OLD} if linked else {})
    hidden = re.compile(r"\.shortcodes-\w+\.tmp")
    leftovers = 0
    for files in found:
        left = {name: text for name, text in files.items() if hidden.fullmatch(name)}
        leftovers += bool(left)
        assert len(left) <= 1
        assert {name: text for name, text in files.items() if name not in left} in (
            whole,
            whole | {"a.txt": new},
        )
    assert leftovers > 2
    assert any(files.get("a.txt") == new for files in found)


def test_no_copy_that_was_left_behind_is_found(capfd: Any) -> None:
    with held_folders.hold_folder("") as folder:
        descriptor, left = replacing._create_copy(folder, is_new=False)
    os.write(descriptor, SOURCE.encode())
    os.close(descriptor)
    os.unlink("a.txt")
    for asked in (".", "*", "**/*"):
        main(["lint", "--exit-zero", "--format", "json", asked])
        assert (left in capfd.readouterr().out, os.path.exists(left)) == (False, True)


# --- what is written to and never replaced --------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("linked", [False, True])
def test_standard_output_by_its_name_is_written_to(name: str, linked: bool) -> None:
    if not os.path.exists(name):
        pytest.skip(f"{name} is not there")
    shell = f"{sys.executable} -m shortcodes strip source.txt -o {name}"
    Path("log").write_text("before\n")
    if linked:
        os.link("log", "other")
    for line in (f"{shell} >> log", f"{shell} | cat >> log"):
        subprocess.run(["sh", "-c", line], check=True)
    assert read_text("log") == "before\n" + "a  b\n" * 2


def test_a_named_pipe_is_written_to() -> None:
    os.mkfifo("pipe")
    shell = f"cat pipe & {sys.executable} -m shortcodes strip source.txt -o pipe; wait"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == (b"a  b\n", b"")
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full is not there")
def test_a_device_that_is_full_is_reported(capfd: Any) -> None:
    said = "shortcodes: /dev/full: no space left on device"
    assert call(capfd, "strip", "source.txt", "-o", "/dev/full") == (2, said)


def test_links_in_a_loop_are_no_file(capfd: Any) -> None:
    Path("loop").symlink_to("loop")
    said = "shortcodes: loop: too many levels of symbolic links"
    assert call(capfd, "strip", "source.txt", "-o", "loop") == (2, said)
    assert Path("loop").is_symlink()

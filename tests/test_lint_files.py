"""Files that are no ordinary texts, or that something happens to, under `shortcodes lint`."""

from __future__ import annotations

import os
import pickle
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from shortcodes.__main__ import main
from shortcodes.cli.checking import worker
from shortcodes.cli.checking.check import Checker
from shortcodes.cli.config_options import load_configuration
from shortcodes.cli.io import files
from shortcodes.files.held_folders import FoundFolder
from tests.command import call
from tests.cpu_time import measure
from tests.needs import posix

pytestmark = pytest.mark.usefixtures("in_empty_folder")

BAD = "a\n[map zoom=”17″]\n"
FIXED = 'a\n[map zoom="17"]\n'


def lint(capfd: Any, *arguments: str) -> tuple[int, str, str]:
    return call(capfd, "lint", "--select", "SC2", *arguments)


def heads(out: str) -> list[str]:
    """Return place and code of every finding."""
    return [" ".join(line.split()[:2]) for line in out.splitlines() if line[:1] != " "]


@pytest.mark.parametrize("data", [b"\x89PNG\0[map zoom=\xe2\x80\x9d17\xe2\x80\xb3]", b"a\0\xff"])
def test_a_binary_file_is_reported_and_not_checked(capfd: Any, data: bytes) -> None:
    Path("a.txt").write_bytes(data)
    Path("b.txt").write_bytes(BAD.encode())
    status, out, err = lint(capfd, "--fix", "a.txt", "b.txt")
    assert (status, out) == (0, "")
    message = "1 problem fixed in 1 file"
    assert err == f"shortcodes: warning: a.txt: binary, not checked\n{message}\n"
    assert (Path("a.txt").read_bytes(), Path("b.txt").read_text("utf-8")) == (data, FIXED)


def test_invalid_utf8_is_checked_and_never_fixed(capfd: Any) -> None:
    data = b"caf\xe9\n" + BAD.encode()
    Path("a.txt").write_bytes(data)
    warning = "shortcodes: warning: a.txt: not valid UTF-8, "
    read = f"{warning}bad bytes are read as U+FFFD\n"
    status, out, err = lint(capfd, "a.txt")
    assert (status, heads(out)) == (1, ["a.txt:3:6: SC201"])
    assert err == f"{read}1 problem in 1 file, 1 can be fixed with --fix\n"
    status, out, err = lint(capfd, "--fix", "a.txt")
    assert (status, heads(out)) == (1, ["a.txt:3:6: SC201"])
    assert err == f"{read}{warning}left as it is\n1 problem in 1 file\n"
    assert Path("a.txt").read_bytes() == data


@pytest.mark.slow
@posix
def test_a_file_that_may_not_be_read_is_reported_and_the_others_are_checked(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for name, mode in (("a.txt", 0o644), ("b.txt", 0), ("c.txt", 0o644)):
        Path(name).write_bytes(BAD.encode())
        Path(name).chmod(mode)
    Path("below").mkdir(0o711)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, "lint", "--format", "github", "."],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert [line.split(",")[0][-5:] for line in done.stdout.splitlines()] == ["a.txt", "c.txt"]
    assert done.stderr.splitlines() == [
        "shortcodes: below: permission denied",
        "shortcodes: b.txt: permission denied",
        "2 problems in 2 files, 2 can be fixed with --fix",
    ]
    assert done.returncode == 2


AS_NOBODY = """
import contextlib, io, os, sys
from shortcodes.__main__ import main
with contextlib.redirect_stderr(io.StringIO()):
    main(["lint", "--format", "github", "-o", os.devnull, "a.txt"])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(sys.argv[1:]))
"""
"""Everything is loaded before: the one who may read nothing may not read the library either."""


@posix
def test_a_file_that_is_gone_when_its_turn_comes_is_reported(
    capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        Path(f"{name}.txt").write_bytes(BAD.encode())
    read = files.read

    def removing(name: str, folder: FoundFolder | None, **options: Any) -> files.FileText:
        Path("b.txt").unlink(missing_ok=True)
        return read(name, folder, **options)

    monkeypatch.setattr(files, "read", removing)
    status, out, err = lint(capfd, ".")
    assert (status, heads(out)) == (2, ["a.txt:2:6: SC201", "c.txt:2:6: SC201"])
    assert err.startswith("shortcodes: b.txt: no such file\n")


@posix
@pytest.mark.parametrize("link", ["loop/self.txt", "loop"])
def test_a_loop_of_links_is_not_followed_for_ever(capfd: Any, link: str) -> None:
    Path("loop").mkdir()
    Path("loop/a.txt").write_bytes(BAD.encode())
    Path("loop/self.txt").symlink_to("self.txt")
    Path("loop/again").symlink_to("../loop")
    assert heads(lint(capfd, ".")[1]) == ["loop/a.txt:2:6: SC201"]
    status, _, err = lint(capfd, "loop/self.txt")
    assert (status, err) == (
        2,
        "shortcodes: loop/self.txt: too many levels of symbolic links\n",
    )


# --- written again --------------------------------------------------------------------------


@posix
def test_a_fixed_file_keeps_its_mode_its_line_ends_and_its_byte_order_mark(capfd: Any) -> None:
    source = "\ufeffa\r\n[map zoom=”17″]\r\n\nb\r[map zoom=“1”]\u2028\x0c\r\n"
    path = Path("a.txt")
    path.write_bytes(source.encode())
    path.chmod(0o640)
    os.utime("a.txt", (1, 1))
    assert lint(capfd, "--fix", "a.txt")[:2] == (0, "")
    fixed = source.replace("”17″", '"17"').replace("“1”", '"1"')
    assert path.read_bytes() == fixed.encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    before = path.stat()
    assert lint(capfd, "--fix", "a.txt") == (0, "", "")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert os.listdir() == ["a.txt"]


@pytest.mark.parametrize("hard_link", [False, True])
@pytest.mark.parametrize("command", [("lint", "--fix"), ("fix", "--in-place")])
def test_a_file_that_changes_while_it_is_fixed_stays_and_is_reported(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, command: tuple[str, str], hard_link: bool
) -> None:
    path = Path("a.txt")
    path.write_bytes(BAD.encode())
    if hard_link:
        os.link("a.txt", "b.bin")
    fsync = os.fsync

    def meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        path.write_text("somebody else's", encoding="utf-8")

    monkeypatch.setattr(os, "fsync", meanwhile)
    status = main((*command, "--break-links", "a.txt"))
    out, err = capfd.readouterr()
    assert (status, out) == (2, "")
    assert err == "shortcodes: a.txt: changed meanwhile, left as it is\n"
    assert path.read_text("utf-8") == "somebody else's"
    assert sorted(os.listdir()) == ["a.txt", *(["b.bin"] if hard_link else [])]


def test_a_file_that_cannot_be_written_is_reported_and_the_others_are_fixed(
    capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        Path(f"{name}.txt").write_bytes(BAD.encode())
    replace = os.replace

    def refused(temporary: str, path: str, **folders: Any) -> None:
        if path.endswith("b.txt"):
            raise OSError(28, "No space left on device")
        replace(temporary, path, **folders)

    monkeypatch.setattr(os, "replace", refused)
    status, out, err = lint(capfd, "--fix", ".")
    assert (status, out) == (2, "")
    assert err == "shortcodes: b.txt: no space left on device\n2 problems fixed in 2 files\n"
    assert [Path(f"{name}.txt").read_text("utf-8") for name in "abc"] == [FIXED, BAD, FIXED]


@pytest.mark.slow
@posix
def test_a_pipe_is_read_and_never_fixed() -> None:
    script = f"printf '[map zoom=”17″]' | {sys.executable} -m shortcodes lint --fix /dev/stdin"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "shortcodes: /dev/stdin: is not a regular file, left as it is\n"


@pytest.mark.slow
@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("after", [0, 0.2, 0.4])
def test_an_interrupt_leaves_every_file_whole(jobs: str, after: float) -> None:
    bad, fixed = BAD * 300, FIXED * 300
    for number in range(400):
        Path(f"{number:03}.txt").write_bytes(bad.encode())
    command = [sys.executable, "-m", "shortcodes", "lint", "--fix", "--jobs", jobs, "."]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        _wait_for_change(Path("000.txt"), bad.encode())
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all processes
        out, err = process.communicate(timeout=60)
    names = sorted(os.listdir())
    assert names == [f"{number:03}.txt" for number in range(400)]
    whole = [Path(name).read_bytes() for name in names]
    assert set(whole) <= {bad.encode(), fixed.encode()}
    assert (process.returncode, out, err.strip()) == (130, "", "")
    assert bad.encode() in whole


def _wait_for_change(path: Path, before: bytes) -> None:
    deadline = time.monotonic() + 60
    while path.read_bytes() == before:
        assert time.monotonic() < deadline, f"{path} was not changed in 60 s"
        time.sleep(0.01)


# --- large ones -----------------------------------------------------------------------------


def test_a_large_file_takes_linear_time() -> None:
    unit = ("word " * 200 + "[map zoom=”17″ title=“a”]\n") * 10

    def seconds(times: int) -> float:
        Path("a.txt").write_text(unit * times, encoding="utf-8")
        start = time.process_time()
        made = Checker(fixing=True, excerpts=True).check_file("a.txt")
        assert made.fixed == 10 * times
        return time.process_time() - start

    seconds(1)
    assert seconds(160) < 32 * max(seconds(20), 0.05)


def test_a_folder_of_many_files_takes_linear_time() -> None:
    from shortcodes.cli.io.discovery import discover

    def seconds(folders: int) -> float:
        start = time.process_time()
        found = list(discover([f"many{folders}"], lambda name, error: None))
        assert len(found) == 50 * folders
        return time.process_time() - start

    for folders in (10, 80):
        for folder in range(folders):
            place = Path(f"many{folders}", f"{folder // 10}", f"{folder % 10}")
            place.mkdir(parents=True)
            (place / ".gitignore").write_text("*.bak.txt\n/build/\n", encoding="utf-8")
            for number in range(50):
                (place / f"{number}.txt").touch()
                (place / f"{number}.bak.txt").touch()
    seconds(10)
    assert seconds(80) < 32 * max(seconds(10), 0.02)


TAGS = ", ".join(f'"tag{number}"' for number in range(50_000))
IGNORED = '"SC2", "SC3", "SC20", "SC201", "SC4", "SC5", "SC6", "SC60", "SC601", "SC91"'
PER_PATH = f'[[lint.per-path]]\npaths = ["*.html"]\nignore = [{IGNORED}]\n'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("configuration", "schemas"),
    [
        (f"tags = [{TAGS}]", ""),
        (f"tags = [{TAGS}]\ndialect = 'wordpress'", ""),
        (f"[[lint.per-path]]\npaths = ['*']\ntags = [{TAGS}]", ""),
        (PER_PATH * 480, ""),
        ("schemas = 's.toml'", "".join(f"[tag{number}]\n" for number in range(2000))),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_large_configuration_costs_next_to_nothing_for_each_file(
    configuration: str, schemas: str, command: str
) -> None:
    Path("shortcodes.toml").write_text(configuration, encoding="utf-8")
    Path("s.toml").write_text(schemas, encoding="utf-8")
    Path("a.html").write_text("[map zoom=”17″] [tag12 a=1]", encoding="utf-8")
    checker = Checker(configuration=load_configuration(None), fixing=command == "fix")
    checker.check_file("a.html")
    seconds = measure(lambda: [checker.check_file("a.html") for _ in range(20)])
    assert seconds < 0.5  # 2 to 6 s if all of it is read again


def test_files_have_the_settings_of_their_tables_however_many_there_are() -> None:
    tables = (f'[[lint.per-path]]\npaths = ["{n}*"]\nignore = ["SC201"]\n' for n in range(0, 40, 2))
    Path("shortcodes.toml").write_text("".join(tables), encoding="utf-8")
    names = [f"{number:02}.{extension}" for number in range(40) for extension in ("md", "html")]
    for name in names:
        Path(name).write_text("[map zoom=”17″]", encoding="utf-8")
    checker = Checker(configuration=load_configuration(None))
    for _ in range(2):
        counts = {name: len(checker.check_file(name).findings) for name in names}
        quiet = {name for name in names if name.startswith(tuple(f"{n}" for n in range(0, 40, 2)))}
        assert counts == {name: int(name not in quiet) for name in names}


@pytest.mark.slow
@posix
def test_a_huge_file_ends_nothing_and_is_named(capfd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "az":
        Path(f"{name}.txt").write_bytes(BAD.encode())
    with open("m.txt", "wb") as file:  # takes no space on the disk
        file.truncate(10**12)
    status, out, err = lint(capfd, ".")
    assert (status, heads(out)) == (1, ["a.txt:2:6: SC201", "z.txt:2:6: SC201"])
    assert "m.txt: binary, not checked" in err
    with open("m.txt", "r+b") as file:
        file.write(b"a" * 32_000)
    status, out, err = lint(capfd, ".")
    assert (status, heads(out)) == (2, ["a.txt:2:6: SC201", "z.txt:2:6: SC201"])
    assert "m.txt: it is larger than 100,000,000 bytes" in err


def test_a_file_for_which_there_is_not_enough_memory_is_named(
    capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        Path(f"{name}.txt").write_bytes(BAD.encode())
    read = files.read

    def exhausting(name: str, *arguments: Any, **options: Any) -> files.FileText:
        if name == "b.txt":
            raise MemoryError
        return read(name, *arguments, **options)

    monkeypatch.setattr(files, "read", exhausting)
    status, out, err = lint(capfd, "a.txt", "b.txt", "c.txt")
    assert (status, heads(out)) == (2, ["a.txt:2:6: SC201", "c.txt:2:6: SC201"])
    assert "b.txt: there is not enough memory" in err


@pytest.mark.parametrize("messages", [b"", b"\x80\x04]", pickle.dumps([])])
def test_a_worker_whose_starter_is_gone_ends_in_silence(messages: bytes) -> None:
    command = [sys.executable, "-c", worker._START]
    done = subprocess.run(command, input=messages, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

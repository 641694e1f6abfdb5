"""Files in a folder that others may write in: they gain nothing by what a command does there."""

from __future__ import annotations

import os
import stat
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from shortcodes.__main__ import main
from shortcodes.cli.checking import summary
from shortcodes.cli.io import discovery, files, replacing, rewriting
from shortcodes.files import held_folders
from shortcodes.files.held_folders import FoundFolder, Identity
from shortcodes_covid19 import command, figures
from tests.needs import posix
from tests.text_files import read_text, write_text

pytestmark = posix

BAD = "a [map zoom=”17″] b\n"
FIXED = 'a [map zoom="17"] b\n'
IN_PLACE = {"lint": ("lint", "--fix"), "fix": ("fix", "--in-place")}
"""Calls that write the fixed text back into the files that are named."""
in_place = pytest.mark.parametrize("command", IN_PLACE.values(), ids=IN_PLACE)


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    Path("shared").mkdir()
    write_text("shared/page.txt", BAD)


def as_another_user(*arguments: str, group: int = 4102, groups: Sequence[int] = ()) -> int:
    """Return the exit status of a command that user 4102 runs."""
    main(("fix", "--diff", *arguments[2:], "-o", os.devnull))  # all is loaded before
    child = os.fork()
    if child == 0:
        os.setgroups(groups)
        os.setresgid(group, group, group)
        os.setresuid(4102, 4102, 4102)
        os._exit(main(arguments))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def owner_of(name: str) -> tuple[int, int]:
    status = os.stat(name)
    return status.st_uid, status.st_gid


def mode_of(name: str) -> int:
    return stat.S_IMODE(os.stat(name).st_mode)


# --- owner, group and mode -------------------------------------------------------------------

needs_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root is two users"
)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A file in a folder that anybody may write in."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o711)
    Path("shared").chmod(0o777)
    return Path("shared/page.txt")


@needs_root
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (0o6777, 0o777),
        (0o4757, 0o755),
        (0o2776, 0o766),
        (0o666, 0o666),
        (0o646, 0o644),
        (0o606, 0o600),
        (0o667, 0o666),
    ],
    ids=oct,
)
def test_a_file_of_others_gets_no_bits_that_meant_their_owner_and_group(
    shared: Path, before: int, after: int
) -> None:
    os.chown(shared, 4101, 4101)
    shared.chmod(before)
    assert as_another_user("fix", "--in-place", str(shared)) == 0
    assert (read_text(str(shared)), owner_of(str(shared))) == (FIXED, (4102, 4102))
    assert oct(mode_of(str(shared))) == oct(after)


@needs_root
@pytest.mark.parametrize(
    ("before", "after"), [(0o6770, 0o770), (0o2664, 0o664), (0o660, 0o660)], ids=oct
)
def test_a_file_keeps_the_bits_of_a_group_that_it_keeps(
    shared: Path, before: int, after: int
) -> None:
    os.chown(shared, 4101, 4103)
    shared.chmod(before)
    assert as_another_user("fix", "--in-place", str(shared), groups=[4103]) == 0
    assert (read_text(str(shared)), owner_of(str(shared))) == (FIXED, (4102, 4103))
    assert oct(mode_of(str(shared))) == oct(after)


@needs_root
def test_a_file_that_keeps_its_owner_and_group_keeps_all_bits(shared: Path) -> None:
    os.chown(shared, 4102, 4103)
    shared.chmod(0o6775)
    assert as_another_user("fix", "--in-place", str(shared), groups=[4103]) == 0
    assert (owner_of(str(shared)), oct(mode_of(str(shared)))) == ((4102, 4103), "0o6775")


@needs_root
def test_what_vouches_for_the_bytes_of_a_file_is_not_given_to_other_bytes(shared: Path) -> None:
    capability = struct.pack("<IIIII", 0x02000001, 1 << 10, 0, 0, 0)
    try:
        os.setxattr(shared, "security.capability", capability)
    except OSError:
        pytest.skip("this system or file system has no capabilities of files")
    assert main(("fix", "--in-place", str(shared))) == 0
    assert (read_text(str(shared)), os.listxattr(shared)) == (FIXED, [])


# --- lists of who may do what (ACLs) ---------------------------------------------------------

ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"


def acl(group: int, others: int, *, user: int, mask: int) -> bytes:
    """Return a list in which user 4104 may do something of their own."""
    everybody = 0xFFFFFFFF
    entries = [
        (0x01, 6, everybody),
        (0x02, user, 4104),
        (0x04, group, everybody),
        (0x10, mask, everybody),
        (0x20, others, everybody),
    ]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def set_acl(path: str | Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except (AttributeError, OSError):
        pytest.skip("this system or file system has no ACLs")


def test_a_file_without_an_acl_gets_none_from_its_folder() -> None:
    Path("shared/page.txt").chmod(0o660)
    set_acl("shared", DEFAULT, acl(6, 4, user=6, mask=6))
    assert main(("fix", "--in-place", "shared/page.txt")) == 0
    assert read_text("shared/page.txt") == FIXED
    assert (ACCESS in os.listxattr("shared/page.txt"), mode_of("shared/page.txt")) == (False, 0o660)


def test_a_file_keeps_its_acl_and_not_that_of_its_folder() -> None:
    own = acl(0, 0, user=4, mask=4)
    set_acl("shared/page.txt", ACCESS, own)
    set_acl("shared", DEFAULT, acl(6, 4, user=6, mask=6))
    assert main(("fix", "--in-place", "shared/page.txt")) == 0
    assert read_text("shared/page.txt") == FIXED
    assert (os.getxattr("shared/page.txt", ACCESS), mode_of("shared/page.txt")) == (own, 0o640)


def test_a_new_file_has_the_acl_that_its_folder_gives_to_any_new_file() -> None:
    set_acl("shared", DEFAULT, acl(4, 0, user=4, mask=6))
    assert main(("fix", "shared/page.txt", "-o", "shared/new.txt")) == 0
    write_text("shared/other.txt", "")
    assert os.getxattr("shared/new.txt", ACCESS) == os.getxattr("shared/other.txt", ACCESS)
    assert mode_of("shared/new.txt") == mode_of("shared/other.txt") == 0o660


def test_a_file_whose_acl_cannot_be_kept_is_for_its_owner_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_acl("shared/page.txt", ACCESS, acl(0, 4, user=0, mask=4))

    def refused(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setxattr", refused)
    assert main(("fix", "--in-place", "shared/page.txt")) == 0
    assert (read_text("shared/page.txt"), mode_of("shared/page.txt")) == (FIXED, 0o600)


@needs_root
@pytest.mark.parametrize(("group", "mode"), [(4103, 0o666), (4101, 0o600)])
def test_an_acl_goes_with_the_group_that_it_speaks_of(shared: Path, group: int, mode: int) -> None:
    own = acl(6, 6, user=0, mask=6)
    set_acl(shared, ACCESS, own)
    os.chown(shared, 4101, group)
    assert as_another_user("fix", "--in-place", str(shared), groups=[4103]) == 0
    assert (read_text(str(shared)), oct(mode_of(str(shared)))) == (FIXED, oct(mode))
    assert (ACCESS in os.listxattr(shared)) == (group == 4103)


# --- something else in the place of the copy, or of the folder -------------------------------


def put_link_for_copy(target: Path) -> None:
    """Put a link in the place of the copy in the folder, as whoever may write there can."""
    (copy,) = (name for name in os.listdir("shared") if replacing.is_temporary(name))
    os.rename(f"shared/{copy}", "shared/stolen")
    os.symlink(target, f"shared/{copy}")


def test_a_link_in_the_place_of_the_copy_gives_nobody_the_file_behind_it(tmp_path: Path) -> None:
    victim = write_text("victim.key", "key")
    victim.chmod(0o600)
    Path("shared/page.txt").chmod(0o666)
    refused = pytest.raises(replacing.RefusalError, match="its copy was changed meanwhile")
    with refused, replacing.open_replacement(str(tmp_path / "shared/page.txt")) as file:
        file.write(b"new")
        put_link_for_copy(tmp_path / "victim.key")
    assert (mode_of("victim.key"), read_text("victim.key")) == (0o600, "key")
    assert (Path("shared/page.txt").is_symlink(), read_text("shared/page.txt")) == (
        False,
        BAD,
    )


@in_place
def test_a_copy_that_was_exchanged_at_the_last_moment_is_reported_and_the_file_stays(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    victim = write_text("victim.key", "key")
    fsync = os.fsync

    def meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        put_link_for_copy(victim.absolute())

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert main((*command, "shared/page.txt")) == 2
    said = "its copy was changed meanwhile by another process, left as it is"
    assert capfd.readouterr().err == f"shortcodes: shared/page.txt: {said}\n"
    assert (Path("shared/page.txt").is_symlink(), read_text("shared/page.txt")) == (
        False,
        BAD,
    )


@in_place
def test_a_copy_that_was_taken_away_is_reported_and_the_file_stays(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def meanwhile(descriptor: int) -> None:
        for name in filter(replacing.is_temporary, os.listdir("shared")):
            os.unlink(f"shared/{name}")

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert main((*command, "shared/page.txt")) == 2
    assert "its copy was changed meanwhile" in capfd.readouterr().err
    assert (read_text("shared/page.txt"), os.listdir("shared")) == (BAD, ["page.txt"])


def test_a_link_in_the_place_of_the_folder_leads_nothing_out_of_it(tmp_path: Path) -> None:
    Path("out").mkdir()
    write_text("out/page.txt", BAD)
    with replacing.open_replacement(str(tmp_path / "shared/page.txt")) as file:
        os.rename("shared", "moved")
        os.symlink("out", "shared")
        file.write(b"new")
    assert (read_text("out/page.txt"), read_text("moved/page.txt")) == (BAD, "new")
    assert (os.listdir("out"), os.listdir("moved")) == (["page.txt"], ["page.txt"])


def test_a_file_that_is_no_longer_regular_when_it_is_to_be_written_stays(tmp_path: Path) -> None:
    victim = write_text("victim.key", BAD)
    Path("shared/page.txt").unlink()
    Path("shared/page.txt").symlink_to(victim.absolute())
    refused = pytest.raises(replacing.RefusalError, match="is not a regular file")
    with refused, replacing.open_replacement(str(tmp_path / "shared/page.txt")):
        pytest.fail("it was to be written")
    assert (Path("shared/page.txt").is_symlink(), read_text("victim.key")) == (True, BAD)


def test_a_link_that_was_put_into_a_real_path_is_not_followed(tmp_path: Path) -> None:
    Path("shared/below").mkdir()
    place = os.path.realpath("shared/below/page.txt")
    os.rename("shared", "moved")
    Path("out/below").mkdir(parents=True)
    os.symlink("out", "shared")
    with pytest.raises(OSError, match="ot a directory"), replacing.open_replacement(place):
        pytest.fail("it was to be written")
    assert os.listdir("out/below") == []


def test_figures_are_not_written_out_of_the_folder_of_a_configuration(
    capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("site/data", "out"):
        Path(folder).mkdir(parents=True)
    write_text("site/shortcodes.toml", '[covid19]\nlocal = "data/local.csv"\n')
    monkeypatch.chdir("site")
    ask = figures.ask

    def meanwhile(*arguments: Any) -> Any:
        os.rename("data", "moved")
        os.symlink("../out", "data")
        return ask(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(command, "ask", meanwhile)
        assert main(("covid19", "update", "--source", "snapshot")) == 2
    assert "data/local.csv leads out of" in capfd.readouterr().err
    assert (os.listdir("../out"), os.listdir("moved")) == ([], [])
    os.unlink("data")
    os.rename("moved", "data")
    assert main(("covid19", "update", "--source", "snapshot")) == 0
    assert os.listdir("data") == ["local.csv"]


# --- something else in the place of what was found -------------------------------------------

NOT_READ = "changed meanwhile, not read"


@pytest.fixture
def tree() -> Path:
    """A folder in which many files are found, and tree/zz/a.txt last; beside it, a folder `out`."""
    for name in ("tree/a.txt", "tree/b.txt", "tree/zz/a.txt", "out/a.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        write_text(name, BAD)
    return Path("tree")


def lint_while(monkeypatch: pytest.MonkeyPatch, change: Callable[[], None], *arguments: str) -> int:
    """Return the exit status of `lint`, with a change after all was found and before it is read."""
    read, changes = files.read, [change]

    def meanwhile(name: str, folder: FoundFolder | None, **options: Any) -> files.FileText:
        for once in changes:
            once()
        changes.clear()
        return read(name, folder, **options)

    monkeypatch.setattr(files, "read", meanwhile)
    return main(("lint", "--fix", *arguments))


@pytest.mark.parametrize("asked", ["tree", "tree/**/*.txt"])
def test_no_file_is_fixed_through_a_link_in_the_place_of_its_folder(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, tree: Path, asked: str
) -> None:
    def change() -> None:
        os.rename("tree/zz", "zz")
        os.symlink(os.path.abspath("out"), "tree/zz")

    assert lint_while(monkeypatch, change, asked) == 2
    assert f"shortcodes: tree/zz/a.txt: {NOT_READ}\n" in capfd.readouterr().err
    assert [read_text(f"{name}.txt") for name in ("tree/a", "tree/b")] == [FIXED, FIXED]
    assert [read_text(f"{name}/a.txt") for name in ("out", "zz")] == [BAD, BAD]


def test_no_file_is_fixed_through_a_link_in_the_place_of_a_folder_above(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    def change() -> None:
        os.rename("tree", "moved")
        Path("out/zz").mkdir()
        write_text("out/zz/a.txt", BAD)
        os.symlink("out", "tree")

    assert lint_while(monkeypatch, change, "tree") == 2
    assert capfd.readouterr().err.count(NOT_READ) == 3
    assert [read_text(f"out/{name}.txt") for name in ("a", "zz/a")] == [BAD, BAD]


def test_no_file_is_fixed_through_a_link_in_its_place(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    def change() -> None:
        os.unlink("tree/b.txt")
        os.symlink(os.path.abspath("out/a.txt"), "tree/b.txt")

    assert lint_while(monkeypatch, change, "tree") == 2
    assert f"shortcodes: tree/b.txt: {NOT_READ}\n" in capfd.readouterr().err
    assert (read_text("out/a.txt"), read_text("tree/zz/a.txt")) == (BAD, FIXED)


def _link_a_file_from_its_place() -> None:
    os.rename("tree/b.txt", "out/b.txt")
    os.symlink("../out/b.txt", "tree/b.txt")


def _link_its_other_name_from_its_place() -> None:
    os.unlink("tree/b.txt")
    os.symlink("../other.txt", "tree/b.txt")


def _link_a_folder_from_its_place() -> None:
    os.rename("tree", "out/tree")
    os.symlink("out/tree", "tree")


@pytest.mark.parametrize("path", ["tree", "tree/*.txt"])
@pytest.mark.parametrize(
    ("change", "file"),
    [
        (_link_a_file_from_its_place, "out/b.txt"),
        (_link_its_other_name_from_its_place, "other.txt"),
        (_link_a_folder_from_its_place, "out/tree/b.txt"),
    ],
)
def test_a_file_that_was_read_is_not_written_through_a_link_that_took_its_place(
    monkeypatch: pytest.MonkeyPatch, tree: Path, path: str, change: Callable[[], None], file: str
) -> None:
    write_back, changes = files.write_back, [change]

    def meanwhile(*arguments: Any, **options: Any) -> None:
        for once in changes:
            once()
        changes.clear()
        write_back(*arguments, **options)

    if file == "other.txt":
        os.link("tree/b.txt", file)
    monkeypatch.setattr(summary, "write_back", meanwhile)
    assert main(("lint", "--fix", path)) == 2
    assert read_text(file) == BAD


@pytest.mark.slow
def test_a_pipe_in_the_place_of_a_file_that_was_found_is_not_waited_for(tree: Path) -> None:
    code = (
        "import os; from shortcodes.__main__ import main; from shortcodes.cli.io import files\n"
        "read = files.read\n"
        "def piped(name, folder, **options):\n"
        "    if name == 'tree/b.txt': os.unlink(name); os.mkfifo(name)\n"
        "    return read(name, folder, **options)\n"
        "files.read = piped\n"
        "raise SystemExit(main(['lint', '--fix', 'tree']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert f"shortcodes: tree/b.txt: {NOT_READ}\n" in done.stderr
    assert read_text("tree/zz/a.txt") == FIXED


def test_a_folder_that_turns_into_a_link_is_not_entered(
    monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    list_folder = held_folders.list_folder

    @contextmanager
    def meanwhile(path: str, above: Identity | None) -> Iterator[Any]:
        with list_folder(path, above) as found:
            yield found
        if path == "tree/":
            os.rename("tree/zz", "zz")
            os.symlink(os.path.abspath("out"), "tree/zz")

    monkeypatch.setattr(discovery, "list_folder", meanwhile)
    said: list[str] = []
    found = list(
        discovery.discover(["tree"], lambda name, error: said.append(f"{name}: {error.strerror}"))
    )
    assert [one.name for one in found] == ["tree/a.txt", "tree/b.txt"]
    assert said == ["tree/zz: changed meanwhile"]


def test_a_file_that_was_saved_meanwhile_is_read_as_it_is_now(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    def change() -> None:
        write_text("new.txt", f"new {BAD}")
        os.rename("new.txt", "tree/b.txt")

    assert lint_while(monkeypatch, change, "tree") == 0
    assert read_text("tree/b.txt") == f"new {FIXED}"


def test_a_system_that_cannot_hold_folders_uses_their_names(
    monkeypatch: pytest.MonkeyPatch, tree: Path
) -> None:
    monkeypatch.setattr(held_folders, "_CAN_HOLD", False)
    assert main(("lint", "--fix", "tree")) == 0
    assert [read_text(f"tree/{name}.txt") for name in ("a", "b", "zz/a")] == [FIXED] * 3
    assert sorted(os.listdir("tree")) == ["a.txt", "b.txt", "zz"]
    write_text("tree/a.txt", BAD)

    def change() -> None:
        os.rename("tree", "moved")
        os.symlink("out", "tree")

    assert lint_while(monkeypatch, change, "tree") == 2
    assert read_text("out/a.txt") == BAD


@in_place
def test_another_file_with_the_same_text_is_not_written_in_the_place_of_the_one_that_was_read(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    Path("out").mkdir()
    write_text("out/page.txt", BAD)
    put_back = files.write_back

    def meanwhile(*arguments: Any, **options: Any) -> None:
        os.rename("shared", "moved")
        os.symlink("out", "shared")
        put_back(*arguments, **options)

    monkeypatch.setattr(summary if command[0] == "lint" else rewriting, "write_back", meanwhile)
    assert main((*command, "shared/page.txt")) == 2
    said = "shortcodes: shared/page.txt: changed meanwhile, left as it is\n"
    assert capfd.readouterr().err == said
    assert [read_text(f"{folder}/page.txt") for folder in ("out", "moved")] == [BAD, BAD]

"""Files in a folder that others may write in: they gain nothing by what a command does there."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from shortcodes.__main__ import main
from shortcodes.cli.io import replacing

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files are otherwise elsewhere")

BAD = "a [map zoom=”17″] b\n"
FIXED = 'a [map zoom="17"] b\n'
IN_PLACE = {"lint": ("lint", "--fix"), "fix": ("fix", "--in-place")}
"""Calls that write the fixed text back into the files that are named."""
in_place = pytest.mark.parametrize("command", IN_PLACE.values(), ids=IN_PLACE)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shared").mkdir()
    write("shared/page.txt", BAD)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def text_of(name: str) -> str:
    return Path(name).read_text(encoding="utf-8")


def mode_of(name: str) -> int:
    return stat.S_IMODE(os.stat(name).st_mode)


# --- something else in the place of the copy, or of the folder -------------------------------


def put_link_for_copy(target: Path) -> None:
    """Put a link in the place of the copy in the folder, as whoever may write there can."""
    (copy,) = (name for name in os.listdir("shared") if replacing.is_temporary(name))
    os.rename(f"shared/{copy}", "shared/stolen")
    os.symlink(target, f"shared/{copy}")


def test_a_link_in_the_place_of_the_copy_gives_nobody_the_file_behind_it(tmp_path: Path) -> None:
    victim = write("victim.key", "key")
    victim.chmod(0o600)
    Path("shared/page.txt").chmod(0o666)
    refused = pytest.raises(replacing.RefusalError, match="its copy was changed meanwhile")
    with refused, replacing.replaced(str(tmp_path / "shared/page.txt")) as file:
        file.write(b"new")
        put_link_for_copy(tmp_path / "victim.key")
    assert (mode_of("victim.key"), text_of("victim.key")) == (0o600, "key")
    assert (Path("shared/page.txt").is_symlink(), text_of("shared/page.txt")) == (False, BAD)


@in_place
def test_a_copy_that_was_exchanged_at_the_last_moment_is_said_and_the_file_is_left(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    victim = write("victim.key", "key")
    fsync = os.fsync

    def meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        put_link_for_copy(victim.absolute())

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert main((*command, "shared/page.txt")) == 2
    said = "its copy was changed meanwhile by another process, left as it is"
    assert capfd.readouterr().err == f"shortcodes: shared/page.txt: {said}\n"
    assert (Path("shared/page.txt").is_symlink(), text_of("shared/page.txt")) == (False, BAD)


@in_place
def test_a_copy_that_was_taken_away_is_said_and_the_file_is_left(
    capfd: Any, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def meanwhile(descriptor: int) -> None:
        for name in filter(replacing.is_temporary, os.listdir("shared")):
            os.unlink(f"shared/{name}")

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert main((*command, "shared/page.txt")) == 2
    assert "its copy was changed meanwhile" in capfd.readouterr().err
    assert (text_of("shared/page.txt"), os.listdir("shared")) == (BAD, ["page.txt"])


def test_a_link_in_the_place_of_the_folder_leads_nothing_out_of_it(tmp_path: Path) -> None:
    Path("out").mkdir()
    write("out/page.txt", BAD)
    with replacing.replaced(str(tmp_path / "shared/page.txt")) as file:
        os.rename("shared", "moved")
        os.symlink("out", "shared")
        file.write(b"new")
    assert (text_of("out/page.txt"), text_of("moved/page.txt")) == (BAD, "new")
    assert (os.listdir("out"), os.listdir("moved")) == (["page.txt"], ["page.txt"])


def test_what_is_no_regular_file_when_it_is_to_be_written_is_left(tmp_path: Path) -> None:
    victim = write("victim.key", BAD)
    Path("shared/page.txt").unlink()
    Path("shared/page.txt").symlink_to(victim.absolute())
    refused = pytest.raises(replacing.RefusalError, match="is not a regular file")
    with refused, replacing.replaced(str(tmp_path / "shared/page.txt")):
        pytest.fail("it was to be written")
    assert (Path("shared/page.txt").is_symlink(), text_of("victim.key")) == (True, BAD)

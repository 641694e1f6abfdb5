"""What a found configuration names stays in its folder, also if it becomes a link meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shortcodes import Diagnostic, config
from shortcodes.config import values
from shortcodes.config.file import ConfigError
from shortcodes.engine.templates import Templates
from shortcodes.files import folders, held_folders
from shortcodes.files.folders import BoundPath, Folder, OutsideError
from tests.needs import posix

pytestmark = [
    posix,
    pytest.mark.skipif(
        not hasattr(os, "O_PATH"), reason="folders are held by their real paths on Linux alone"
    ),
]

CARD = "[covid19-ultimate-card region=EG]"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration, in which somebody else writes, beside what is secret."""
    for folder, word in (("site/part", "inside"), ("outside", "secret")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "hint.html").write_text(word)
        (tmp_path / folder / "schemas.toml").write_text(f"[hint.attributes.{word}]\n")
        (tmp_path / folder / "table.csv").write_text(f"region,confirmed\nEG,1\n{word},2\n")
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


def swap(path: Path, target: Path) -> None:
    """Put a link in the place of a file or folder."""
    path.rename(path.with_name("old"))
    path.symlink_to(target)


def swap_file(site: Path, name: str) -> None:
    swap(site / "part" / name, site.parent / "outside" / name)


def swap_folder(site: Path, name: str) -> None:
    swap(site / "part", site.parent / "outside")


SWAPS = pytest.mark.parametrize("swap_one", [swap_file, swap_folder])
Swap = Callable[[Path, str], None]


@SWAPS
def test_schemas_are_not_read_from_elsewhere(site: Path, swap_one: Swap) -> None:
    Path("shortcodes.toml").write_text("schemas = 'part/schemas.toml'")
    found = config.find()
    assert "inside" in str(found.build().schemas["hint"].json_schema())
    swap_one(site, "schemas.toml")
    with pytest.raises(ConfigError, match=r"part/schemas\.toml leads out of"):
        found.build()


@SWAPS
def test_templates_are_not_read_from_elsewhere(site: Path, swap_one: Swap) -> None:
    Path("shortcodes.toml").write_text("templates = 'part'")
    engine = config.find().build()
    swap_one(site, "hint.html")
    assert engine.render("[hint]", format="html") == "[hint]"


def test_templates_are_not_listed_elsewhere(site: Path) -> None:
    (site.parent / "outside" / "leak.html").write_text("secret")
    Path("shortcodes.toml").write_text("templates = 'part'")
    found = config.find()
    swap_folder(site, "")
    with pytest.raises(ConfigError, match="part leads out of"):
        found.build()


@pytest.mark.parametrize("line", ["source = 'file:part/table.csv'", "source = ['local']\nlocal = "])
@SWAPS
def test_tables_are_not_read_from_elsewhere(site: Path, swap_one: Swap, line: str) -> None:
    line += "'part/table.csv'" if line.endswith(" ") else ""
    Path("shortcodes.toml").write_text(f"[covid19]\n{line}")
    engine = config.find().build()
    swap_one(site, "table.csv")
    found: list[Diagnostic] = []
    engine.render(CARD, format="html", diagnostics=found)
    assert [d.code for d in found] == ["SC506", "SC504"]
    assert "table.csv leads out of" in found[0].message


def test_a_file_above_that_is_extended_is_the_one_that_was_checked(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "up").mkdir()
    (site.parent / "outside" / "a" / "b").mkdir(parents=True)
    (site.parent / "outside" / "shared.toml").write_text("tags = ['secret']")
    (site.parent / "shared.toml").write_text("tags = ['shared']")
    (site / "shortcodes.toml").write_text("extend = 'up/../../shared.toml'")
    read_path = values.read_path

    def swap_and_read(*arguments: Any) -> BoundPath:
        swap(site / "up", site.parent / "outside" / "a" / "b")
        return read_path(*arguments)

    monkeypatch.setattr(values, "read_path", swap_and_read)
    assert config.find().tags == ("shared",)


# --- between the check and the use ------------------------------------------------------------


@SWAPS
def test_a_path_that_is_swapped_when_it_was_resolved_is_not_read(
    site: Path, monkeypatch: pytest.MonkeyPatch, swap_one: Swap
) -> None:
    path = BoundPath(site / "part" / "hint.html", site)
    assert path.read() == b"inside"
    swap_after(monkeypatch, lambda: swap_one(site, "hint.html"))
    with pytest.raises(OSError, match=r"symbolic links|directory"):
        path.read()


def test_a_folder_that_is_swapped_when_it_was_resolved_is_not_listed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = Templates(Folder(site, site).bind("part"))
    assert templates.list_names() == ["hint"]
    swap_after(monkeypatch, lambda: swap_folder(site, ""))
    with pytest.raises(NotADirectoryError):
        templates.list_names()


def test_a_template_is_not_found_in_a_folder_that_is_swapped_when_it_was_resolved(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = Folder(site, site).bind("part").bind_entry("hint.html")
    swap_folder(site, "")
    with pytest.raises(OutsideError):
        entry.read()


def swap_after(monkeypatch: pytest.MonkeyPatch, action: Callable[[], None]) -> None:
    """Do something once, after the next path was resolved."""
    resolve = folders._resolve_in

    def slow(root: Any, path: Any) -> str:
        real = resolve(root, path)
        monkeypatch.setattr(folders, "_resolve_in", resolve)
        action()
        return real

    monkeypatch.setattr(folders, "_resolve_in", slow)


def test_a_folder_lists_its_files_where_folders_cannot_be_held(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "part" / "gone.html").symlink_to("nowhere")
    (site / "part" / "below.html").mkdir()
    (site / "part" / "link.html").symlink_to("hint.html")
    templates = Templates(Folder(site, site).bind("part"))
    assert templates.list_names() == ["hint", "link"]
    monkeypatch.setattr(held_folders, "_CAN_HOLD", False)
    assert templates.list_names() == ["hint", "link"]

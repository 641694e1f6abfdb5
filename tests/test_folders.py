"""What a folder names stays in that folder: templates, and the paths of a configuration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shortcodes import Engine, config
from shortcodes.config.file import ConfigError
from shortcodes.files import held_folders
from shortcodes.files.folders import BoundPath, Folder, OutsideError
from tests.command import call
from tests.needs import posix

pytestmark = posix

SECRET = '{"figures": [{"region": "EG", "confirmed": 7}]}'
CARD = "[covid19-ultimate-card region=EG]"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that was unpacked, where the command runs, beside what is no business of it."""
    outside = tmp_path / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "folder" / "leak.html").write_text("secret")
    (outside / "file.json").write_text(SECRET)
    (outside / "file.toml").write_text("tags = ['leak']\n")
    site = tmp_path / "site"
    (site / "templates").mkdir(parents=True)
    (site / "templates" / "hint.html").write_text("<i>{{ content }}</i>")
    (site / "page.html").write_text(f"[leak] {CARD}")
    monkeypatch.chdir(site)
    return site


# --- templates --------------------------------------------------------------------------------


def linked(folder: Path) -> dict[str, str]:
    """Lay links into a folder of templates, and return what each renders."""
    outside, templates = folder / "outside", folder / "site" / "templates"
    (outside / "part").write_text("secret")
    links = {"file.html": outside / "part", "up.html": Path("../../outside/part")}
    links |= {"through.html": Path("middle"), "middle": outside / "part"}
    links |= {"below": outside, "hint2.html": Path("hint.html")}
    for name, target in links.items():
        (templates / name).symlink_to(target)
    for name, template in {
        "includes": "{% include 'middle' %}",
        "ignores": "{% include 'middle' ignore missing %}",
        "enters": "{% include 'below/part' %}",
        "imports": "{% import 'below/part' as x %}",
        "extends": "{% extends 'file.html' %}",
        "asks": "{% include ['gone', 'file.html'] %}",
    }.items():
        (templates / f"{name}.html").write_text(template)
    refused = {
        "file": "file.html",
        "up": "up.html",
        "through": "through.html",
        "includes": "middle",
        "ignores": "middle",
        "enters": "below/part",
        "imports": "below/part",
        "extends": "file.html",
        "asks": "file.html",
    }
    return {name: str(templates / path) for name, path in refused.items()}


def test_no_link_leads_out_of_a_folder_of_templates(site: Path) -> None:
    templates = site / "templates"
    for name, path in linked(site.parent).items():
        found: list[Any] = []
        made = Engine(templates=templates).render(f"[{name}]", format="html", diagnostics=found)
        said = f"[{name}] was left in place: its handler failed with OutsideError: "
        assert (made, [one.message for one in found]) == (
            f"[{name}]",
            [f"{said}{path} leads out of {templates}"],
        )


def test_a_link_to_another_template_of_the_folder_is_followed(site: Path) -> None:
    linked(site.parent)
    engine = Engine(templates=site / "templates")
    assert engine.render("[hint2]a[/hint2]", format="html") == "<i>a</i>"


def test_a_folder_of_templates_that_is_a_link_is_that_folder(site: Path) -> None:
    (site / "1").mkdir()
    (site / "1" / "a.html").write_text("1")
    (site / "2").mkdir()
    (site / "2" / "a.html").write_text("two")
    current = site / "current"
    current.symlink_to("1")
    engine = Engine(templates=current)
    assert engine.render("[a]", format="html") == "1"
    os.utime(site / "2" / "a.html", (1, 1))
    (site / "next").symlink_to("2")
    (site / "next").rename(current)  # as a deployment changes over
    assert engine.render("[a]", format="html") == "two"


def test_a_template_that_becomes_a_link_is_refused(site: Path) -> None:
    engine = Engine(templates=site / "templates")
    assert engine.render("[hint /]", format="html") == "<i></i>"
    template = site / "templates" / "hint.html"
    template.unlink()
    template.symlink_to(site.parent / "outside" / "folder" / "leak.html")
    os.utime(template, (1, 1))
    assert engine.render("[hint /]", format="html") == "[hint /]"


# --- configurations ---------------------------------------------------------------------------

FOLDERS = ["templates = {}", "covid19.cache = {}"]
FILES = ["schemas = {}", "covid19.local = {}"]
SOURCES = ["covid19.source = 'snapshot,file:{}'", "covid19.source = ['file:{}', 'snapshot']"]


def ways_out(outside: Path, name: str) -> Iterator[str]:
    """Give paths that lead from the site to something outside, the last two through links."""
    Path("link").symlink_to(outside / name)
    Path("up").symlink_to("..")
    yield str(outside / name)
    yield f"../outside/{name}"
    yield f"templates/../../outside/{name}"
    yield "link"
    yield f"up/outside/{name}"


@pytest.mark.parametrize("form", ["{}", "[tool.shortcodes]\n{}"])
@pytest.mark.parametrize(
    ("line", "name"),
    [
        *((line, "folder") for line in FOLDERS),
        *((line, "file.json") for line in FILES),
        *((line, "file.json") for line in SOURCES),
        ("extend = {}", "file.toml"),
    ],
)
def test_no_path_leads_out_of_the_folder_of_a_configuration_that_was_found(
    site: Path, capfd: Any, line: str, name: str, form: str
) -> None:
    path = site / ("pyproject.toml" if "tool" in form else "shortcodes.toml")
    where = f"{path}: tool.shortcodes" if "tool" in form else f"{path}"
    key = ": ".join(line.partition(" ")[0].split("."))
    for way in ways_out(site.parent / "outside", name):
        written = line.format(way if line in SOURCES else f"'{way}'")
        path.write_text(form.format(written))
        said = f"{where}: {key}: {site / way} leads out of {site}"
        expected = (
            f"shortcodes: {said}, which is allowed only in a configuration named with --config\n"
        )
        assert call(capfd, "render", "page.html") == (2, "", expected)
        assert config.read(path).path == path  # who names it answers for it


def test_a_configuration_that_is_named_leads_anywhere(site: Path, capfd: Any) -> None:
    Path("own.toml").write_text(
        "templates = '../outside/folder'\nextend = 'link'\n[covid19]\nsource = 'file:up.json'\n"
    )
    Path("link").symlink_to("../outside/file.toml")
    Path("up.json").symlink_to("../outside/file.json")
    status, out, err = call(capfd, "render", "--config", "own.toml", "page.html")
    assert (status, "secret" in out, 'value="7"' in out, err) == (0, True, True, "")


def test_what_is_below_the_folder_of_a_configuration_may_be_a_link(site: Path, capfd: Any) -> None:
    Path("one").symlink_to("templates")
    Path("shortcodes.toml").symlink_to("data.toml")
    Path("data.toml").write_text("templates = 'one/../one'")
    Path("page.html").write_text("[hint]a[/hint]")
    assert call(capfd, "render", "page.html") == (0, "<i>a</i>", "")


def test_a_site_may_be_reached_through_a_link(site: Path, capfd: Any, monkeypatch: Any) -> None:
    Path("shortcodes.toml").write_text("templates = 'templates'")
    Path("page.html").write_text("[hint]a[/hint]")
    (site.parent / "current").symlink_to(site)
    monkeypatch.chdir(site.parent / "current")
    assert call(capfd, "render", "page.html") == (0, "<i>a</i>", "")


@pytest.mark.parametrize("name", ["shortcodes.toml", "pyproject.toml"])
def test_a_configuration_that_is_a_link_to_elsewhere_is_refused(
    site: Path, capfd: Any, name: str
) -> None:
    Path(name).symlink_to("../outside/file.toml")
    said = f"{site / name}: {site / name} leads out of {site}"
    expected = f"shortcodes: {said}, which is allowed only in a configuration named with --config\n"
    assert call(capfd, "extract", "page.html") == (2, "", expected)
    status, _, err = call(capfd, "extract", "--config", name, "page.html")
    assert (status, err) == (0, "")


def test_a_file_in_a_folder_above_may_be_extended_and_stays_in_that_folder(
    site: Path, capfd: Any
) -> None:
    shared, own = site.parent / "shared.toml", site / "shortcodes.toml"
    shared.write_text("templates = 'outside/folder'")
    own.write_text("extend = '../shared.toml'\nschemas = '../outside/file.json'")
    assert call(capfd, "render", "page.html")[0] == 2  # the right is that of the file above alone
    own.write_text("extend = '../shared.toml'")
    Path("page.html").write_text("[leak]")
    assert call(capfd, "render", "page.html") == (0, "secret", "")
    shared.write_text(f"templates = '{site.parent.parent}'")
    said = f"{shared}: templates: {site.parent.parent} leads out of {site.parent}"
    expected = f"shortcodes: {said}, which is allowed only in a configuration named with --config\n"
    assert call(capfd, "render", "page.html") == (2, "", expected)
    shared.unlink()
    shared.symlink_to(site.parent.parent / "file.toml")
    with pytest.raises(ConfigError, match=r"shared\.toml leads out of"):
        config.find(site)


def test_a_link_is_no_way_to_a_folder_above(site: Path) -> None:
    (site.parent / "shared.toml").write_text("tags = 'any'")
    Path("up").symlink_to("..")
    for way in ("up/shared.toml", "up/site/../shared.toml", "up/site/up/shared.toml"):
        Path("shortcodes.toml").write_text(f"extend = '{way}'")
        with pytest.raises(ConfigError, match="leads out of"):
            config.find(site)


def test_files_that_extend_each_other_without_end_are_an_error(site: Path, capfd: Any) -> None:
    for number in range(1, 1000):
        Path(f"{number}.toml").write_text(f"extend = '{number + 1}.toml'")
    Path("shortcodes.toml").write_text("extend = '1.toml'")
    said = f"{site / '20.toml'}: extend: more than 20 files extend each other"
    assert call(capfd, "extract", "page.html") == (2, "", f"shortcodes: {said}\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("schemas = 'pipe.toml'", "{}/pipe.toml: it is not a regular file"),
        ("extend = 'pipe.toml'", "{}/pipe.toml: it is not a regular file"),
        ("schemas = 'templates'", "{}/templates: is a directory"),
        ("schemas = 'large.toml'", "{}/large.toml: it is larger than 1,000,000 bytes"),
        ("schemas = 'a\\u0000b'", "{}/shortcodes.toml: schemas: '{}/a\\x00b' is not a valid path"),
        ("schemas = 'loop'", "{}/loop: too many levels of symbolic links"),
    ],
)
def test_a_path_that_is_not_a_regular_file_is_neither_waited_for_nor_read(
    site: Path, capfd: Any, line: str, said: str
) -> None:
    os.mkfifo("pipe.toml")
    Path("loop").symlink_to("loop")
    with open("large.toml", "wb") as file:
        file.truncate(1_000_001)
    Path("shortcodes.toml").write_text(line.replace("'", '"'))
    status, out, err = call(capfd, "render", "page.html")
    assert (status, out) == (2, "")
    assert (
        err.partition(", which is allowed")[0].strip()
        == f"shortcodes: {said.replace('{}', str(site))}"
    )


def test_figures_are_not_read_from_a_pipe(site: Path, capfd: Any) -> None:
    os.mkfifo("pipe.csv")
    Path("shortcodes.toml").write_text("covid19.source = 'file:pipe.csv,snapshot'")
    status, _, err = call(capfd, "render", "page.html")
    assert (status, "pipe.csv: it is not a regular file" in err) == (0, True)


# --- the functions ----------------------------------------------------------------------------


def test_a_file_that_is_replaced_while_it_is_opened_is_not_read_where_folders_cannot_be_held(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = BoundPath.resolve

    def slow(path: BoundPath) -> str:
        real = resolve(path)
        (site / "page.html").unlink(missing_ok=True)
        (site / "page.html").write_text("another")
        return real

    monkeypatch.setattr(held_folders, "_CAN_HOLD", False)
    monkeypatch.setattr(BoundPath, "resolve", slow)
    kept = os.open(site / "page.html", os.O_RDONLY)  # so that its number is not given again
    with pytest.raises(OSError, match="changed while it was opened"):
        BoundPath(site / "page.html", Path(os.path.realpath(site))).read(100)
    os.close(kept)


def test_a_folder_allows_only_paths_within_its_bounds(tmp_path: Path) -> None:
    assert Folder(tmp_path).bind("/x") == BoundPath(Path("/x"))
    assert Folder(tmp_path, tmp_path).bind("x") == BoundPath(tmp_path / "x", tmp_path)
    with pytest.raises(OutsideError):
        Folder(tmp_path, tmp_path).bind("/x")
    assert Folder(tmp_path, Path("/")).bind("/x") == BoundPath(Path("/x"), Path("/"))

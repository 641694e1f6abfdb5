"""Handlers, templates and schemas that replace others: where the site says so, and only there."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import shortcodes_wordpress
from shortcodes import Engine, config, lint
from shortcodes.config import ConfigError
from shortcodes.engine import Schema
from shortcodes.plugins import Library
from tests.command import call

WORDPRESS = "the built-in library wordpress"
GALLERY = {"gallery": {"attributes": {"ids": {"type": "integers"}}}}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration whose templates have names that are taken."""
    write(tmp_path / "templates", gallery="<ul>{{ ids }}</ul>", hint="<i>{{ content }}</i>")
    (tmp_path / "shortcodes.toml").write_text('templates = "templates"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rendered(engine: Engine, text: str) -> str:
    return engine.render(text, format="html")


def write(folder: Path, **templates: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in templates.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def test_a_template_replaces_a_built_in_handler_only_on_request(tmp_path: Path) -> None:
    folder = write(tmp_path / "t", gallery="<ul>{{ ids }}</ul>")
    message = (
        f"'gallery' is registered already, by {WORDPRESS}: pass replace=True to put the template "
        f"{folder / 'gallery.html'} in its place"
    )
    with pytest.raises(ValueError, match="already") as caught:
        Engine(installed=True, templates=folder)
    assert str(caught.value) == message
    engine = Engine(installed=True)
    with pytest.raises(ValueError, match="already") as caught:
        engine.add_templates(folder)
    assert str(caught.value) == message
    engine.add_templates(folder, replace=True)
    for replacing in (engine, Engine(installed=True, templates=folder, replace=True)):
        assert rendered(replacing, "[gallery ids=1,2]") == "<ul>1,2</ul>"
        assert str(replacing.overrides["gallery"]) == (
            f"the template {folder / 'gallery.html'}, in place of {WORDPRESS}"
        )


def test_templates_are_registered_all_or_none(tmp_path: Path) -> None:
    folder = write(tmp_path / "t", a="1", b="2", z="3")
    engine = Engine()
    engine.register("b", "mine")
    with pytest.raises(ValueError, match="'b' is registered already, by a constant text: "):
        engine.add_templates(folder)
    assert engine.names == ["b"]


def test_the_later_folder_replaces_the_earlier_one(tmp_path: Path) -> None:
    theme, own = write(tmp_path / "theme", a="theme", b="theme"), write(tmp_path / "own", a="own")
    engine = Engine(templates=theme)
    with pytest.raises(ValueError, match=r"by the template .*theme.a\.html: .*own.a\.html in"):
        engine.add_templates(own)
    engine.add_templates(own, replace=True)
    assert rendered(engine, "[a] [b]") == "own theme"


def _function() -> str:
    return "function"


class _Batch:
    def render_many(self, calls: Any) -> list[str]:
        return ["batch" for _ in calls]


@pytest.mark.parametrize(
    ("what", "owner"),
    [
        ("text", "a constant text"),
        (_function, f"the function {__name__}._function"),
        (_Batch, f"the handler {__name__}._Batch"),
        (_Batch(), f"the handler {__name__}._Batch"),
    ],
)
def test_a_clash_names_both_owners(what: object, owner: str) -> None:
    engine = Engine()
    engine.register("a", what, aliases=["b"])
    with pytest.raises(ValueError, match="already") as caught:
        engine.register("c", _function, aliases=["b"])
    assert str(caught.value) == (
        f"'b' is registered already, by {owner}: pass replace=True to put the function "
        f"{__name__}._function in its place"
    )
    assert engine.names == ["a", "b"]


def test_what_a_built_in_library_registers_is_its_own_whoever_asks_for_it() -> None:
    engine = Engine(installed=True)
    shortcodes_wordpress.register(engine, replace=True)
    assert engine.overrides == {}
    with pytest.raises(ValueError, match=f"by {WORDPRESS}: "):
        engine.register("gallery", "mine")


def test_what_a_library_registers_is_its_own_whatever_it_is() -> None:
    package: Any = ModuleType("example")
    package.register = lambda engine, *, replace, year: engine.register("year", year)
    engine = Engine()
    engine.add_library(Library("example", package), {"year": "2026"})
    assert rendered(engine, "[year]") == "2026"
    with pytest.raises(
        ValueError, match="by the plug-in example: pass replace=True to put a const"
    ):
        engine.register("year", "2027")
    engine.register("now", "2027")
    with pytest.raises(ValueError, match="by a constant text: "):
        engine.register("now", "2028")


def test_a_library_that_fails_owns_nothing_that_comes_later() -> None:
    package: Any = ModuleType("example")
    package.register = lambda engine, *, replace: 1 / 0
    engine = Engine()
    with pytest.raises(ZeroDivisionError):
        engine.add_library(Library("example", package))
    engine.register("a", "1")
    with pytest.raises(ValueError, match="by a constant text: "):
        engine.register("a", "2")


def test_overrides_are_copied_and_pickled(tmp_path: Path) -> None:
    engine = Engine(installed=True, templates=write(tmp_path, audio="x"), replace=True)
    copy = engine.copy()
    copy.register("video", "y", replace=True)
    assert list(engine.overrides) == ["audio"]
    assert list(copy.overrides) == ["audio", "video"]
    assert pickle.loads(pickle.dumps(engine)).overrides == engine.overrides


# --- schemas --------------------------------------------------------------------------------------


def test_a_schema_is_declared_once_unless_it_replaces_another() -> None:
    engine = Engine(schemas={"a": {}})
    with pytest.raises(ValueError, match="already") as caught:
        engine.declare({"fresh": {}, "a": {}})
    assert str(caught.value) == (
        "'a' has a schema already, which was declared: pass replace=True to put this declaration "
        "in its place"
    )
    assert list(engine.schemas) == ["a"]
    engine.declare({"fresh": {}, "a": {}}, replace=True)
    assert list(engine.schemas) == ["a", "fresh"]


def test_a_schema_that_replaces_another_is_the_one_that_lint_checks() -> None:
    class Rows(_Batch):
        schema = Schema("rows", [])

    engine = Engine()
    engine.register("rows", Rows)
    assert [found.code for found in lint("[rows n=x]", engine=engine, select=["SC6"])] == ["SC603"]
    rows = {"rows": {"attributes": {"n": {"type": "integer"}}}}
    with pytest.raises(ValueError, match=r"'rows' has a schema already, of the handler .*Rows: "):
        engine.declare(rows)
    engine.declare(rows, replace=True)
    assert [found.code for found in lint("[rows n=x]", engine=engine, select=["SC6"])] == ["SC601"]


def test_a_template_takes_a_schema_that_is_declared_after_it(tmp_path: Path) -> None:
    engine = Engine(templates=write(tmp_path, n="{{ n + 1 }}"))
    engine.declare({"n": {"attributes": {"n": {"type": "integer"}}}})
    assert rendered(engine, "[n n=4]") == "5"
    engine.declare({"n": {"attributes": {"n": {"type": "number"}}}}, replace=True)
    assert rendered(engine, "[n n=4.5]") == "5.5"


@pytest.mark.parametrize("replace", [False, True])
def test_a_function_keeps_its_parameters(replace: bool) -> None:
    engine = Engine()
    engine.register("n", lambda n: f"{n!r}", aliases=["m"])
    engine.declare({"n": {"attributes": {"x": {"type": "integer"}}}}, replace=replace)
    assert rendered(engine, "[n n=4] [m n=5]") == "&#39;4&#39; &#39;5&#39;"
    assert [each.name for each in engine.schemas["n"].parameters] == ["n"]


def test_a_declaration_is_for_the_template_that_replaces_a_function(tmp_path: Path) -> None:
    engine = Engine(installed=True, schemas=GALLERY)
    assert len(engine.schemas["gallery"].parameters) > 1
    engine.add_templates(write(tmp_path, gallery="{{ ids[0] + 1 }}"), replace=True)
    assert [each.name for each in engine.schemas["gallery"].parameters] == ["ids"]
    assert rendered(engine, "[gallery ids=4]") == "5"


def test_a_schema_replaces_that_of_all_names_of_a_handler() -> None:
    engine = Engine()
    engine.register("a", _Batch(), aliases=["b"])
    engine.declare({"a": {"attributes": {"x": {"required": True}}}})
    assert {name: len(schema.parameters) for name, schema in engine.schemas.items()} == {
        "a": 1,
        "b": 1,
    }


# --- configurations -------------------------------------------------------------------------------


def test_templates_of_a_site_win_over_what_is_built_in(site: Path, capfd: Any) -> None:
    (site / "a.html").write_text("[gallery ids=1,2] [hint]x[/hint]", encoding="utf-8")
    assert call(capfd, "render", "a.html") == (0, "<ul>1,2</ul> <i>x</i>", "")
    engine = config.find().build()
    assert list(engine.overrides) == ["gallery"]
    assert lint("[gallery shape=round]", engine=engine, select=["SC6"]) == []


def test_templates_of_a_site_win_over_what_its_settings_register_again(site: Path) -> None:
    path = site / "shortcodes.toml"
    path.write_text('templates = "templates"\n[wordpress]\nproviders = ["vimeo"]\n', "utf-8")
    assert list(config.find().build().overrides) == ["gallery"]


def test_templates_of_a_site_have_the_schemas_that_it_declares(site: Path, capfd: Any) -> None:
    (site / "schemas.json").write_text(json.dumps(GALLERY), encoding="utf-8")
    path = site / "shortcodes.toml"
    path.write_text('schemas = "schemas.json"\ntemplates = "templates"\n', encoding="utf-8")
    schemas = config.find().build().schemas
    assert [each.name for each in schemas["gallery"].parameters] == ["ids"]
    (site / "a.html").write_text("[gallery ids=1,2]", encoding="utf-8")
    assert call(capfd, "render", "a.html") == (0, "<ul>[1, 2]</ul>", "")


def test_a_template_and_a_handler_of_the_same_site_are_a_mistake(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module: Any = ModuleType("sitecodes_14")
    module.engine = Engine(installed=True)
    module.engine.register("hint", _function)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    path = site / "shortcodes.toml"
    path.write_text('templates = "templates"\nengine = "sitecodes_14:engine"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.find().build(trusted=True)
    assert str(caught.value) == (
        f"{path}: 'hint' has two handlers, the function {__name__}._function and the template "
        f"{site / 'templates/hint.html'}: remove one of them"
    )


def test_schema_export_says_who_renders_what_was_replaced(site: Path, capfd: Any) -> None:
    by = f"the template {site / 'templates/gallery.html'}, in place of {WORDPRESS}"
    status, output, errors = call(capfd, "schema", "export", "gallery")
    page = f"## [gallery]\n\nRendered by {by}.\n\nOther attributes are accepted as text.\n"
    assert (status, output, errors) == (0, page, "")
    assert page in call(capfd, "schema", "export")[1]
    _, output, _ = call(capfd, "schema", "export", "gallery", "--format", "json-schema")
    assert json.loads(output)["gallery"] == {
        "$comment": f"rendered by {by}",
        "additionalProperties": True,
        "properties": {},
        "title": "gallery",
        "type": "object",
    }


def test_show_config_says_what_holds_for_a_call(site: Path, capfd: Any) -> None:
    path = site / "shortcodes.toml"
    path.write_text(
        'templates = "templates"\ntags = ["a", "b"]\n[lint]\nignore = ["SC92"]\n'
        '[[lint.per-path]]\npaths = ["old/**"]\nignore = ["SC201"]\ndialect = "wordpress"\n',
        encoding="utf-8",
    )
    expected = (
        f"configuration: {path}\n"
        "dialect: lenient\n"
        "tags: a, b\n"
        "profile: writer\n"
        "select: SC1, SC2\n"
        "ignore: SC92\n"
        "for old/**: ignore SC201; dialect wordpress\n"
        f"templates: {site / 'templates'}\n"
        "schemas: none\n"
        "engine: none\n"
        f"[gallery]: rendered by the template {site / 'templates/gallery.html'}, in place of "
        f"{WORDPRESS}\n"
    )
    options = ["--profile", "writer", "--select", "SC1,SC2"]
    assert call(capfd, "lint", "--show-config", *options) == (0, expected, "")
    assert call(capfd, "lint", "--show-config", *options, "-o", "out.txt") == (0, "", "")
    assert (site / "out.txt").read_text("utf-8") == expected


def test_show_config_without_a_configuration_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(capfd, "lint", "--show-config") == (
        0,
        "configuration: none was found\ndialect: lenient\n"
        "tags: those that the text shows to be shortcodes\nprofile: wordpress\nselect: all rules\n"
        "ignore: no rule\ntemplates: none\nschemas: none\nengine: none\n",
        "",
    )


def test_show_config_prints_no_line_that_a_name_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    folder = tmp_path / "a\n::error::b"
    folder.mkdir()
    write(folder / "templates", gallery="x")
    (folder / "shortcodes.toml").write_text('templates = "templates"\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    _, output, _ = call(capfd, "lint", "--show-config")
    assert [line.partition(": ")[0] for line in output.splitlines()] == [
        *("configuration", "dialect", "tags", "profile", "select", "ignore"),
        *("templates", "schemas", "engine", "[gallery]"),
    ]

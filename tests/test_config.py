"""A site's own shortcodes from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from shortcodes import config
from shortcodes.config.file import ConfigError, Configuration
from shortcodes.config.lint import LintConfiguration, PerPath
from shortcodes.files.folders import BoundPath
from tests.command import call

SCHEMAS = """\
[button]
description = "A link that looks like a button."

[button.attributes]
url = { type = "url", required = true, description = "Where it leads | to." }
size = { choices = ["s", "m"], default = "m" }
ids = { type = "integers" }
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a template, a schema, an engine and a page, where the command runs."""
    (tmp_path / "templates").mkdir()
    template = '<a class="{{ size }}" href="{{ url }}">{{ content }}</a>\n'
    (tmp_path / "templates" / "button.html").write_text(template, encoding="utf-8")
    (tmp_path / "schemas.toml").write_text(SCHEMAS, encoding="utf-8")
    (tmp_path / "sitecodes.py").write_text(
        "from shortcodes import Engine\n"
        "engine = Engine()\n"
        "engine.register('year', '2026')\n"
        "number = 1\n",
        encoding="utf-8",
    )
    (tmp_path / "page.html").write_text(
        "[button url=https://e.com/ size=s]a[/button] [year] [gone]", encoding="utf-8"
    )
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


WHOLE = 'templates = "templates"\nschemas = "schemas.toml"\n'


@pytest.mark.parametrize(
    ("name", "text"),
    [("shortcodes.toml", WHOLE), ("pyproject.toml", f"[tool.shortcodes]\n{WHOLE}")],
)
def test_render_uses_the_templates_and_schemas_of_the_nearest_configuration(
    site: Path, capfd: Any, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    (site / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(site / "below")
    assert call(capfd, "render", "../page.html") == (
        0,
        '<a class="s" href="https://e.com/">a</a> [year] [gone]',
        "",
    )


def test_python_is_imported_only_from_a_file_that_is_trusted(site: Path, capfd: Any) -> None:
    path = site / "shortcodes.toml"
    path.write_text(f'{WHOLE}engine = "sitecodes:engine"\n', encoding="utf-8")
    assert call(capfd, "render", "page.html") == (
        2,
        "",
        f"shortcodes: {path}: engine = 'sitecodes:engine' is Python, which is imported only with "
        "--trust-config\n",
    )
    expected = '<a class="s" href="https://e.com/">a</a> 2026 [gone]'
    assert call(capfd, "render", "--trust-config", "page.html") == (0, expected, "")


def test_a_configuration_may_be_named(site: Path, capfd: Any) -> None:
    (site / "below" / "other.toml").write_text('templates = "../templates"', encoding="utf-8")
    (site / "page.html").write_text("[button url=/a size=l]", encoding="utf-8")
    status, out, _ = call(capfd, "render", "--config", "below/other.toml", "page.html")
    assert (status, out) == (0, '<a class="l" href="/a"></a>')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("template = 'a'", "has an unknown key 'template'; did you mean 'templates'?"),
        (
            "x = 1",
            "has an unknown key 'x'; known: templates, schemas, engine, dialect, tags, extend, "
            "lint, covid19, wordpress",
        ),
        ("templates = 1", ": templates must be a str, not int"),
        ("engine = 'sitecodes'", ": engine must be 'module:name', not 'sitecodes'"),
        ("templates = 'gone'", ": there is no folder "),
        ("schemas = 'gone.toml'", "gone.toml"),
        ("engine = 'sitecodes:number'", "engine = 'sitecodes:number': TypeError: "),
        ("engine = 'nowhere:engine'", "ModuleNotFoundError: No module named 'nowhere'"),
        ("dialect = 'word'", ": dialect cannot be 'word'; did you mean 'wordpress'?"),
        ("dialect = 'x'", ": dialect cannot be 'x'; known: lenient, wordpress"),
        ("tags = 'x'", ": tags must be 'any' or an array of names, not 'x'"),
        ("tags = 1", ": tags must be an array, not int"),
        ("tags = [1]", ": tags must be a str, not int"),
        ("extend = 'gone.toml'", "gone.toml"),
        ("lint = 1", ": lint must be a table"),
        ("lint.selct = ['SC1']", ": lint has an unknown key 'selct'; did you mean 'select'?"),
        ("lint.select = 'SC1'", ": lint: select must be an array, not str"),
        ("lint.per-path = {}", ": lint: per-path must be an array of tables, not dict"),
        ("[[lint.per-path]]", ": lint: per-path[0] has no paths"),
        (
            "[[lint.per-path]]\npaths=['!']",
            ": lint: per-path[0]: paths: '!' is not a valid",
        ),
        (
            "[[lint.per-path]]\npaths=['a']\n" * 1001,
            ": lint: per-path has more than 1,000 tables and parts of patterns that are tried",
        ),
        (
            f"[[lint.per-path]]\npaths={[f'a?{n}' for n in range(1000)]}",
            ": lint: per-path has more than 1,000 tables and parts of patterns that are tried",
        ),
        ("[[lint.per-path]]\npath=['a']", "an unknown key 'path'; did you mean 'paths'?"),
        ("[[lint.per-path]]\npaths=['a']\nformat='htm'", "did you mean 'html'?"),
        ("templates = ", "Invalid value (at end of document)"),
        ("\udcff", "codec can't decode"),
    ],
)
def test_a_mistake_in_a_configuration_is_one_clear_error(
    site: Path, capfd: Any, text: str, message: str
) -> None:
    (site / "shortcodes.toml").write_text(text, "utf-8", "surrogateescape")
    status, out, err = call(capfd, "render", "--trust-config", "page.html")
    assert (status, out) == (2, "")
    assert err.startswith(f"shortcodes: {site}")
    assert message in err
    assert err.count("\n") == 1


def test_without_a_configuration_the_defaults_apply(tmp_path: Path) -> None:
    assert config.find(tmp_path) == Configuration()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert config.find(tmp_path) == Configuration()
    (tmp_path / "pyproject.toml").write_text("tool = 1", encoding="utf-8")
    assert config.find(tmp_path) == Configuration()
    (tmp_path / "schemas.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigError, match="must hold an object"):
        Configuration(schemas=tmp_path / "schemas.json").build()


@pytest.fixture
def pages(site: Path) -> Path:
    """A text, and a configuration that another one extends."""
    (site / "a.txt").write_text("[x k=1] [y] [z]", encoding="utf-8")
    (site / "shared").mkdir()
    (site / "shared" / "base.toml").write_text(
        "tags = ['y']\ndialect = 'wordpress'\ntemplates = '../templates'\n"
        "engine = 'sitecodes:engine'\n"
        "[lint]\nselect = ['SC1']\nignore = ['SC102']\n"
        "[[lint.per-path]]\npaths = ['*.md']\ntags = 'any'\n",
        encoding="utf-8",
    )
    return site


@pytest.mark.parametrize(
    ("text", "options", "names"),
    [
        ("", (), ["x"]),
        ("tags = ['y', 'z']", (), ["y", "z"]),
        ("tags = 'any'", (), ["x", "y", "z"]),
        ("tags = 'any'", ("--tags", "z"), ["z"]),
        ("extend = 'shared/base.toml'", (), ["y"]),
        ("extend = 'shared/base.toml'\ntags = ['x']", (), ["x"]),
    ],
)
def test_tags_of_the_configuration_count_for_every_command(
    pages: Path, capfd: Any, text: str, options: tuple[str, ...], names: list[str]
) -> None:
    (pages / "shortcodes.toml").write_text(text, encoding="utf-8")
    status, out, err = call(capfd, "extract", *options, "a.txt")
    assert (status, [item["name"] for item in json.loads(out)], err) == (0, names, "")


def test_the_dialect_of_the_configuration_counts_and_the_command_line_wins(
    pages: Path, capfd: Any
) -> None:
    (pages / "shortcodes.toml").write_text("dialect = 'wordpress'", encoding="utf-8")
    (pages / "a.txt").write_text('a[x k="[1]"]b', encoding="utf-8")
    assert call(capfd, "strip", "--tags", "x", "a.txt") == (0, 'a"]b', "")
    assert call(capfd, "strip", "--tags", "x", "--dialect", "lenient", "a.txt") == (0, "ab", "")


def test_a_key_that_a_configuration_lacks_is_taken_from_the_one_it_extends(pages: Path) -> None:
    path = pages / "shortcodes.toml"
    path.write_text(
        "extend = 'shared/base.toml'\nschemas = 'schemas.toml'\n"
        "[lint]\nignore = ['SC103']\n"
        "[[lint.per-path]]\npaths = ['old/**']\nignore = ['ALL']\nformat = 'html'\n",
        encoding="utf-8",
    )
    shared = pages / "shared"
    assert config.find(pages / "below") == Configuration(
        path=path,
        templates=BoundPath(shared / "../templates", pages),
        schemas=BoundPath(pages / "schemas.toml", pages),
        engine="sitecodes:engine",
        engine_from=shared / "base.toml",
        dialect="wordpress",
        tags=("y",),
        lint=LintConfiguration(
            location=f"{path}: lint",
            select=("SC1",),
            ignore=("SC102", "SC103"),
            per_path=(
                PerPath(
                    f"{shared / 'base.toml'}: lint: per-path[0]", shared, ("*.md",), tags="any"
                ),
                PerPath(
                    f"{path}: lint: per-path[0]",
                    pages,
                    ("old/**",),
                    ignore=("ALL",),
                    format="html",
                ),
            ),
        ),
    )


def test_a_file_that_a_named_one_extends_is_a_small_regular_file(pages: Path) -> None:
    os.mkfifo(pages / "pipe.toml")
    (pages / "large.toml").write_text("#" * 1_000_001, encoding="utf-8")
    path = pages / "named.toml"
    for name, reason in {
        "pipe.toml": "it is not a regular file",
        "/dev/zero": "it is not a regular file",
        "large.toml": "it is larger than 1,000,000 bytes",
    }.items():
        path.write_text(f"extend = '{name}'", encoding="utf-8")
        with pytest.raises(ConfigError) as raised:
            config.read(path)
        assert str(raised.value) == f"{pages / name}: {reason}"


def test_a_wrong_call_ends_in_one_sentence(pages: Path) -> None:
    empty = Configuration()
    calls: dict[Any, tuple[type[Exception], str]] = {
        lambda: config.find(1): (TypeError, "folder must be a str or a path, not int"),  # type: ignore[arg-type]
        lambda: config.read(None): (TypeError, "path must be a str or a path, not NoneType"),  # type: ignore[arg-type]
        lambda: config.read(""): (ValueError, "path must not be empty"),
        lambda: config.read(Path("\0")): (ConfigError, "'\\x00' is not a valid path"),
        lambda: config.find("\0"): (ConfigError, "'\\x00' is not a valid path"),
        lambda: empty.over(None): (TypeError, "base must be a Configuration, not NoneType"),  # type: ignore[arg-type]
        lambda: empty.using("covid", {}): (ConfigError, "no library is named 'covid'; known: "),
        lambda: empty.using("covid19", {1: 2}): (TypeError, "each key of table must be a str"),  # type: ignore[dict-item]
        lambda: Configuration(libraries={"x": {}}).build(): (ConfigError, "no library is named"),
    }
    for call_, (kind, message) in calls.items():
        with pytest.raises(kind) as raised:
            call_()
        assert str(raised.value).startswith(message)


def test_paths_may_be_text(pages: Path) -> None:
    (pages / "shortcodes.toml").write_text("dialect = 'wordpress'", encoding="utf-8")
    assert config.find(str(pages)) == config.find(pages)
    assert config.read(str(pages / "shortcodes.toml")).dialect == "wordpress"


def test_tables_of_files_that_extend_each_other_are_counted_together(pages: Path) -> None:
    tables = "[[lint.per-path]]\npaths=['*.md']\nignore=['SC1', 'SC1']\n" * 400
    for name, base in (("one", ""), ("two", "extend = 'one.toml'\n")):
        (pages / f"{name}.toml").write_text(base + tables, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"two.toml: lint: per-path has more than 1,000 "):
        config.read(pages / "two.toml")
    assert {one.ignore for one in config.read(pages / "one.toml").lint.per_path} == {("SC1",)}


def test_settings_are_for_the_paths_of_the_folder_that_the_file_is_in(pages: Path) -> None:
    for_old = PerPath("", pages / "shared", ("old/**", "*.md", "!b.md"))
    held = ["shared/..odd/a.md", "shared/old/x/a.txt", "shared/a.md", "shared/x/a.md"]
    others = ["old/a.txt", "a.md", "shared/b.md", "shared/x/old/a.txt", "../shared/a.md"]
    assert [name for name in [*held, *others] if for_old.is_for(name)] == held


def test_configurations_that_extend_each_other_are_an_error(pages: Path, capfd: Any) -> None:
    one, two = pages / "shortcodes.toml", pages / "two.toml"
    one.write_text("extend = 'two.toml'", encoding="utf-8")
    two.write_text("extend = 'shortcodes.toml'", encoding="utf-8")
    message = f"shortcodes: {two}: extend leads back to {one}\n"
    assert call(capfd, "strip", "a.txt") == (2, "", message)


def test_schema_prints_what_shortcodes_take(site: Path, capfd: Any) -> None:
    (site / "shortcodes.toml").write_text(WHOLE, encoding="utf-8")
    assert call(capfd, "schema", "export", "button") == (
        0,
        "## [button]\n\n"
        "A link that looks like a button.\n\n"
        "| attribute | type | default | |\n"
        "|---|---|---|---|\n"
        "| `url` | url | required | Where it leads \\| to. |\n"
        "| `size` | s, m | `m` |  |\n"
        "| `ids` | integer, … |  |  |\n",
        "",
    )
    status, out, _ = call(capfd, "schema", "export", "--format", "json-schema", "button")
    assert (status, json.loads(out)["button"]["required"]) == (0, ["url"])
    status, out, err = call(capfd, "schema", "export", "gone")
    assert (status, out) == (2, "")
    assert err.startswith("shortcodes: 'gone' has no schema; known: ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("buton", "'buton' has no schema; did you mean 'button'?"),
        ("vc_row", "'vc_row', a name of WPBakery Page Builder, has no schema; known: audio, "),
    ],
)
def test_a_missing_schema_is_explained_by_a_similar_name_or_by_its_plug_in(
    site: Path, capfd: Any, name: str, said: str
) -> None:
    (site / "shortcodes.toml").write_text(WHOLE, encoding="utf-8")
    status, out, err = call(capfd, "schema", "export", name)
    assert (status, out) == (2, "")
    assert err.startswith(f"shortcodes: {said}")


def test_a_file_that_cannot_be_read_is_reported_in_words(tmp_path: Path) -> None:
    (tmp_path / "shortcodes.toml").write_text('extend = "gone.toml"')
    with pytest.raises(ConfigError) as caught:
        config.read(tmp_path / "shortcodes.toml")
    assert str(caught.value) == f"{tmp_path / 'gone.toml'}: no such file or directory"


def test_a_mistake_in_a_file_of_schemas_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "shortcodes.toml").write_text('schemas = "schemas.toml"')
    (tmp_path / "schemas.toml").write_text("[map]\nattribute = 1")
    with pytest.raises(ConfigError) as caught:
        config.read(tmp_path / "shortcodes.toml").build()
    assert str(caught.value) == (
        f"{tmp_path / 'schemas.toml'}: map has an unknown key 'attribute'; "
        "did you mean 'attributes'?"
    )


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (
            ["[b.attributes]", *(f"a{i} = {{}}" for i in range(1_001))],
            "'b' has more than 1,000 attributes",
        ),
        ([f"[t{i}]" for i in range(10_001)], "more than 10,000 tags and attributes"),
        (
            [
                f"[t{i}.attributes]\n" + "\n".join(f"a{n} = {{}}" for n in range(999))
                for i in range(11)
            ],
            "more than 10,000 tags and attributes",
        ),
    ],
)
def test_a_file_of_schemas_has_a_limit(tmp_path: Path, lines: list[str], reason: str) -> None:
    (tmp_path / "shortcodes.toml").write_text("schemas = 'schemas.toml'", encoding="utf-8")
    path = tmp_path / "schemas.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        config.find(tmp_path).build()
    assert str(raised.value) == f"{path}: {reason}"


def test_schemas_up_to_the_limit_are_declared(tmp_path: Path) -> None:
    (tmp_path / "shortcodes.toml").write_text("schemas = 'schemas.toml'", encoding="utf-8")
    lines = ["[b.attributes]", *(f"a{i} = {{required = true}}" for i in range(1_000))]
    (tmp_path / "schemas.toml").write_text("\n".join(lines), encoding="utf-8")
    assert len(config.find(tmp_path).build().schemas["b"].parameters) == 1_000

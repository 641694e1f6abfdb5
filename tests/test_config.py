"""A site's own shortcodes from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shortcodes import config
from shortcodes.__main__ import main
from shortcodes.config import ConfigError, Configuration

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


def call(capfd: Any, *words: str) -> tuple[int, str, str]:
    """Return the exit status, what was printed, and what was said beside it."""
    status = main([*words])
    printed = capfd.readouterr()
    return status, printed.out, printed.err


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
        ("x = 1", "has an unknown key 'x'; known: templates, schemas, engine, covid19, wordpress"),
        ("templates = 1", ": templates must be a str, not int"),
        ("engine = 'sitecodes'", ": engine must be 'module:name', not 'sitecodes'"),
        ("templates = 'gone'", ": there is no folder "),
        ("schemas = 'gone.toml'", "gone.toml"),
        ("engine = 'sitecodes:number'", "engine = 'sitecodes:number': TypeError: "),
        ("engine = 'nowhere:engine'", "ModuleNotFoundError: No module named 'nowhere'"),
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


def test_without_a_configuration_there_is_nothing_of_a_site(tmp_path: Path) -> None:
    assert config.find(tmp_path) == Configuration()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert config.find(tmp_path) == Configuration()
    (tmp_path / "schemas.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigError, match="must hold an object"):
        Configuration(schemas=tmp_path / "schemas.json").build()


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
def test_a_schema_that_is_not_there_may_be_near_or_that_of_a_plug_in(
    site: Path, capfd: Any, name: str, said: str
) -> None:
    (site / "shortcodes.toml").write_text(WHOLE, encoding="utf-8")
    status, out, err = call(capfd, "schema", "export", name)
    assert (status, out) == (2, "")
    assert err.startswith(f"shortcodes: {said}")

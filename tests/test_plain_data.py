"""JSON, TOML, YAML and XML made to break their reader are one sentence with their place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shortcodes.__main__ import main
from shortcodes_covid19 import Settings, ask, sources

DEEP = "it is nested too deeply"
DIGITS = "a number has too many digits"
PARTS = "a key has more than 100 parts"
TOML = {
    "a = " + "[" * 100_000: DEEP,
    "a = " + "{a=" * 100_000: DEEP,
    "a = " + "9" * 5000: DIGITS,
    "a." * 50_000 + "a = 1": PARTS,
    "[" + "a ." * 50_000 + "a]": PARTS,
    "a = {" + "'b'." * 50_000 + "a=1}": PARTS,
    "a = {" + '"b" . ' * 50_000 + "a=1}": PARTS,
}
JSON = {
    "[" * 100_000: DEEP,
    '{"a":' * 100_000: DEEP,
    '{"a":' + "9" * 5000 + "}": DIGITS,
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(capfd: Any, *words: str) -> tuple[int, str]:
    """Return the exit status and what was said, without its first word."""
    status = main([*words])
    return status, capfd.readouterr().err.removeprefix("shortcodes: ")


@pytest.mark.parametrize(("text", "reason"), [*TOML.items()])
def test_toml_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, capfd: Any, text: str, reason: str
) -> None:
    Path("a.txt").write_text("a")
    Path("pyproject.toml").write_text(text)
    assert said(capfd, "strip", "a.txt") == (2, f"{tmp_path / 'pyproject.toml'}: {reason}\n")
    Path("shortcodes.toml").write_text(text)
    assert said(capfd, "lint", "a.txt") == (2, f"{tmp_path / 'shortcodes.toml'}: {reason}\n")
    Path("schemas.toml").write_text(text)
    Path("shortcodes.toml").write_text("schemas = 'schemas.toml'")
    assert said(capfd, "render", "a.txt") == (2, f"{tmp_path / 'schemas.toml'}: {reason}\n")


@pytest.mark.parametrize(("text", "reason"), [*JSON.items()])
def test_json_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, capfd: Any, text: str, reason: str
) -> None:
    Path("a.json").write_text(text)
    Path("a.txt").write_text("a")
    Path("shortcodes.toml").write_text("schemas = 'a.json'")
    assert said(capfd, "render", "a.txt") == (2, f"{tmp_path / 'a.json'}: {reason}\n")
    Path("shortcodes.toml").unlink()
    status, sentence = said(capfd, "convert", "--from", "json", "a.json")
    assert (status, sentence) == (2, f"a.json: not a tree as json: {reason}\n")
    heard: list[str] = []
    assert ask(sources("file:a.json"), ["EG"], heard.append) == {}
    assert heard == [f"file:a.json: it is no JSON: {reason}"]


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "9" * 5000])
def test_yaml_that_is_no_tree_is_one_sentence(capfd: Any, text: str) -> None:
    Path("a.yaml").write_text(text)
    status, sentence = said(capfd, "convert", "--from", "yaml", "a.yaml")
    assert (status, sentence.count("\n")) == (2, 1)
    assert sentence.startswith("a.yaml: not a tree as yaml: ")


@pytest.mark.parametrize("text", ["<a>" * 100_000, "<shortcodes-tree>" * 9999])
def test_xml_that_is_no_tree_is_one_sentence(capfd: Any, text: str) -> None:
    Path("a.xml").write_text(text)
    status, sentence = said(capfd, "convert", "--from", "xml", "a.xml")
    assert (status, sentence.count("\n")) == (2, 1)
    assert sentence.startswith("a.xml: not a tree as xml: ")


def test_a_sentence_about_a_long_text_is_not_as_long(tmp_path: Path, capfd: Any) -> None:
    Path("shortcodes.toml").write_text("k" * 1_000_000 + " = 1")
    status, sentence = said(capfd, "strip", "-")
    assert (status, len(sentence) < 6000, sentence.count("\n")) == (2, True, 1)
    assert sentence.startswith(f"{tmp_path / 'shortcodes.toml'} has an unknown key ")


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        *((f"minimum = {value}", "must be finite, not ") for value in ("inf", "-inf", "nan")),
        *((f"default = {value}", "must be finite, not ") for value in ("inf", "1e999", "nan")),
        ("choices = ['a', nan]", "must be finite, not nan"),
        ("maximum = " + "9" * 400, "must not have more than 18 digits"),
        ("maximum = 0x" + "f" * 5000, "must not have more than 18 digits"),
    ],
)
def test_a_number_in_a_schema_is_one_that_can_be_compared(
    tmp_path: Path, capfd: Any, limit: str, reason: str
) -> None:
    Path("schemas.toml").write_text(f"[m.attributes.x]\ntype = 'number'\n{limit}\n")
    Path("shortcodes.toml").write_text("schemas = 'schemas.toml'")
    place = f"{tmp_path / 'schemas.toml'}: m.attributes.x.{limit.partition(' ')[0]}"
    status, sentence = said(capfd, "schema", "export", "m")
    assert (status, sentence.count("\n")) == (2, 1)
    assert sentence.startswith(f"{place} {reason}")


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e300, -1, True, 10**400, "1", None])
@pytest.mark.parametrize("name", ["expires", "timeout", "deadline", "limit"])
def test_a_number_that_sources_cannot_count_with_is_refused(name: str, value: Any) -> None:
    if name == "limit" and value == 10**400:
        value = 0
    wanted: dict[str, Any] = {name: value}
    kinds = (int,) if name == "limit" else (int, float)
    error = ValueError if type(value) in kinds else TypeError
    with pytest.raises(error, match=f"^{name} must be an? (number of seconds|whole number|int)"):
        Settings(**wanted)

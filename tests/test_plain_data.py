"""JSON, TOML, YAML and XML made to break their reader are one sentence with their place."""

from __future__ import annotations

import time
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shortcodes.__main__ import main
from shortcodes.files import plain_data
from shortcodes_covid19 import Settings, ask, sources

pytestmark = pytest.mark.usefixtures("in_empty_folder")

PIECES = (
    *("a", ".", "a.", "'b'.", '"".', '"\\"".', "'\"'.", '"\'".', " = ", "=1\n", "[", "]", "{"),
    *("}", ",", "#", "\n", "\r\n", '"', "'", '"""', "'''", "\\", " ", "\t", "1.5", "a.b=1\n"),
    *("[a.b]\n", "='''''''\n", '="""""\\""""\n', "={a.a.a=1}\n", "=['#', 1] # '\n"),
)
"""What TOML is made of, and what may be taken for it."""

DEEP = "it is nested too deeply"
DIGITS = "a number has too many digits"
PARTS = "a key has more than 20 parts"
DOTS = "its keys have more than 20,000 dots"
TOML = {
    "a = " + "[" * 100_000: DEEP,
    "a = " + "{a=" * 100_000: DEEP,
    "a = " + "9" * 5000: DIGITS,
    "a." * 50_000 + "a = 1": PARTS,
    "[" + "a ." * 50_000 + "a]": PARTS,
    "a = {" + "'b'." * 50_000 + "a=1}": PARTS,
    "a = {" + '"b" . ' * 50_000 + "a=1}": PARTS,
    '"\\"".' * 30_000 + "a = 1": PARTS,
    "[" + '"\\\\"\t.' * 30_000 + "a]": PARTS,
    'a = {b = "\'", ' + "c.'.'." * 20 + "c = 1}": PARTS,
    "a = [1, # '\n{" + "'\"'.".join(["b.b.b."] * 10) + "b = 1}]": PARTS,
    'a = """\'\\""""""\n' + "b." * 20 + "'c' = 1": PARTS,
    "a = '''\"'''''\r\n" + "b." * 20 + "'c' = 1": PARTS,
    "".join(f"a{n}{'.a' * 19} = 1\n" for n in range(1100)): DOTS,
    "".join(f"[a.b.k{n}]\n" for n in range(10_001)): DOTS,
}
FINE: dict[str, Any] = {
    "a = '''\n" + "b." * 50 + "'''": {"a": "b." * 50},
    'a = """\\"""' + "." * 50 + '"""': {"a": '"""' + "." * 50},
    "# it's " + "b." * 50 + "\na = 1": {"a": 1},
    "a = '" + "b." * 50 + "'\n'b'.\"\\\"\".c = 1.5": {"a": "b." * 50, "b": {'"': {"c": 1.5}}},
}
"""What only looks as if it had keys of many parts."""
JSON = {
    "[" * 100_000: DEEP,
    '{"a":' * 100_000: DEEP,
    '{"a":' + "9" * 5000 + "}": DIGITS,
}


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


@pytest.mark.parametrize(("text", "meant"), [*FINE.items()])
def test_dots_outside_of_keys_are_not_counted(text: str, meant: Any) -> None:
    assert plain_data.parse_toml(text) == meant


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_key_that_the_reader_reads_is_overlooked(text: str) -> None:
    parser: Any = tomllib._parser  # type: ignore[attr-defined]
    parse_key, read = parser.parse_key, list[int]()

    def counted(source: str, place: int) -> Any:
        end, key = parse_key(source, place)
        read.append(len(key))
        return end, key

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "parse_key", counted)
        with suppress(ValueError):
            tomllib.loads(text)
        patch.setattr(plain_data, "_MAX_PARTS", 3)
        patch.setattr(plain_data, "_MAX_DOTS", 4)
        if max(read, default=0) > 3 or sum(read) - len(read) > 4:
            with pytest.raises(ValueError, match=r"^(a key|its keys) ha(s|ve) more than "):
                plain_data.parse_toml(text)


@pytest.mark.parametrize(
    "piece",
    ['"', "'", '"""', "'''", '""""', '\\"', '"\\', "'.", '".', "a.", "a\t", "#", "\r\n", '"\n'],
)
def test_counting_keys_takes_time_in_proportion(piece: str) -> None:
    def seconds(length: int) -> float:
        text = '"' + piece * (length // len(piece))
        start = time.perf_counter()
        with suppress(ValueError):
            plain_data._check_keys(text)
        return time.perf_counter() - start

    assert seconds(400_000) < 40 * (seconds(40_000) + 0.01)


def test_a_configuration_is_small(tmp_path: Path, capfd: Any) -> None:
    reason = "it is larger than 1,000,000 bytes"
    Path("a.txt").write_text("a")
    for name in ("pyproject.toml", "shortcodes.toml"):
        Path(name).write_text("#" * 1_000_001)
        assert said(capfd, "strip", "a.txt") == (2, f"{tmp_path / name}: {reason}\n")
        assert said(capfd, "strip", "--config", name, "a.txt") == (2, f"{name}: {reason}\n")
    for name in ("a.json", "a.toml"):
        Path(name).write_text(" " * 1_000_001)
        Path("shortcodes.toml").write_text(f"schemas = '{name}'")
        assert said(capfd, "render", "a.txt") == (2, f"{tmp_path / name}: {reason}\n")


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
    assert heard == [f"file:a.json: it is not JSON: {reason}"]


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
    Path("shortcodes.toml").write_text("k" * 900_000 + " = 1")
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

"""Files that hold texts in strings: each is decoded, worked on and encoded again in its place."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shortcodes
from shortcodes.cli.checking.check import Checker
from shortcodes.cli.containers import read_container
from shortcodes.cli.containers.csv_cells import read_csv
from shortcodes.cli.containers.json_strings import read_json
from shortcodes.cli.containers.strings import ContainerError
from shortcodes.lenient.serialised import is_serialised
from tests.command import call, run
from tests.cpu_time import measure
from tests.labelled import labelled
from tests.strategies import texts
from tests.text_files import read_text, write_text

DAMAGED, FIXED = "[gallery ids=”1,2” link=”x”]", '[gallery ids="1,2" link="x"]'
REFUSED = "(--input-format text reads the file as one text)"


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    """Run in a folder of its own."""


# --- JSON ---------------------------------------------------------------------------------------

UNTOUCHED = (
    '{\r\n\t"b" : 1.50e+03, "a": [NaN, -0, 123456789012345678901234567890, "\\u00e9\\/", "é/"],\n'
    ' "[gallery ids=\\"1\\"]": null, "b": "two", "c": "\\ud800 [1]", "d": "[button] [x]"}\n\n'
)


@pytest.mark.parametrize("command", ["strip", "fix"])
def test_json_without_shortcodes_stays_byte_for_byte(capfd: Any, command: str) -> None:
    for text in (UNTOUCHED, f"\ufeff{UNTOUCHED}"):
        write_text("a.json", text)
        assert call(capfd, command, "a.json") == (0, text, "")
        assert call(capfd, command, "--in-place", "a.json") == (0, "", "")
        assert Path("a.json").read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("before", "stripped", "fixed"),
    [
        (
            r'{"a": "<p>\u00e9 [gallery ids=\u201d1,2\u2033] \u2014<\/p>"}',
            r'{"a": "<p>\u00e9  \u2014<\/p>"}',
            r'{"a": "<p>\u00e9 [gallery ids=\"1,2\"] \u2014<\/p>"}',
        ),
        (
            r'["\u003Cp\u003E[gallery ids=”1”]\u003C/p\u003E x\ny\ud83d\ude00 [[gallery]]"]',
            r'[" x\ny\ud83d\ude00 [gallery]"]',
            r'["\u003Cp\u003E[gallery ids=\"1\"]\u003C/p\u003E x\ny\ud83d\ude00 [[gallery]]"]',
        ),
        (
            r'"a \u005bgallery ids=\u00221\"\u005D b"',
            r'"a  b"',
            r'"a \u005bgallery ids=\u00221\"\u005D b"',
        ),
        ("\"[gallery ids='1' link=”/a”]\\u2014\"", '"\\u2014"', None),
    ],
)
def test_a_string_changes_only_where_it_was_meant(
    capfd: Any, before: str, stripped: str, fixed: str | None
) -> None:
    write_text("a.json", before)
    assert call(capfd, "strip", "a.json") == (0, stripped, "")
    status, text, errors = call(capfd, "fix", "a.json")
    assert (status, errors) == (0, "")
    if fixed is not None:
        assert text == fixed
    assert json.loads(text) == _map(json.loads(before), shortcodes.fix)


def test_positions_are_those_in_the_file(capfd: Any) -> None:
    text = '{"x": 1,\n "a": "\\u00e9\\n[gallery ids=\\u201d1\\u201d] [row cols=2 [/row]"}\n'
    write_text("a.json", text)
    status, output, _ = call(capfd, "lint", "--format", "json", "a.json")
    findings = json.loads(output)
    assert status == 1
    assert [(f["code"], f["line"], text[f["start"] : f["end"]]) for f in findings] == [
        ("SC201", 2, "ids=\\u201d1\\u201d"),
        ("SC101", 2, "[row"),
    ]
    column = text.split("\n")[1].index("[/row]") + 1
    assert findings[1]["hint"].endswith(f"at line 2, column {column}")
    (edit,) = findings[0]["fix"]["edits"]
    fixed = text[: edit["start"]] + edit["text"] + text[edit["end"] :]
    assert json.loads(fixed)["a"].split("]")[0] == 'é\n[gallery ids="1"'
    assert call(capfd, "fix", "a.json") == (0, fixed, "")
    (item, *_) = json.loads(call(capfd, "extract", "a.json")[1])
    assert (item["line"], text[item["start"] : item["end"]]) == (
        2,
        "[gallery ids=\\u201d1\\u201d]",
    )
    assert item["attributes"] == {"ids": "1"}
    call(capfd, "lint", "--fix", "a.json")
    assert read_text("a.json") == fixed


def test_children_of_a_shortcode_are_placed_in_the_file(capfd: Any) -> None:
    text = '["\\n[row][col]\\u00e9[/col][/row]"]'
    write_text("a.json", text)
    (row,) = json.loads(call(capfd, "extract", "a.json")[1])
    (col,) = row["children"]
    assert (col["column"], text[col["start"] : col["end"]]) == (10, "[col]\\u00e9[/col]")
    assert (col["content"], col["source"]) == ("é", "[col]é[/col]")


@pytest.mark.parametrize("command", ["strip", "fix", "extract", "lint"])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": "[gallery ids="1"]"}', "not valid JSON at line 1, column 22"),
        ('{"a": 1,\n}', "not valid JSON at line 2, column 1"),
        ('["a\nb"]', "not valid JSON at line 1, column 4"),
        ("", "not valid JSON at line 1, column 1"),
        ("[" * 100_000 + '"[x]"' + "]" * 100_000, "its JSON is nested too deeply to be read"),
    ],
)
def test_json_that_cannot_be_read_is_refused(
    capfd: Any, command: str, text: str, reason: str
) -> None:
    write_text("a.json", text)
    expected = f"shortcodes: a.json: {reason} {REFUSED}\n"
    status, _, errors = call(capfd, command, "a.json")
    assert (status, errors) == (2, expected)
    assert read_text("a.json") == text
    assert call(capfd, command, "--input-format", "text", "a.json")[2].count("not valid") == 0


def test_a_number_may_have_many_digits_and_a_key_may_occur_twice(capfd: Any) -> None:
    text = '{"a": %s, "a": "[gallery ids=”1”]", "a": "[gallery ids=”1”]"}' % ("9" * 10_000)
    write_text("a.json", text)
    assert call(capfd, "strip", "a.json") == (0, text.replace("[gallery ids=”1”]", ""), "")


def test_half_a_surrogate_pair_stays(capfd: Any) -> None:
    write_text("a.json", r'["\ud800[gallery ids=\"1\"]\udc00"]')
    assert call(capfd, "strip", "a.json") == (0, r'["\ud800\udc00"]', "")
    assert call(capfd, "lint", "a.json")[0] == 0


def test_settings_of_plug_ins_stay(capfd: Any) -> None:
    inner = json.dumps([{"a": '[gallery ids="1"]'}])
    serialised = 'a:1:{i:0;s:17:"[gallery ids="1"]";}'
    text = json.dumps({"json": inner, "php": serialised, "list": "[1, 2]", "text": FIXED})
    write_text("a.json", text)
    assert call(capfd, "strip", "a.json")[1] == text.replace(json.dumps(FIXED), '""')


def test_each_line_of_json_lines_is_read(capfd: Any) -> None:
    line = json.dumps({"a": DAMAGED})
    text = f'{line}\n\n  "b"\r\n{line}'
    write_text("a.jsonl", text)
    assert call(capfd, "strip", "a.jsonl")[1] == text.replace(json.dumps(DAMAGED), '""')
    write_text("a.ndjson", f"{line}\n{{\n")
    assert call(capfd, "strip", "a.ndjson") == (
        2,
        "",
        f"shortcodes: a.ndjson: not valid JSON Lines at line 2, column 2 {REFUSED}\n",
    )


# --- CSV and TSV --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "before", "stripped"),
    [
        ("a.csv", '"1","a ""b"" [gallery ids=""1""] c"\r\n', '"1","a ""b""  c"\r\n'),
        ("a.csv", "\ufeff1,[gallery ids=1],x [1]\n", '\ufeff1,"",x [1]\n'),
        ("a.csv", 'a;b\n1;"[gallery ids=""1,2""]\n;"\n', 'a;b\n1;";"\n'),
        ("a.csv", "a,b\n\"[gallery ids='1']\n\", x \n", 'a,b\n"", x \n'),
        ("a.csv", "[gallery ids=1]", '""'),
        ("a.csv", '5" pipe,[gallery ids="1"] "x"\n', '5" pipe," ""x"""\n'),
        ("a.tsv", 'a\tb [gallery ids=1, 2] [gallery ids="1"],\t\n', None),
        ("a.tsv", '"a\t[gallery ids=""1""]"\t1,5\n', '"a\t"\t1,5\n'),
    ],
)
def test_cells_are_stripped(capfd: Any, name: str, before: str, stripped: str | None) -> None:
    write_text(name, before)
    status, output, errors = call(capfd, "strip", name)
    assert (status, errors) == (0, "")
    if stripped is not None:
        assert output == stripped
    separator = "\t" if name == "a.tsv" else ";" if before.startswith("a;") else ","
    rows = csv.reader(io.StringIO(before, newline=""), delimiter=separator)
    after = csv.reader(io.StringIO(output, newline=""), delimiter=separator)
    assert list(after) == [[shortcodes.strip(cell) for cell in row] for row in rows]


def test_a_cell_without_quotes_gets_them_if_it_needs_them(capfd: Any) -> None:
    write_text("a.csv", "1,[gallery ids=”1”]\n")
    assert call(capfd, "fix", "a.csv")[1] == '1,"[gallery ids=""1""]"\n'


@pytest.mark.parametrize("command", ["strip", "fix", "extract", "lint"])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n"1","[gallery ids=\\"1\\"]"\n', 2),
        ('a\n"[gallery ids=""1""]', 2),
        ('"a" b', 1),
    ],
)
def test_csv_with_other_quotes_is_refused(capfd: Any, command: str, text: str, line: int) -> None:
    write_text("a.csv", text)
    reason = "a cell in quotes is not closed, or a quote in it is not written twice"
    status, _, errors = call(capfd, command, "a.csv")
    message = f"shortcodes: a.csv: not valid CSV at line {line}: {reason} {REFUSED}\n"
    assert (status, errors) == (2, message)


# --- which files --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["strip", "fix", "extract", "lint"])
@pytest.mark.parametrize("name", ["a.sql", "a.yaml", "a.YML", "a.js", "a.ts", "a.toml"])
def test_strings_of_other_formats_are_refused(capfd: Any, command: str, name: str) -> None:
    write_text(name, "INSERT INTO x VALUES ('[gallery ids=\\\"1\\\"]');")
    status, _, errors = call(capfd, command, name)
    assert status == 2
    assert errors.startswith(f"shortcodes: {name}: the strings of ")
    assert errors.endswith(f"export its texts as JSON or CSV {REFUSED}\n")
    assert call(capfd, command, "--input-format", "text", name)[0] in (0, 1)


@pytest.mark.parametrize("arguments", [["render"], ["convert"], ["convert", "--to", "markdown"]])
def test_commands_for_one_text_refuse_many(capfd: Any, arguments: list[str]) -> None:
    write_text("a.json", '["[gallery ids=\\"1\\"]"]')
    status, output, errors = call(capfd, *arguments, "a.json")
    assert (status, output) == (2, "")
    assert errors.startswith(
        "shortcodes: a.json: JSON holds many texts, and this command takes one"
    )


def test_a_tree_in_json_is_read_back(capfd: Any) -> None:
    write_text("a.txt", DAMAGED)
    call(capfd, "convert", "a.txt", "-o", "a.json")
    assert call(capfd, "convert", "--from", "json", "a.json") == (0, DAMAGED, "")


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ('{"a": "[gallery ids=\\"1\\"]"}\n', '{"a": ""}\n'),
        ('"[gallery ids=\\"1\\"]"\n{"a": 1}\n', '""\n{"a": 1}\n'),
        ('"[gallery ids=\\"1\\"]"\nText\n', '""\nText\n'),
        ('[gallery ids="1"] "text"', ' "text"'),
    ],
)
def test_standard_input_is_json_if_all_of_it_is(text: str, stripped: str) -> None:
    assert run("strip", "-", stdin=text.encode()) == (0, stripped.encode(), "")


def test_the_format_of_standard_input_can_be_said() -> None:
    line = b'"[gallery ids=""1""]"\n'
    assert run("strip", "--input-format", "csv", "-", stdin=line) == (0, b'""\n', "")
    text = b"\"[gallery ids='1']\""
    assert run("strip", "-", stdin=text) == (0, b'""', "")
    status, _, errors = run("strip", "--input-format", "json", "-", stdin=b"Text")
    assert (status, errors) == (2, f"shortcodes: -: not valid JSON at line 1, column 1 {REFUSED}\n")


def test_a_folder_of_mixed_files_is_linted(capfd: Any) -> None:
    for name in ("a.txt", "b.md", "c.json", "d.sql", "e.csv"):
        write_text(name, DAMAGED)
    write_text("c.json", json.dumps(DAMAGED))
    write_text("e.csv", f'"{DAMAGED}"')
    status, output, errors = call(capfd, "lint", "--statistics", ".")
    assert (status, output) == (1, "2  SC201  [*]  foreign-quotes\n")
    assert "warning" not in errors
    status, output, errors = call(capfd, "lint", "--statistics", "./*")
    assert (status, output) == (1, "4  SC201  [*]  foreign-quotes\n")
    assert errors.startswith("shortcodes: warning: d.sql: the strings of SQL are not read")
    status, output, errors = call(capfd, "lint", "--statistics", "a.txt", "d.sql")
    assert (status, output) == (2, "1  SC201  [*]  foreign-quotes\n")


def test_in_place_leaves_what_it_refuses(capfd: Any) -> None:
    for name in ("a.sql", "b.json"):
        write_text(name, json.dumps(FIXED))
    status, output, errors = call(capfd, "strip", "--in-place", "a.sql", "b.json")
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert [read_text(name) for name in ("a.sql", "b.json")] == [json.dumps(FIXED), '""']


# --- real texts ---------------------------------------------------------------------------------

Change = Callable[[str], str]


def _map(value: Any, change: Change) -> Any:
    """Return data in which the strings that are texts are changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_map(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _map(item, change) for key, item in value.items()}
    return value


def _write_forms(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, Callable[[str], Any]]]:
    """Yield the name, the text and the reader of each form of the rows."""
    yield "a.json", json.dumps(rows), json.loads
    yield "b.json", json.dumps(rows, ensure_ascii=False, indent=2), json.loads
    yield "c.json", json.dumps(rows).replace("/", "\\/").replace("<", "\\u003C"), json.loads
    lines = [json.dumps(row, ensure_ascii=number % 2 == 0) for number, row in enumerate(rows)]
    yield "d.jsonl", "\n".join(lines), lambda text: [json.loads(line) for line in text.split("\n")]
    cells = [[str(number), row["text"], "x"] for number, row in enumerate(rows)]
    forms: list[tuple[str, dict[str, Any]]] = [
        ("e.csv", {}),
        ("f.csv", {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"}),
        ("g.csv", {"delimiter": ";", "quoting": csv.QUOTE_ALL}),
        ("h.tsv", {"delimiter": "\t"}),
    ]
    for name, options in forms:
        file = io.StringIO(newline="")
        csv.writer(file, **options).writerows(cells)
        yield name, file.getvalue(), partial(_read_rows, str(options.get("delimiter", ",")))


def _read_rows(delimiter: str, text: str) -> list[list[str]]:
    limit = csv.field_size_limit(10_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(limit)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["strip", "fix", "lint"])
def test_real_texts_in_strings_become_what_they_become_alone(capfd: Any, command: str) -> None:
    rows = [{"source": row["source"], "text": row["text"]} for row in labelled()]
    change = {"strip": lambda text: shortcodes.strip(text, escapes="keep")}.get(
        command, shortcodes.fix
    )
    for name, text, read in _write_forms(rows):
        write_text(name, text)
        arguments = ["lint", "--fix"] if command == "lint" else [command, "--in-place"]
        call(capfd, *arguments, name)
        after = Path(name).read_bytes().decode()
        assert read(after) == _map(read(text), change), name
        assert read_container(name, after, None) is not None


# --- any texts ----------------------------------------------------------------------------------


def _strip_any(text: str) -> str:
    return shortcodes.strip(text, tags="any")


@given(st.lists(texts, max_size=4), st.booleans())
def test_any_text_in_json_becomes_what_it_becomes_alone(pieces: list[str], is_ascii: bool) -> None:
    source = json.dumps(
        {"a": pieces, "b": [{"c": piece} for piece in pieces]}, ensure_ascii=is_ascii
    )
    container = read_json(source)
    for held in container.texts:
        for offset in range(len(held.text) + 1):
            start = held.find_offset(offset)
            assert json.loads(f'"{source[held.start : start]}"') == held.text[:offset]
    changed = container.change(lambda held: _strip_any(held.text))
    expected = {held.text: _strip_any(held.text) for held in container.texts}
    assert json.loads(changed) == _map(json.loads(source), lambda t: expected.get(t, t))


@given(st.lists(st.lists(texts | st.sampled_from(['"', "", ",", "\n"]), min_size=1), min_size=1))
def test_any_text_in_csv_becomes_what_it_becomes_alone(rows: list[list[str]]) -> None:
    # Other separators would have to be guessed.
    rows = [[re.sub(r"[\0;|\t]", "", cell) for cell in row] for row in rows]
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["1", "2", *row] for row in rows])
    container = read_csv(file.getvalue())
    changed = container.change(lambda held: _strip_any(held.text))
    expected = {held.text: _strip_any(held.text) for held in container.texts}
    before, after = _read_rows(",", file.getvalue()), _read_rows(",", changed)
    assert after == [[expected.get(cell, cell) for cell in row] for row in before]


@given(texts)
def test_any_text_is_read_or_refused(text: str) -> None:
    for name in ("-", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.sql", "a.txt"):
        try:
            container = read_container(name, text, None)
            changed = container.change(lambda held: held.text) if container else text
        except ContainerError:
            continue
        assert changed == text


def test_many_edits_of_a_string_take_linear_time() -> None:
    import time

    checker, times = Checker(fixing=True), []
    for size in (2_000, 8_000):
        write_text("a.json", json.dumps([f"é {DAMAGED} \n" * size]))
        start = time.process_time()
        result = checker.check_file("a.json")
        times.append(time.process_time() - start)
        assert result.fixed == size
    assert times[1] < 10 * times[0]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@pytest.mark.parametrize("rest", ["=1+1", "+1", "-1", "@a", "=HYPERLINK(A1)"])
def test_no_cell_becomes_a_formula(capfd: Any, name: str, rest: str) -> None:
    separator = "," if name == "a.csv" else "\t"
    text = f"id{separator}text\n1{separator}[gallery ids=1]{rest}\n2{separator}[gallery ids=1]a\n"
    write_text(name, text)
    changed = f"id{separator}text\n1{separator}[gallery ids=1]{rest}\n2{separator}a\n"
    warning = (
        f"shortcodes: warning: {name}:2:3: left as it is: without its shortcodes the cell would "
        "begin as a formula of a spreadsheet does\n"
    )
    assert call(capfd, "strip", name) == (0, changed, warning)


def test_a_cell_that_is_a_formula_already_is_changed(capfd: Any) -> None:
    write_text("a.csv", 'id,text\n1,"=A1 [gallery ids=1]"\n')
    assert call(capfd, "strip", "a.csv") == (0, 'id,text\n1,"=A1 "\n', "")


def test_many_escapes_of_many_strings_take_linear_time() -> None:
    def build(count: int) -> str:
        escapes = "".join(f"\\u{0x3400 + number:04x}" for number in range(count))
        strings = ",\n".join(['"a[gallery ids=1]"'] * count)
        return f'["{escapes}",\n{strings}]'

    containers = [read_container("a.json", build(count), None) for count in (1_000, 8_000)]
    times = [
        measure(partial(container.change, lambda held: held.text.replace("[", "é")))
        for container in containers
        if container
    ]
    assert times[1] < 24 * times[0] + 0.1


def test_values_of_php_are_recognised() -> None:
    for value in ("a:0:{}", 's:1:"[";', "i:-1;", "b:0;", "N;", "d:0.5;", 'O:1:"a":0:{}'):
        assert is_serialised(value)
    for text in ("", "a:1", "a: [gallery];", "Note; [x];", "i:1 [x];", "s:3 [x];", "b:2;"):
        assert not is_serialised(text)


SEPARATED = {
    "a comma in the first row": (
        "Name, Vorname;Text\nMüller;[x ids=”1″]\n",
        'Name, Vorname;Text\nMüller;"[x ids=""1""]"\n',
    ),
    "more commas than semicolons": (
        "Titel;Text (kurz, klar, wahr)\nA;[x ids=”1″]\n",
        'Titel;Text (kurz, klar, wahr)\nA;"[x ids=""1""]"\n',
    ),
    "the ends of entities": (
        "a,b\n[x ids=&#8221;1&#8221;],c\n",
        'a,b\n"[x ids=""1""]",c\n',
    ),
    "decimal commas": ("1,50;[x ids=”1″]\n2,50;b\n", '1,50;"[x ids=""1""]"\n2,50;b\n'),
    "commas before a space": ("a, b;[x ids=”1″]\nc, d;e\n", 'a, b;"[x ids=""1""]"\nc, d;e\n'),
    "quotes that begin cells": (
        '1,a;b,"[x ids=”1″]"\n2,c;d,"e"\n',
        '1,a;b,"[x ids=""1""]"\n2,c;d,"e"\n',
    ),
    "semicolons before a space": ("a,b; [x ids=”1″]\n", 'a,"b; [x ids=""1""]"\n'),
    "a comma in each of the first twenty rows only": (
        "a,b;[x ids=”1″]\n" + "c,d;e\n" * 20 + "f;g\n",
        'a,b;"[x ids=""1""]"\n' + "c,d;e\n" * 20 + "f;g\n",
    ),
    "rows of different length": (
        "Name, first;Text\nA;[x ids=”1″];b\n",
        'Name, first;Text\nA;"[x ids=""1""]";b\n',
    ),
    "bars": ("a|b\nc, d|[x ids=”1″]\n", 'a|b\nc, d|"[x ids=""1""]"\n'),
}


@pytest.mark.parametrize(("text", "expected"), SEPARATED.values(), ids=SEPARATED)
def test_the_separator_is_that_of_all_rows(text: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    run("fix", "--in-place", str(path))
    assert path.read_bytes().decode() == expected


AMBIGUOUS = {
    "a,b;[x ids=”1″]\nc,d;e\n": "commas or semicolons",
    "a,b,c;[x ids=”1″]\n": "commas or semicolons",
    "a,b;c|[x ids=”1″]\nd\n": "commas, semicolons or bars",
}


@pytest.mark.parametrize("text", AMBIGUOUS)
@pytest.mark.parametrize("command", [["fix"], ["strip", "--tags", "x"], ["lint", "--fix"]])
def test_csv_with_several_likely_separators_is_not_changed(
    capfd: Any, command: list[str], text: str
) -> None:
    write_text("a.csv", text)
    message = f"a.csv: its cells may be separated by {AMBIGUOUS[text]}; say which with --separator"
    status, _, errors = call(capfd, *command, "a.csv")
    assert (status, message in errors, read_text("a.csv")) == (2, True, text)
    for reading in (["extract"], ["lint", "--exit-zero"]):
        assert call(capfd, *reading, "a.csv")[0] == 0
    write_text("a.csv", text.replace("[x", "(x"))
    assert call(capfd, *command, "a.csv")[0] == 0


@pytest.mark.parametrize("command", ["strip", "fix", "lint"])
def test_the_separator_can_be_said(capfd: Any, command: str) -> None:
    text, written = "a,b;[x ids=”1″]\n", []
    for separator in ("comma", "semicolon"):
        write_text("a.csv", text)
        options = ["--fix", "--exit-zero"] if command == "lint" else ["--in-place"]
        status, *_ = call(
            capfd, command, *options, "--tags", "x", "--separator", separator, "a.csv"
        )
        assert status == 0
        written.append(read_text("a.csv"))
    if command == "strip":
        assert written == ["a,b;\n", 'a,b;""\n']
    else:
        assert written == ['a,"b;[x ids=""1""]"\n', 'a,b;"[x ids=""1""]"\n']


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
def test_exports_with_decimal_commas_keep_their_cells(separator: str, quoting: Any) -> None:
    words = ["Hi [x ids=”1″] y", "Foo, bar", 'say "a", b', "1,5 kg", "a | b; c", ""]
    for size in (1, 2, 7):
        rows = [[f"{n},5", words[n % size if size < 6 else n % 6], "z"] for n in range(size)]
        file = io.StringIO(newline="")
        csv.writer(file, delimiter=separator, quoting=quoting).writerows(rows)
        container = read_csv(file.getvalue())
        changed = container.change(lambda held: shortcodes.fix(held.text))
        assert _read_rows(separator, changed) == _map(rows, shortcodes.fix)

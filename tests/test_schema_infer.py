"""Schemas that are proposed for texts: what they say, and that the texts fit them."""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortcodes import Diagnostic, Document, Engine, parse
from shortcodes.__main__ import main
from shortcodes.schemas.inference import Inference, infer
from tests.labelled import labelled
from tests.samples import samples, terminal

TEXT = """\
[btn url="/a" size=l wide=true n=1 code=007 Since=2026-01-02]x[/btn]
[btn url="https://b.example/" size=m wide=no n=2.5 code=12 ids="1, 2"]
[btn url="#c" size=l wide=1 n=-3 note="" ids=3]
[btn url="/d" size=m wide=0 n=0 note="a b"] [btn url="/e" size=l] [btn url="/f" size=m]
[map Cairo 7][map Valletta 9 x=1 nap][map Port]
[list a b c d colour="#fff"]
[vc_empty_space]
"""
PROPOSED = """\
# What the shortcodes of 1 file fit: a proposal.

[btn]  # 6 times

[btn.attributes]
url = {type = "url", required = true}  # 6 times, 6 values
size = {choices = ["l", "m"], required = true}  # 6 times, 2 values
wide = {type = "boolean"}  # 4 times, 4 values
n = {type = "number"}  # 4 times, 4 values
code = {}  # 2 times, 2 values
since = {type = "date"}  # 1 time, 1 value
ids = {type = "integers"}  # 2 times, 2 values
note = {}  # 2 times, 2 values

[list]  # 1 time
rest = "values"  # up to 4 values without a name

[list.attributes]
colour = {}  # 1 time, 1 value

[map]  # 3 times

[map.attributes]
x = {type = "integer"}  # 1 time, 1 value
value = {required = true, positional = true}  # 3 times, 3 values
value-2 = {type = "integer", positional = true}  # 2 times, 2 values
value-3 = {positional = true}  # 1 time, 1 value

[vc_empty_space]  # 1 time, from WPBakery Page Builder
"""


def proposed(documents: Iterable[Document]) -> dict[str, Any]:
    """Return the proposal as it is read back from TOML, which is what it was before."""
    inference = Inference()
    for document in documents:
        inference.add(document)
    made = inference.schemas()
    assert tomllib.loads("\n".join(inference.toml())) == made
    return made


def misfits(documents: Iterable[Document], schemas: dict[str, Any]) -> list[Diagnostic]:
    declared = Engine(schemas=schemas).schemas
    return [
        found
        for document in documents
        for shortcode in document.shortcodes()
        for found in declared[shortcode.name].check(shortcode)
    ]


def test_the_command_proposes_types_choices_and_what_is_required(
    tmp_path: Path, capfd: Any
) -> None:
    page, toml = tmp_path / "page.txt", tmp_path / "schemas.toml"
    page.write_text(TEXT, encoding="utf-8")
    arguments = ["schema", "infer", str(page), "--tags", "any", "-o", str(toml)]
    assert main(arguments) == 0
    assert toml.read_text("utf-8") == PROPOSED
    assert capfd.readouterr() == ("", "")
    document = parse(TEXT, tags="any")
    assert misfits([document], tomllib.loads(PROPOSED)) == []


def test_the_command_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'[x a="1"] [x a="2"]')))
    assert main(["schema", "infer", "-"]) == 0
    assert capfd.readouterr().out == (
        "# What the shortcodes of 1 file fit: a proposal.\n\n[x]  # 2 times\n\n"
        '[x.attributes]\na = {type = "integer"}  # 2 times, 2 values\n'
    )


def test_text_without_shortcodes_gives_no_schemas() -> None:
    assert infer([parse("nothing [1] here")]) == {}


def test_a_flag_among_values_without_a_name_is_taken_as_one() -> None:
    document = parse("[x on=true 5] [x on] [x on 7] [x 9]", tags=["x"])
    made = proposed([document])
    assert made == {
        "x": {
            "attributes": {
                "on": {"type": "boolean"},
                "value": {"positional": True},
                "value-2": {"positional": True},
            }
        }
    }
    assert misfits([document], made) == []


def test_names_that_differ_in_hyphens_only_are_two_attributes() -> None:
    document = parse("[x a-b=1 a_b=c value=2 d]", tags=["x"])
    made = proposed([document])
    assert list(made["x"]["attributes"]) == ["a-b", "a_b", "value", "value-2"]
    engine = Engine(schemas=made)
    engine.register("x", lambda call, **values: repr(values))
    html = engine.render("[x a-b=1 a_b=c value=2 d]", format="html")
    assert html.unescape() == "{'a-b': 1, 'a_b': 'c', 'value': 2, 'value_2': 'd'}"


def test_what_real_documents_hold_fits_what_is_proposed_for_them() -> None:
    documents = [parse(row["text"]) for row in labelled()]
    made = proposed(documents)
    assert len(made) > 100
    assert misfits(documents, made) == []


NAMES = st.text(alphabet='abAB-_.1"\\#é', min_size=1, max_size=3)
VALUES = st.one_of(
    st.sampled_from(
        ["", " ", "1", "0", "007", "true", "no", "a,b", "1,2", "2026-01-02", "/a", "#"]
    ),
    st.sampled_from(
        ["2026-99-99", "1,", ",", "１", "+1", "-", ".", "1.5", "\x07", "é\\n", "TRUE "]
    ),
    st.text(max_size=4),
)
ATTRIBUTES = st.lists(st.tuples(st.none() | NAMES, VALUES, st.sampled_from("\"'")), max_size=5)


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from(["x", "y-1", "é"]), ATTRIBUTES), max_size=8))
def test_whatever_is_written_fits_what_is_proposed_for_it(
    tags: list[tuple[str, list[tuple[str | None, str, str]]]],
) -> None:
    text = "".join(
        f"[{tag} {' '.join(f'{n}={q}{v}{q}' if n else f'{q}{v}{q}' for n, v, q in given)}]"
        for tag, given in tags
    )
    for dialect in ("lenient", "wordpress"):
        documents = [parse(text, tags=["x", "y-1", "é"], dialect=dialect)]
        assert misfits(documents, proposed(documents)) == []


@pytest.mark.slow
@pytest.mark.checkout
def test_the_page_about_schemas_shows_what_the_command_prints(tmp_path: Path) -> None:
    page = Path(__file__).parents[1] / "docs/schemas.md"
    for sample in samples(page):
        if sample.file:
            sample.write(tmp_path)
    told = [one for sample in samples(page, "console") for one in sample.commands]
    assert len(told) == 2
    assert [(command, terminal(command, tmp_path)) for command, _ in told] == told


def test_a_proposal_never_overwrites_a_text(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    assert main(["schema", "infer", str(path), "-o", str(path)]) == 2
    said = f"shortcodes: --output: {path} is a file of this call already\n"
    assert (path.read_text(), capsys.readouterr().err) == (TEXT, said)

"""Why names count: what a document, `extract` and the command say is evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shortcodes
from shortcodes.nodes import Evidence
from tests.command import call

CASES: dict[str, tuple[str, str, str, int | None]] = {
    # what is evidence: the text, the name, the reason, where
    "a quoted value": ("[x]\n[x a=”1″ b]", "x", "an attribute in quotes", 4),
    "bare values": ("a [x a=1 b=2]", "x", "attributes and nothing else in the tag", 2),
    "an address": ("[my-map https://a.example/b]", "my-map", "an address as its only value", 0),
    "a value of a player": ("[youtube=abc]", "youtube", "a value directly after the name", 0),
    "an identifier": ("[vimeo 141353303]", "vimeo", "an identifier of this player", 0),
    "a pair": ("a [x]b[/x]", "x", "a closing tag", 2),
    "a slash": ("[my-x /]", "my-x", "white space and a slash at the end of the tag", 0),
    "a block": (
        "<!-- wp:shortcode -->[x y]<!-- /wp:shortcode -->",
        "x",
        "a shortcode block of the WordPress editor around it",
        21,
    ),
    "a gallery alone": ("a\n\n[gallery]\n\nb", "gallery", "a paragraph of its own", 3),
    "a known plug-in": ("[contact-form-7]", "contact-form-7", "a name of a known plug-in", None),
}


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_evidence_is_named_with_its_place(case: str, dialect: str) -> None:
    text, name, reason, offset = CASES[case]
    if dialect == "wordpress":
        text = text.replace("”1″", '"11"')
    found = shortcodes.parse(text, dialect=dialect).find_evidence()
    assert found == {name: Evidence(reason, offset)}


def test_lists_of_names_are_evidence_too() -> None:
    text = "[x] [y]"
    expected: dict[str, dict[str, Evidence]] = {
        "none": {},
        "tags": {"x": Evidence("a name among the tags")},
        "known": {"y": Evidence("a known name")},
        "any": dict.fromkeys("xy", Evidence("any name counts")),
    }
    found = {
        "none": shortcodes.parse(text).find_evidence(),
        "tags": shortcodes.parse(text, tags=["x"]).find_evidence(),
        "known": shortcodes.parse(text, known=["y"]).find_evidence(),
        "any": shortcodes.parse(text, tags="any").find_evidence(),
    }
    assert found == expected


PIECES = (
    *("[x]", "[/x]", '[x a="1"]', "[y a=1]", "[gallery]", "[z-a /]", "[z-a", "]", "\n\n", "b"),
    *("[edit]", "[/edit]", "[ted a]", "---\n", "<![CDATA[", "]]>", "[[x]]", "\\[vc_row\\]"),
)


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=9,
    ).map("".join),
    st.sampled_from(["lenient", "wordpress"]),
    st.booleans(),
)
def test_every_shortcode_has_evidence(text: str, dialect: str, undo: bool) -> None:
    document = shortcodes.parse(text, dialect=dialect, undo_typography=undo)
    evidence = document.find_evidence()
    assert {shortcode.name for shortcode in document.shortcodes()} <= set(evidence)
    for reason, offset in evidence.values():
        assert reason
        assert offset is None or text[offset] in "[\\"


def test_extract_adds_the_evidence_to_every_item() -> None:
    items = shortcodes.extract('---\na: b\n---\n[x]\n[x a="1"][y b="1"][/x]', evidence=True)
    first = {"reason": "an attribute in quotes", "line": 5, "column": 1}
    assert [(item["start"], item["evidence"]) for item in items] == [(13, first), (17, first)]
    (inner,) = items[1]["children"]
    assert inner["evidence"] == {"reason": "an attribute in quotes", "line": 5, "column": 10}
    assert "evidence" not in shortcodes.extract("[gallery ids=1]")[0]
    with pytest.raises(TypeError):
        shortcodes.extract("", evidence="yes")  # type: ignore[arg-type]


@pytest.mark.usefixtures("in_empty_folder")
def test_the_command_says_where_in_the_file_the_evidence_is(capfd: Any) -> None:
    Path("a.json").write_text('{"a": 1,\n "b": "c [x a=\\"1\\"]",\n "d": "[contact-form-7]"}\n')
    status, out, _ = call(capfd, "extract", "--evidence", "a.json")
    assert status == 0
    assert [(item["name"], item["evidence"]) for item in json.loads(out)] == [
        ("x", {"reason": "an attribute in quotes", "line": 2, "column": 10}),
        ("contact-form-7", {"reason": "a name of a known plug-in", "line": None, "column": None}),
    ]

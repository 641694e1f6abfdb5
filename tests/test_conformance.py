"""The engine reads every vector of grammar/conformance as it stands there."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import shortcodes
from scripts.conformance_vector import vector
from tests.repository import ROOT

FOLDER = ROOT / "grammar" / "conformance" / "lenient"
VECTORS = [
    (f"{path.relative_to(FOLDER)}:{number}", json.loads(line))
    for path in sorted(FOLDER.rglob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


@pytest.mark.parametrize(("place", "expected"), VECTORS, ids=[place for place, _ in VECTORS])
def test_the_engine_reads_the_vector(place: str, expected: dict[str, Any]) -> None:
    assert vector(expected["title"], expected["text"], **expected["options"]) == expected


@pytest.mark.parametrize(("place", "expected"), VECTORS, ids=[place for place, _ in VECTORS])
def test_spans_and_words_of_the_vector_agree(place: str, expected: dict[str, Any]) -> None:
    text = expected["text"]
    for item in expected["items"]:
        for attribute in item.get("attributes", ()):
            start, end = attribute["value_span"]
            assert text[start:end] == attribute["raw"]
            opening, closing = attribute["quotes"] or ("", "")
            whole = text[slice(*attribute["span"])]
            assert opening in whole
            assert whole.endswith(closing)


def test_valid_vectors_hold_items_and_invalid_ones_none() -> None:
    assert {(place.split("/")[0], bool(vector["items"])) for place, vector in VECTORS} == {
        ("valid", True),
        ("invalid", False),
    }


def test_titles_are_unique_within_a_file() -> None:
    titles = [(place.split(":")[0], vector["title"]) for place, vector in VECTORS]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(("place", "expected"), VECTORS, ids=[place for place, _ in VECTORS])
def test_the_tree_covers_the_text_without_gaps(place: str, expected: dict[str, Any]) -> None:
    document = shortcodes.parse(expected["text"], **expected["options"])
    assert "".join(node.source for node in document.children) == expected["text"]


def test_every_vector_that_the_specification_names_exists() -> None:
    specification = (FOLDER.parent.parent / "SPEC.md").read_text(encoding="utf-8")
    named = re.findall(r"(\w+/\w+): \*(.+?)\*", specification)
    existing = {(place.split(".")[0], vector["title"]) for place, vector in VECTORS}
    assert len(named) > 10
    assert [name for name in named if name not in existing] == []


def test_the_specification_names_vectors_for_each_of_its_rules() -> None:
    specification = (FOLDER.parent.parent / "SPEC.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (\d)\. [^\n]+\n(.*?)(?=^## )", specification, re.DOTALL | re.M)
    rules = [f"{n}.{rule}" for n, text in sections for rule in re.findall(r"^(\d+)\. ", text, re.M)]
    named = re.findall(r"^\| (\d\.\d+) \| \w+/\w+: \*", specification, re.M)
    assert named == rules

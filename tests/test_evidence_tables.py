"""The tables of evidence agree with the grammar, which both dialects cannot ask."""

from __future__ import annotations

import re
import sys
from html.entities import html5

import pytest

import shortcodes
import shortcodes.dialects
from shortcodes.detection.tables import QUOTE, SPACE
from shortcodes.lenient.grammar import terminals
from shortcodes.linting.agreement import PLAIN
from tests.cpu_time import measure

CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1)]
ENTITIES = [
    *(f"&{name}" for name in html5 if name.endswith(";")),
    *(f"&#{code};" for code in range(0x10000)),
    *(f"&#x{code:x};" for code in range(0x10000)),
    *(f"&#X{code:X};" for code in range(0x10000)),
]
TAGS = ["<br>", "<BR />", "<br/>", "<p>", "</P>", "<b>", "<br a>", '\\"', "\\'"]


def test_quotes_and_spaces_are_those_of_the_grammar() -> None:
    for own, name in ((QUOTE, "_QUOTE"), (SPACE, "_WS")):
        ours, theirs = re.compile(own), re.compile(terminals()[name])
        differ = [
            text
            for text in [*CHARACTERS, *ENTITIES, *TAGS]
            if bool(ours.fullmatch(text)) != bool(theirs.fullmatch(text))
        ]
        assert (name, differ) == (name, [])


def test_whatever_separates_attributes_separates_bare_values_everywhere() -> None:
    gap = re.compile(terminals()["_GAP"])
    separators = [character for character in CHARACTERS if gap.fullmatch(character)]
    assert len(separators) > 35
    for separator in separators:
        text = f"[x a=1{separator}b=2]"
        assert shortcodes.extract(text, tags=["x"])[0]["attributes"] == {"a": "1", "b": "2"}
        assert bool(PLAIN.fullmatch(text)) == (separator in " \t\n\v\f\r")


@pytest.mark.parametrize("unit", ["[a ", "[a b=", "[a_b ", '[a="x', "[a b='"])
@pytest.mark.parametrize("dialect", shortcodes.dialects.DIALECTS)
def test_many_tags_with_one_end_cost_linear_time(unit: str, dialect: str) -> None:
    def parse(size: int) -> float:
        return measure(lambda: shortcodes.parse(unit * size + "=/]", dialect=dialect))

    assert parse(8000) < 20 * parse(1000)

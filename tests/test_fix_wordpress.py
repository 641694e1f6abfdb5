"""The real WordPress reads in a fixed text exactly the attributes that the lenient reader found."""

from __future__ import annotations

import re
from operator import contains
from random import Random

import pytest

import shortcodes
from shortcodes.lenient import typography
from shortcodes.linting.in_parts import fix
from tests.test_wordpress_typographer import CASES, SEED, typeset
from tests.wordpress.generated import case
from tests.wordpress.process import WordPress

pytestmark = pytest.mark.slow

SPACES = re.compile("[\u00a0\u200b]+")


def as_wordpress_counts(attributes: list[tuple[str | None, str]]) -> list[list[str | int]]:
    """Attributes as WordPress hands them over: names in lower case, positional ones counted."""
    found: dict[str | int, str] = {}
    place = 0
    for name, value in attributes:
        if name is not None:
            found[name.lower()] = SPACES.sub(" ", value)
        elif value:
            found[place] = SPACES.sub(" ", value)
            place += 1
    return [[key, value] for key, value in found.items()]


@pytest.mark.parametrize("undo", [False, True], ids=["as found", "typography undone"])
def test_wordpress_reads_what_was_found_in_typeset_shortcodes(
    wordpress: WordPress, capsys: pytest.CaptureFixture[str], undo: bool
) -> None:
    random = Random(SEED)
    made = [case(random, wild=wild) for wild in (False, True) for _ in range(CASES // 2)]
    fixed, expected, left = [], [], 0
    for sent in typeset(wordpress, made):
        given, text = sent.given, sent.text
        found: list[shortcodes.Diagnostic] = []
        after = fix(text, tags=[given.tag], undo_typography=undo, diagnostics=found)
        left += bool(found)
        if not found and after != text:
            fixed.append({"op": "do", "tags": [given.tag], "text": after})
            (shortcode,) = shortcodes.parse(text, tags=[given.tag]).shortcodes()
            expected.append([(a.name, a.value) for a in shortcode.attribute_nodes])
    differences = []
    for request, pairs, answer in zip(fixed, expected, wordpress.calls(fixed), strict=True):
        found_ones = as_wordpress_counts(pairs)
        undone_ones = as_wordpress_counts([(name, typography.undo(value)) for name, value in pairs])
        read = [call["atts"] for call in answer["calls"]]
        # A value is not undone where no straight quote could carry it then.
        choices = [[a, b] if undo else [a] for a, b in zip(found_ones, undone_ones, strict=True)]
        if (
            len(read) != 1
            or not all(map(contains, choices, read[0]))
            or len(read[0]) != len(choices)
        ):
            differences.append((request["text"], read, choices))
    with capsys.disabled():
        print(f"\n{len(fixed):,} fixed and read by WordPress, {left:,} left with a diagnostic")
    assert differences == []

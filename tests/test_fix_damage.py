"""A safe fix of a damaged tag writes what was meant, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import shortcodes
from shortcodes import wordpress

with Path(__file__).with_name("damage.jsonl").open(encoding="utf-8") as _lines:
    KINDS = [json.loads(line) for line in _lines]
"""Kinds of damage: a damaged tag, and the attributes that were meant."""

LEFT = {
    "a part of the next attribute": "[x a=”b&c=”d”]",
    "a quote before a space": '[x a=’5" pipe’]',
    "a quote at the end": '[x a="5""]',
    "a tag in a bare value": "[x a=b<img> c=”d”]",
    "a tag around the value": '[x a="<i title="b">c</i>"]',
    "a tag that is not closed": "[x a=”<b>c” d=”e”]",
    "a quote that is not closed, and one in a word": "[x a=“b c”d e=”f”]",
    "a bracket": "[x a=”[b” c=”d”]",
    "an equals sign too many": "[x a=>”b” c]",
    "a comma after a bare value and a positional": "[x a=1, b c=”d”]",
    "quotes that are doubled": '[x a=""5 pipe""]',
    "a bar between values": "[x a=”b” | c=”d”]",
    "quotes that nothing reads": "[x a=‹b› c=”d”]",
    "escapes that nothing reads": "[x a=u0022bu0022 c=”d”]",
}


def read_by_wordpress(text: str) -> dict[str, str] | None:
    """Return the attributes of the first `[x …]` that WordPress runs, with a number for a name of
    those that have none; `None` if it runs none.
    """
    calls: list[dict[str, str]] = []

    def handle(attrs: Any, content: str | None, tag: str) -> str:
        calls.append({str(name): value for name, value in dict(attrs).items()})
        return ""

    wordpress.do_shortcode(text, {"x": handle})
    return calls[0] if calls else None


def mend(kind: dict[str, Any]) -> str:
    """Return what becomes of a kind of damage: mended, left or wrong."""
    fixed = shortcodes.fix(kind["text"], tags=["x"])
    if fixed == kind["text"]:
        return "left"
    return "mended" if read_by_wordpress(fixed) == kind["meant"] else "wrong"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["kind"])
def test_a_damaged_tag_is_mended_to_what_was_meant_or_left(kind: dict[str, Any]) -> None:
    assert mend(kind) != "wrong"


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_a_value_that_nobody_could_have_meant_is_written_by_no_safe_fix(text: str) -> None:
    assert shortcodes.fix(text, tags=["x"]) == text
    assert shortcodes.lint(text, tags=["x"])


@pytest.mark.parametrize("closing", ["<code>[/button]</code>", "[button b=1]c[/button]"])
def test_no_safe_fix_ends_a_shortcode_whose_closing_tag_is_misspelt(closing: str) -> None:
    text = f"[button a=1]Order[/buton] {closing}"
    assert shortcodes.fix(text, tags=["button"]) == text
    misspelt = [d for d in shortcodes.lint(text, tags=["button"]) if d.code == "SC102"]
    found = [(d.message, d.hint, text[slice(*d.span)]) for d in misspelt]
    assert found == [("[/buton] closes nothing", "did you mean [/button]?", "[/buton]")]


def test_a_tag_is_mended_without_being_closed() -> None:
    text = "[x a=”b”] members only <pre>[/x]</pre>"
    assert shortcodes.fix(text, tags=["x"]) == text.replace("”", '"')
    closed = '[x a="b" /] members only <pre>[/x]</pre>'
    assert shortcodes.fix(text, tags=["x"], unsafe=True) == closed

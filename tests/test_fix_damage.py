"""A safe fix of a damaged tag writes what was meant, or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes import wordpress

with Path(__file__).with_name("damage.jsonl").open(encoding="utf-8") as lines:
    CASES = [json.loads(line) for line in lines]
"""Damaged forms of one tag, and whether a safe fix mends them. Those that are not mended need
another reading, or are read by WordPress without a fix."""

MEANT = {"ids": "1,2", "columns": "3", "title": "Two words"}

LEFT = {
    "a part of the next attribute": '[x a="b&c="d"]',
    "a quote before a space": '[x a=’5" pipe’]',
    "a quote at the end": '[x a="5""]',
    "a tag in a bare value": "[x a=<b> c=”d”]",
    "a tag with the quotes of the value": '[x a="<i title="b">c</i>"]',
    "a tag that is not closed": "[x a=”<b>c” d=”e”]",
    "a quote that is not closed, and one in a word": "[x a=“b c”d e=”f”]",
    "a bracket": "[x a=”[b” c=”d”]",
    "an equals sign too many": "[x a=>”b” c]",
    "a comma after a bare value and a positional": "[x a=1, b c=”d”]",
    "an attribute in a value": "[x a=”1 b=2” c=”d”]",
    "quotes that are doubled around inches": '[x a=""5"" pipe""]',
    "a tag whose end is elsewhere": '<b>[x a="1"</b> c="2"]',
    "a tag name after the backslash of a line break": "[x \\title=”a”, c=”d”]",
}


def read_fixed(text: str) -> dict[str, str] | None:
    """Return what WordPress reads in the first tag of the fixed text, or `None` if it is not fixed.

    Attributes without a name have their number as name.
    """
    fixed = shortcodes.fix(text, tags=["x"])
    return None if fixed == text else read_by_wordpress(fixed)


def read_by_wordpress(text: str) -> dict[str, str]:
    calls: list[dict[str, str]] = []

    def handle(attrs: Any, content: str | None, tag: str) -> str:
        calls.append({str(name): value for name, value in dict(attrs).items()})
        return ""

    wordpress.do_shortcode(text, {"x": handle})
    return calls[0] if calls else {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_damaged_tag_is_mended_to_what_was_meant_or_not_at_all(case: dict[str, Any]) -> None:
    assert read_fixed(case["text"]) == (MEANT if case["fixed"] else None)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_a_value_that_nobody_could_have_meant_is_never_written_by_a_safe_fix(text: str) -> None:
    assert shortcodes.fix(text, tags=["x"]) == text


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_such_a_tag_is_still_a_finding(text: str) -> None:
    assert shortcodes.lint(text, tags=["x"])


def test_a_repair_keeps_the_text_around_and_the_slash() -> None:
    text = 'a [x b="c",\nd="e"; /] “f” [x g=“h”, i=“j”]k[/x]'
    assert shortcodes.fix(text, tags=["x"]) == 'a [x b="c" d="e" /] “f” [x g="h" i="j"]k[/x]'


def test_in_the_wordpress_dialect_no_repair_is_safe() -> None:
    text = '[x a="b", c="d"]'
    assert shortcodes.fix(text, tags=["x"], dialect="wordpress") == text
    fixed = shortcodes.fix(text, tags=["x"], dialect="wordpress", unsafe=True)
    assert fixed == '[x a="b" c="d"]'


@pytest.mark.parametrize("closing", ["<code>[/button]</code>", "[button b=1]c[/button]"])
def test_no_safe_fix_ends_a_shortcode_if_its_closing_tag_is_anywhere(closing: str) -> None:
    text = f"[button a=1]Order[/buton] {closing}"
    assert shortcodes.fix(text, tags=["button"]) == text
    misspelt = [d for d in shortcodes.lint(text, tags=["button"]) if d.code == "SC102"]
    expected = (
        [] if closing == "[/button]" else [("[/buton] closes nothing", "did you mean [/button]?")]
    )
    assert [(d.message, d.hint) for d in misspelt] == expected


QUOTES = [
    *('""', "''", "“”", "””", "”″", "„“", "„”", "«»", "‘’", "’’", "``", "´´", "‹›", "「」", "＂＂"),
    *("'\"", '"”', "“'", ["", '"'], ['"', ""], ["“", ""], ["", "”"], ['""', '"'], ["”", "””"]),
    *(["&quot;", "&quot;"], ["&#8221;", "&#8243;"], ["&amp;quot;", "&amp;quot;"]),
    *(['\\"', '\\"'], ['\\\\"', '\\\\"'], ["u0022", "u0022"], ["\\u0022", "\\u0022"]),
    *(['""', '""'], ["''", "''"], ['“"', '"”'], ['"', '""'], ["”", "”,"], ["“", "”\u200e"]),
    *(['<em>"', '"</em>'], ["<em>”", "”</em>"], ['"<a href="u">', '</a>"']),
]
EQUALS = ["=", " = ", "==", "=>", ": ", ":=", "＝", "&nbsp;=&nbsp;", "=\u200e", "= =", "=<b></b>"]
JUNK = [
    *(
        ",",
        ";",
        "|",
        "&",
        "&amp;",
        "/",
        "\\n",
        "\\r\\n",
        "\\",
        "+",
        ".",
        "-",
        "–",
        "::",
        "%20",
        "*",
    ),
    *("<br>", "<br />\n", "</p>\n<p>", "</span><span>", '</b><b class="c">', "<b></b>", "<p>"),
    *("</p>", '</a><a href="u">', "<!-- c -->", "<", ">", "`", "´", '"', "'", "”", "“", "=", "*"),
    *("\u200e", "\u200b", "\u2060", "\u00ad", "\u2028", "\u3000", "\ufeff", "(", ")", "{", "}"),
    *("&nbsp;", "&ensp;", "&zwnj;", "&#x200e;", "&amp;nbsp;", "&quot;"),
]
VALUES = ["1,2", "3", "Two words", "100%", "عربي نص", "/a?b=1", "a-b_c"]
NAMES = ["ids", "columns", "title"]


@st.composite
def damaged_tags(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """A tag with one kind of damage, in all of its attributes or in one, and what was meant."""
    names = draw(st.sampled_from([NAMES, NAMES[:1], NAMES[1:]]))
    meant = {name: draw(st.sampled_from(VALUES)) for name in names}
    usual = draw(st.sampled_from(['""', "””", "“”", ["&#8221;", "&#8243;"]]))
    damage = draw(st.sampled_from(["quotes", "equals", "gap", "end", "start"]))
    every = draw(st.booleans())
    quotes = draw(st.sampled_from(QUOTES)) if damage == "quotes" else usual
    equals = draw(st.sampled_from(EQUALS)) if damage == "equals" else "="
    junk = draw(st.sampled_from(JUNK)) + draw(st.sampled_from(["", " "]))
    parts = []
    for index, (name, value) in enumerate(meant.items()):
        is_damaged = every or index == 0
        opening, closing = quotes if is_damaged else usual
        parts.append(f"{name}{equals if is_damaged else '='}{opening}{value}{closing}")
    gap = junk if damage == "gap" else " "
    start, end = (" " + junk if damage == "start" else " "), (junk if damage == "end" else "")
    return f"[x{start}{gap.join(parts)}{end}{draw(st.sampled_from(['', ' /']))}]", meant


@settings(max_examples=600, deadline=None, derandomize=True)
@given(damaged_tags())
def test_a_safe_fix_writes_no_value_that_was_not_meant(case: tuple[str, dict[str, str]]) -> None:
    text, meant = case
    assert read_fixed(text) in (None, meant)

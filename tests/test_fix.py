"""Fixed shortcodes are read by WordPress as they were meant; everything else stays to the byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes.cli.checking.check import Checker
from shortcodes.detection import Tags
from shortcodes.dialects import READERS, DialectReader
from shortcodes.linting.applying import apply_fixes
from shortcodes.linting.in_parts import fix
from shortcodes.nodes import Reader
from tests.strategies import delimiters, texts

FIXED = {
    "curly quotes": ("[x a=”b c”]", '[x a="b c"]'),
    "a prime": ("[x a=”100″ /]", '[x a="100" /]'),
    "entities": ("[x a=&#8221;b&#8221; c=&#8217;d&#8242;]", '[x a="b" c="d"]'),
    "guillemets with their spaces": ("[x a=\u00a0»b\u00a0» c=«d»]", '[x a="b" c="d"]'),
    "a value that holds double quotes": ('[x a=’a "b" c’]', "[x a='a \"b\" c']"),
    "curly quotes inside stay": ("[x a=”say “hi””]", '[x a="say “hi”"]'),
    "two that do not match": ('[x a="b”]', '[x a="b"]'),
    "no space between": ('[x a="b"c="d"]', '[x a="b" c="d"]'),
    "a line break as a tag": ('[x<br />\na="b"</p>\n<p>c="d"]', '[x a="b" c="d"]'),
    "a no-break space after the name": ('[x\u00a0a="b"]', '[x a="b"]'),
    "a no-break space as an entity": ('[x&nbsp;a="b"&nbsp;/]', '[x a="b" /]'),
    "other white space stays": ("[x\n\ta=”b”\n]", '[x\n\ta="b"\n]'),
    "a quote that is never closed": ('[x a="b c d=e]', '[x a="b c" d=e]'),
    "an empty value": ("[x a=” b=”” c=]", '[x a="" b="" c=""]'),
    "a slash that belongs to a value": ("[x a=”b” c=//e.com/]", '[x a="b" c="//e.com/"]'),
    "a slash that does not": ("[x a=”b” c=e.com/]", '[x a="b" c=e.com/]'),
    "a comma between attributes, and at the end": ("[x a=”b”, c=”d”;]", '[x a="b" c="d"]'),
    "marks of direction": ('[x a="b"\u200f c="d"\u200e/]', '[x a="b" c="d" /]'),
    "wide and line separators": ('[x a="b"\u3000c=d\u2028e]', '[x a="b" c=d e]'),
    "tags of an editor": ('[x a=<i class="j">"b"</i> c="d"<span>\ufeff</span>]', '[x a="b" c="d"]'),
    "entities encoded twice": ("[x a=&amp;quot;b&amp;quot;&amp;nbsp;c=d]", '[x a="b" c=d]'),
    "a positional": ("[x “a b” c]", '[x "a b" c]'),
    "a backslash is doubled": ("[x a=”C:\\dir”]", '[x a="C:\\\\dir"]'),
    "entities are decoded": ("[x a=”b &amp; c” d=e&#215;f]", '[x a="b & c" d=e×f]'),
    "the closing tag and the content stay": ("[x a=”b”]“c”[/x]", '[x a="b"]“c”[/x]'),
    "nested ones": ("[x a=”b”][x c=”d”][/x][/x]", '[x a="b"][x c="d"][/x][/x]'),
}

HEALTHY = [
    "", "no shortcode", '[x a="b"]', "[x a='b' /]", "[x a=b]", "[x d/]", '[x a="" "b c" d=3/]',
    '[x a="b &amp; c" d="C:\\dir"]', '[x a = "b"\n\tc="d"]', "[x a=\"it's\" b='5\"']",
    '[x a="“b”"]', '[x a="b"\u00a0c="d"]', "[x=b]", "[x a=b]“c”[/x]", "[[x a=”b”]]", "[y a=”b”]",
    "<!-- [x a=”b”] -->", '<a title="[x a=&quot;b&quot;]">', "<a title='[x a=”b”]'>",
]  # fmt: skip

LEFT = {
    "both quotes": ("[x a=”5\" and 6'”]", "a"),
    "a closing bracket": ("[x a=”[1]” b=”c”]", "a"),
    "an unclosed angle bracket": ("[x a=”1 < 2”]", "a"),
    "a name that is not ASCII": ("[x é=”b”]", "é"),
    "a positional with both": ("[x “5\" and 6'”]", "a positional attribute"),
}


@pytest.mark.parametrize(("text", "expected"), FIXED.values(), ids=FIXED)
def test_what_wordpress_misreads_is_rewritten(text: str, expected: str) -> None:
    found: list[shortcodes.Diagnostic] = []
    assert (fix(text, tags=["x"], diagnostics=found), found) == (expected, [])


@pytest.mark.parametrize("text", HEALTHY)
def test_what_wordpress_reads_stays_to_the_byte(text: str) -> None:
    found: list[shortcodes.Diagnostic] = []
    assert (fix(text, tags=["x"], diagnostics=found), found) == (text, [])


@pytest.mark.parametrize(("text", "whose"), LEFT.values(), ids=LEFT)
def test_what_no_straight_quote_can_carry_is_left_with_a_diagnostic(text: str, whose: str) -> None:
    found: list[shortcodes.Diagnostic] = []
    (shortcode,) = shortcodes.parse(text, tags=["x"]).shortcodes()
    span = shortcode.attribute_nodes[0].span
    message = f"the value of {whose} cannot be written in straight quotes"
    assert fix(text, tags=["x"], diagnostics=found) == text
    assert [(d.code, d.message, d.span) for d in found] == [("SC203", message, span)]


@pytest.mark.parametrize("text", ['[x 0="a"]', "[x 0=a b=c]", "[x 0=”a” b=”c d”]", "[x 0='']"])
def test_an_attribute_that_wordpress_drops_for_its_name_is_left_with_a_diagnostic(
    text: str,
) -> None:
    found: list[shortcodes.Diagnostic] = []
    assert fix(text, tags=["x"], diagnostics=found) == text
    assert fix(text, tags=["x"], unsafe=True) == text
    said = [(d.code, d.message, d.span[0]) for d in found]
    assert said == [("SC203", "WordPress drops attributes named 0", 3)]


def test_typography_in_values_is_undone_when_asked_where_a_quote_can_carry_it() -> None:
    text = "[x a=”9×9 – it’s” b=”“hi”…” c=”it’s “hi””]"
    assert fix(text) == '[x a="9×9 – it’s" b="“hi”…" c="it’s “hi”"]'
    assert fix(text, undo_typography=True) == """[x a="9x9 - it's" b='"hi"...' c="it’s “hi”"]"""


def test_in_markdown_brackets_names_and_values_keep_their_backslashes() -> None:
    text = "\\[vc\\_row a\\_b=”1/1″ c=”x\\_y &amp; z”\\]"
    expected = '\\[vc\\_row a\\_b="1/1" c="x\\_y &amp; z"\\]'
    assert fix(text, markdown=True) == expected


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(text=texts | delimiters | st.lists(delimiters | texts, max_size=4).map(" ".join))
@pytest.mark.parametrize("options", [{}, {"undo_typography": True}, {"markdown": True}], ids=str)
def test_fixing_twice_changes_nothing_more(text: str, options: dict[str, Any]) -> None:
    once = fix(text, tags="any", **options)
    assert fix(once, tags="any", **options) == once


VAIN = (
    "[x b=«[][\ta=\"]']",
    "[x b=«[y c=«]",
    "[x b=«c d=«e f=«]",
    "[x a='b c='d, e=']",
    "[x a=“b, c=“",
)


@pytest.mark.parametrize("text", VAIN)
def test_a_fix_after_which_the_same_problem_is_found_again_is_not_offered(text: str) -> None:
    problems = {(d.code, d.span[0]) for d in shortcodes.lint(text, tags=["x"]) if d.fix}
    for problem in shortcodes.lint(text, tags=["x"]):
        if problem.fix and problem.fix.edits[0].span[0] > problem.span[0]:
            _, after = apply_fixes(text, [problem], unsafe=True)
            left = {(d.code, d.span[0]) for d in shortcodes.lint(after, tags=["x"])}
            assert (problem.code, problem.span[0]) not in left, problems
    once = fix(text, tags=["x"], unsafe=True)
    assert fix(once, tags=["x"], unsafe=True) == once


QUOTED = st.lists(
    st.sampled_from([*"[]«»“”\"'=, \t/\\", "[x", "[/x]", " a=", " b=", "[y", "k", "&quot;", "<b>"]),
    max_size=16,
).map(lambda pieces: f"[x{''.join(pieces)}")


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(text=texts | delimiters | QUOTED)
@pytest.mark.parametrize(
    "options",
    [{}, {"undo_typography": True}, {"markdown": True}, {"dialect": "wordpress"}],
    ids=str,
)
def test_fixing_unsafely_twice_changes_nothing_more(text: str, options: dict[str, Any]) -> None:
    options = {"tags": ["x", "y"], **options}
    once = fix(text, unsafe=True, **options)
    assert fix(once, unsafe=True, **options) == once


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(text=st.lists(delimiters | texts, max_size=4).map(" ".join))
@example("[x] [/x ]")
def test_only_delimiters_change_and_their_attributes_stay(text: str) -> None:
    before = shortcodes.parse(text, tags="any")
    after = shortcodes.parse(fix(text, tags="any"), tags="any")
    assert prose(before) == prose(after)
    assert [read(sc) for sc in before.shortcodes()] == [read(sc) for sc in after.shortcodes()]


def prose(document: shortcodes.Document) -> list[str]:
    """What stands around the delimiters: closing ones lose the white space in them."""
    parts, position = [], 0
    for start, end in document.delimiter_spans():
        parts.append(document.source[position:start])
        position = end
    return [*parts, document.source[position:]]


def read(shortcode: shortcodes.Shortcode) -> tuple[str, bool, list[tuple[str | None, str]]]:
    """What a shortcode says, with the backslashes that a fix doubles left out."""
    said = [
        (a.name, re.sub(r"\\", "", a.value)) for a in shortcode.attribute_nodes if a.name or a.value
    ]
    return shortcode.name, shortcode.close_span is None, said


def test_a_text_with_one_damaged_quote_is_read_three_times(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts: list[tuple[str, str]] = []

    def count(dialect: str, reader: DialectReader) -> DialectReader:
        def read(
            text: str, tags: Tags, *, skip_code: bool, markdown: bool, escapes: bool
        ) -> Reader:
            texts.append((dialect, text))
            return reader(text, tags, skip_code=skip_code, markdown=markdown, escapes=escapes)

        return read

    for dialect, reader in READERS.items():
        monkeypatch.setitem(
            cast(dict[str, DialectReader], READERS), dialect, count(dialect, reader)
        )
    damaged, healthy = '<p>[map zoom="7”]</p>', '<p>[map zoom="7"]</p>'
    path = tmp_path / "page.html"
    path.write_text(damaged, encoding="utf-8")
    expected = [("lenient", damaged), ("wordpress", damaged), ("lenient", healthy)]
    assert Checker(fixing=True).check_file(str(path)).after == healthy
    assert texts == expected
    texts.clear()
    assert fix(damaged, diagnostics=[]) == healthy
    assert texts == expected
    texts.clear()
    assert Checker().check_file(str(path)).fixed == 0
    assert texts == expected
    texts.clear()
    path.write_text(healthy, encoding="utf-8")
    assert Checker(fixing=True).check_file(str(path)).after is None
    assert texts == [("lenient", healthy)]

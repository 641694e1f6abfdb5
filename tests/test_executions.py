"""The grammar's two executions, Lark's parser and the scanner, read every text alike."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given, settings

import shortcodes
from shortcodes.delimiters import Break
from shortcodes.lenient.grammar import grammar_text, quote_marks
from shortcodes.lenient.lark_reader import Broken, describe, read_delimiter
from shortcodes.lenient.regions import Regions, region_openers
from shortcodes.lenient.scanner import Scanner
from tests.strategies import delimiters, texts

BRACKET = re.compile(r"\\?\[")


@pytest.mark.slow
@pytest.mark.parametrize("markdown", [False, True])
@settings(max_examples=1500, deadline=None)
@given(text=delimiters | texts)
@example(text="[x caption=”X “Y” Z” w=”1″]")
@example(text="[x a=’x” b=’y”]")
@example(text='[x a="1 ] [ 3" b]')
@example(text="[x a=« b » /]")
@example(text="[x=a=b c= d=e f==g/]")
@example(text='[x a="never closed b=c]')
@example(text='[b= ” a=""]')
@example(text='[x "<a href="y">z</a>" /]')
def test_both_readers_read_the_same_delimiter_at_every_bracket(text: str, markdown: bool) -> None:
    for match in BRACKET.finditer(text):
        by_lark = read_delimiter(text, match.start(), markdown=markdown)
        by_scanner = Scanner(text, markdown=markdown).read(match.start())
        assert by_scanner == (None if isinstance(by_lark, Broken) else by_lark)


@pytest.mark.slow
@pytest.mark.parametrize("markdown", [False, True])
@settings(max_examples=500, deadline=None)
@given(text=texts)
def test_a_delimiter_reads_the_same_wherever_it_stands(text: str, markdown: bool) -> None:
    scanner = Scanner(text, skip_code=False, markdown=markdown)
    for delimiter in scanner.read_delimiters():
        alone = Scanner(text[delimiter.start :], markdown=markdown).read(0)
        assert alone is not None
        found = scanner.read(delimiter.start)
        assert found is not None
        assert found[0] == delimiter
        assert [(a.name, a.value, a.quotes) for a in found[1]] == [
            (a.name, a.value, a.quotes) for a in alone[1]
        ]


def test_lark_says_where_a_delimiter_breaks_off_and_what_was_expected() -> None:
    broken = read_delimiter("[x a=1 [y]")
    assert isinstance(broken, Broken)
    assert broken.offset == 7
    assert broken.expected == {
        "BARE",
        "BARE_KEY",
        "CLOSE",
        "DOUBLE_QUOTE",
        "KEY",
        "SELF_CLOSE",
        "SINGLE_QUOTE",
        "_GAP",
    }


@pytest.mark.slow
@pytest.mark.parametrize("markdown", [False, True])
@settings(max_examples=500, deadline=None)
@given(text=delimiters | texts)
def test_a_tag_breaks_off_where_lark_stops(text: str, markdown: bool) -> None:
    document = shortcodes.parse(text, tags="any", skip_code=False, markdown=markdown)
    assume(not document.split_by_html)
    for tag in document.loose.unterminated:
        whole = read_delimiter(text, tag.start, markdown=markdown)
        assert isinstance(whole, Broken)
        broken = document.find_break(tag)
        assert broken is not None
        if whole.expected == {"VALUE"}:
            assert broken.expected in (("a closing quote",), ("`]`",))
        else:
            assert broken == Break(whole.offset, describe(whole.expected))


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("[x a=1 [y]", 7, ("an attribute", "`]`", "`/]`")),
        ("[x a=1 b= [y]", 10, ("a value",)),
        ('[x a=1 b="c', 10, ("a closing quote",)),
        ('[x a=1 b="c"', 12, ("`]`",)),
        ("[x a=1 b=“c” [y", 12, ("`]`",)),
        ('[x a=1 b="c [y k=1 b="d', 10, ("a closing quote",)),
    ],
)
def test_what_was_expected_is_said_in_plain_words(
    text: str, offset: int, expected: tuple[str, ...]
) -> None:
    document = shortcodes.parse(text, tags="any")
    assert document.find_break(document.loose.unterminated[0]) == (offset, expected)


@pytest.mark.slow
@pytest.mark.parametrize("markdown", [False, True])
@settings(max_examples=500, deadline=None)
@given(text=delimiters | texts)
def test_values_are_those_of_the_attributes(text: str, markdown: bool) -> None:
    scanner = Scanner(text, markdown=markdown)
    for delimiter in scanner.read_delimiters():
        if delimiter.is_closing:
            continue
        attributes = scanner.read_attributes(delimiter.start)
        assert scanner.read_values(delimiter.start, delimiter.end) == [
            (a.name or "", a.value) for a in attributes
        ]


@pytest.mark.slow
@pytest.mark.parametrize("markdown", [False, True])
@settings(max_examples=500, deadline=None)
@given(text=texts)
@example(text="<!-- [a --> b=1] [c d=2]")
@example(text='[a b="<pre>" c=] [d] </pre> [e]')
@example(text="[a `b`] [c ` d]` [e]")
@example(text="[a\n```\nb=1]\n[c]\n```\n[d]")
@example(text="<pre>[a b=«c][d]» e]</pre> [f g=«h [i] j»] [k]")
def test_a_text_is_read_as_if_from_left_to_right(text: str, markdown: bool) -> None:
    scanner, regions = Scanner(text, markdown=markdown), Regions(text, markdown)
    opener = re.compile(region_openers(markdown))
    expected, position = [], 0
    while position < len(text):
        read = scanner.read(position)
        region = opener.match(text, position)
        if read:
            expected.append(read[0])
            position = read[0].end
        elif region:
            position = regions.find_end(region.lastgroup or "", *region.span())
        else:
            position += 1
    whole = Scanner(text, markdown=markdown)
    found = list(whole.read_delimiters())
    assume(not whole.refused)  # what HTML splits is read otherwise
    assert found == expected


def test_character_classes_of_the_grammar_agree_with_its_table_of_quotes() -> None:
    marks = quote_marks()
    double, single = set(marks.double) - {'"'}, set(marks.single) - {"'"}
    without_guillemets = double - set(marks.guillemets)
    allowed = [double, single, double | single]
    allowed += [without_guillemets, without_guillemets | single, set(marks.guillemets), set("″‶")]
    allowed += [set("׳״"), {"`"}]  # letters of Hebrew words, and the fences of Markdown
    classes = re.findall(r"\[[^\n]*?[^\\]\]", re.sub(r"\\\[|\\\]", "", grammar_text()))
    quotes = [set(characters) & (double | single) for characters in classes]
    assert [each for each in quotes if each and each not in allowed] == []

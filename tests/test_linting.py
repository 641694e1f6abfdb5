"""All problems in one pass, in order, none twice; what is fixed is gone, nothing else changes."""

from __future__ import annotations

import pickle
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.agreement import PLAIN, is_read_alike
from shortcodes.linting.applying import apply_fixes
from shortcodes.linting.comparison import Comparison, compare
from shortcodes.linting.in_parts import fix_and_lint
from shortcodes.linting.registered import RegisteredNames
from shortcodes.linting.run import Linter
from tests.labelled import labelled
from tests.strategies import delimiters, texts
from tests.test_fix_wordpress import SPACES, as_wordpress_counts
from tests.test_strip import _ARTICLE
from tests.wordpress.process import WordPress

PIECES = [
    "[x]", '[x a="1"]', "[/x]", "[y b='c d' /]", "[y]", "[/y]", "[x/]", " text ", "<b>", "</b>",
    "<", ">", "[[", "]]", "]", "[", "[x a=1/]", "[x-y k=v]", "[x:z]", "<!--", "-->", "<code>",
    "</code>", "[/x ]", "<a t='[y]'>", "[x a=”b”]", '[x a="b]c"]', '[x a="b"c="d"]', "[x\u00a0a=1]",
    '[y a="say "hi""]', '[y a="b",c="d"]', "[x a=”5\" 6'”]", '[y a="1 < 2"]', '[y a="C:\\d"]',
]  # fmt: skip
structures = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
anything = structures | texts | st.lists(delimiters | texts, max_size=4).map(" ".join)
OPTIONS: list[dict[str, Any]] = [
    {"tags": "any"},
    {"tags": ["x", "y"]},
    {"tags": "any", "markdown": True},
    {"tags": "any", "dialect": "wordpress"},
]
dialects = pytest.mark.parametrize("options", OPTIONS, ids=str)


@pytest.mark.slow
@dialects
@settings(max_examples=500, deadline=None)
@given(text=anything)
def test_findings_are_in_order_none_twice_and_in_the_text(
    text: str, options: dict[str, Any]
) -> None:
    found = shortcodes.lint(text, **options)
    assert found == sorted(found, key=lambda d: (d.span, d.code))
    assert len(found) == len(set(found))
    for diagnostic in found:
        start, end = diagnostic.span
        assert 0 <= start < end <= len(text)
        assert re.match(r"[^A-Z.]", diagnostic.message) or diagnostic.message.startswith("Word")
        for edits in [diagnostic.fix.edits] if diagnostic.fix else []:
            flat = [place for edit in edits for place in edit.span]
            assert edits
            assert flat == sorted(flat)
            assert flat[-1] <= len(text)
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.slow
@dialects
@settings(max_examples=500, deadline=None)
@given(text=anything)
def test_the_parser_reports_what_lint_does(text: str, options: dict[str, Any]) -> None:
    seen = ["SC101", "SC102", "SC103", "SC109", "SC201", "SC202", "SC301"]
    by_rules = {bare(d) for d in shortcodes.lint(text, select=seen, **options)}
    by_parser = {bare(d) for d in shortcodes.parse(text, **options).diagnostics}
    assert by_rules <= by_parser
    said_better = {"SC102", "SC202"}
    assert {code for code, *_ in by_parser - by_rules} <= said_better


def bare(diagnostic: Diagnostic) -> tuple[str, str, tuple[int, int]]:
    """A diagnostic without its fix."""
    return diagnostic.code, diagnostic.message, diagnostic.span


@pytest.mark.slow
@dialects
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@settings(max_examples=500, deadline=None)
@given(text=anything)
def test_what_was_fixed_is_not_found_again_and_fixing_twice_changes_nothing(
    text: str, options: dict[str, Any], unsafe: bool
) -> None:
    done = fix_and_lint(text, unsafe=unsafe, **options)
    left = [d for d in done.left if d.fix and (unsafe or d.fix.safe)]
    assert left == []
    again = fix_and_lint(done.text, unsafe=unsafe, **options)
    assert (again.text, again.fixed, again.left) == (done.text, (), done.left)
    assert done.text == shortcodes.fix(text, unsafe=unsafe, **options)


@pytest.mark.slow
@pytest.mark.parametrize("options", OPTIONS[:3], ids=str)
@settings(max_examples=500, deadline=None)
@given(text=anything)
def test_safe_fixes_change_nothing_of_what_the_lenient_dialect_reads(
    text: str, options: dict[str, Any]
) -> None:
    after = shortcodes.fix(text, **options)
    assert meaning(text, **options) == meaning(after, **options)


def meaning(text: str, **options: Any) -> list[Any]:
    """What shortcodes say, but for the backslashes that WordPress needs twice and empty values."""
    return [
        (
            sc.name,
            sc.close_span is None,
            [(a.name, a.value.replace("\\", "")) for a in sc.attribute_nodes if a.name or a.value],
        )
        for sc in shortcodes.parse(text, **options).shortcodes()
    ]


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(text=anything)
def test_safe_fixes_change_nothing_of_what_the_wordpress_dialect_reads(text: str) -> None:
    options: dict[str, Any] = {"tags": "any", "dialect": "wordpress"}
    assert meaning(shortcodes.fix(text, **options), **options) == meaning(text, **options)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(text=structures, unsafe=st.booleans())
@example(text='[y a="1 < 2"]<!--<b>[x][x]', unsafe=True)
def test_what_wordpress_reads_of_a_healthy_shortcode_stays(text: str, unsafe: bool) -> None:
    options: dict[str, Any] = {"tags": ["x", "y", "x-y"]}
    assert healthy_and_changed(text, unsafe, options) == []


def healthy_and_changed(text: str, unsafe: bool, options: dict[str, Any]) -> list[Any]:
    """The shortcodes in which nothing was found, and which WordPress reads otherwise after fixes.

    A tag that swallows others changes what these are to WordPress, so that their content counts
    only where nothing of structure was found. An unsafe fix may end the HTML tag that WordPress saw
    in `"1 < 2"`; a comment that this tag had swallowed then hides the shortcodes after it.
    """
    before = Linter(**options).build_subject(text)
    found = shortcodes.lint(text, **options)
    after_text = shortcodes.fix(text, unsafe=unsafe, **options)
    after = Linter(**options).build_subject(after_text)
    if len(before.shortcodes) != len(after.shortcodes):
        return [] if unsafe else [(text, after_text)]
    whole = not any(d.code.startswith(("SC1", "SC9")) for d in found)
    changed = []
    for was, now in zip(before.shortcodes, after.shortcodes, strict=True):
        start, end = was.open_span
        if any(start < d.span[1] and d.span[0] < end for d in found):
            continue
        pair = before.read_at(start), after.read_at(now.open_span[0])
        read = [
            one and (one.name, one.attributes, one.positional, whole and one.close_span is None)
            for one in pair
        ]
        hidden = unsafe and pair[1] is None
        if read[0] != read[1] and (whole or (pair[0] is not None and not hidden)):
            changed.append((text, after_text, was.source, *read))
    return changed


@pytest.mark.slow
@settings(max_examples=2000, deadline=None)
@given(text=structures | st.lists(st.sampled_from(PIECES[:25]), max_size=9).map("".join))
@example("<!-- text >[x]")
def test_texts_that_are_known_to_read_alike_do_read_alike(text: str) -> None:
    read = Linter(tags="any").build_subject(text)
    rows = list(read.meant.items().rows())
    if not read.suspects and is_read_alike(text, rows, read.names):
        assert compare(read.meant, read.by_wordpress) == Comparison()


@pytest.mark.slow
@settings(max_examples=2000, deadline=None)
@given(text=delimiters | st.sampled_from(PIECES))
def test_a_plain_delimiter_has_the_same_attributes_in_both_dialects(text: str) -> None:
    if PLAIN.fullmatch(text):
        lenient, wordpress = (
            [
                (a.name and a.name.lower(), SPACES.sub(" ", a.value.rstrip("/")))
                for sc in shortcodes.parse(text, tags="any", dialect=dialect).shortcodes()
                for a in sc.attribute_nodes
                if a.name or a.value
            ]
            for dialect in ("lenient", "wordpress")
        )
        assert lenient == wordpress


def test_fixes_that_overlap_wait_for_the_next_round_and_the_same_one_is_made_once() -> None:
    one = Fix("a", (Edit((0, 2), "xy"), Edit((4, 5), "")))
    other = Fix("b", (Edit((3, 6), "z"),))
    last = Fix("c", (Edit((6, 6), "!"),))
    none = Fix("d", (Edit((7, 8), "7"),))
    unsafe = Fix("e", (Edit((8, 9), ""),), safe=False)
    fixes = [one, one, other, last, none, unsafe, None]
    found = [Diagnostic("SC101", str(i), (i, i + 1), fix=fix) for i, fix in enumerate(fixes)]
    mended, text = apply_fixes("0123456789", found)
    assert ([d.message for d in mended], text) == (["0", "1", "3"], "xy235!6789")
    mended, text = apply_fixes("0123456789", found, unsafe=True)
    assert ([d.message for d in mended], text) == (["0", "1", "3", "5"], "xy235!679")


def test_iterators_are_accepted_where_collections_are() -> None:
    text = "[x “a b”][y “c d”]"
    every_kind: tuple[Any, ...] = (["x"], ("x",), {"x"}, iter(["x"]))
    for tags in every_kind:
        assert shortcodes.fix(text, tags=tags, select=iter(["SC2"])) == '[x "a b"][y “c d”]'
    assert fix_and_lint(text, known=iter(["y"]), ignore=iter(["SC1"])).text == '[x “a b”][y "c d"]'
    found = shortcodes.lint(text, known=iter(["y"]))
    assert [(d.code, d.span) for d in found] == [("SC201", (12, 17))]


def test_an_engine_says_which_names_are_shortcodes() -> None:
    engine = shortcodes.Engine()
    engine.register("note", "text")
    assert shortcodes.lint("[note] [note k=”v”]x[/note]") == shortcodes.lint(
        "[note] [note k=”v”]x[/note]", engine=engine
    )
    assert shortcodes.lint("[note “a b”]", select=["SC2"]) == []
    (found,) = shortcodes.lint("[note “a b”]", select=["SC2"], engine=engine)
    assert found.fix == Fix(
        "rewrite the tag so that WordPress reads it", (Edit((0, 12), '[note "a b"]'),)
    )


# --- the article --------------------------------------------------------------------------------


@pytest.mark.skipif(not _ARTICLE.is_file(), reason="the article is not here")
def test_the_article_has_four_findings_each_with_one_safe_fix(wordpress: WordPress) -> None:
    text = _ARTICLE.read_text("utf-8")
    cards = list(shortcodes.parse(text).shortcodes())
    found = shortcodes.lint(text)
    assert [(d.code, d.message) for d in found] == [
        ("SC201", f"{len(card.attribute_nodes)} values are in quotes that WordPress does not read")
        for card in cards
    ]
    assert [d.fix.safe if d.fix else None for d in found] == [True] * 4
    done = fix_and_lint(text)
    assert (done.fixed, done.left) == (tuple(found), ())
    answer = wordpress.call("do", tags=[cards[0].name], text=done.text)
    assert [call["atts"] for call in answer["calls"]] == [
        as_wordpress_counts([(a.name, a.value) for a in card.attribute_nodes]) for card in cards
    ]


# --- labelled documents -------------------------------------------------------------------------


def test_no_error_is_found_where_nothing_is_a_shortcode() -> None:
    false = [
        (found.code, found.message, row["text"][start:end])
        for row in labelled()
        for found in shortcodes.lint(row["text"])
        if found.severity == "error"
        for start, end, label in row["spans"]
        if label == "F" and found.span[0] < end and start < found.span[1]
    ]
    assert false == []


@pytest.mark.slow
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_fixes_of_real_documents_change_no_healthy_shortcode(unsafe: bool) -> None:
    for row in labelled():
        assert healthy_and_changed(row["text"], unsafe, {}) == []
        if not unsafe:
            assert meaning(row["text"]) == meaning(shortcodes.fix(row["text"]))


@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
def test_names_are_in_the_order_of_the_list_of_tags_then_of_appearance(
    listed: list[str], names: list[str]
) -> None:
    expected = tuple(name for name in dict.fromkeys([*listed, *names]) if name in names)
    assert RegisteredNames([], tuple(listed)).sort(names) == expected
    assert RegisteredNames(listed, None).sort(names) == tuple(dict.fromkeys(names))
    assert RegisteredNames(names, frozenset(listed)).all == {*listed, *names}

"""Comments that suppress findings: what each is for, and what is said of mistaken ones."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes.diagnostics import Edit

BAD = "[map zoom=”7″ zoom=8]"
"""SC201 and SC301."""
BOTH = ["SC201", "SC301"]


def codes(text: str, **options: object) -> list[str]:
    chosen = {"select": [*BOTH, "SC0", "SC102"], **options}
    return [found.code for found in shortcodes.lint(text, **chosen)]  # type: ignore[arg-type]


def comment(what: str) -> str:
    return f"<!-- shortcodes: {what} -->"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (BAD, BOTH),
        (f"{BAD} {comment('ignore')}", []),
        (f"{comment('ignore')} {BAD}", []),
        (f"{comment('ignore SC201')} {BAD}", ["SC301"]),
        (f"{BAD} {comment('ignore SC201, SC301')}", []),
        (f"{BAD} {comment('ignore SC201 SC301')}", []),
        (f"{BAD} {comment('ignore SC2')}", ["SC301"]),
        (f"{BAD} {comment('ignore foreign-quotes')}", ["SC301"]),
        (f"{BAD} {comment('ignore ALL')}", []),
        (f"{BAD} {comment('ignore SC201 -- so it was, -- SC301')}", ["SC301"]),
        (f"{BAD} <!--shortcodes:ignore SC201-->", ["SC301"]),
        (f"{BAD} <!--shortcodes:ignore-->", []),
        (f"{BAD} <!--\n shortcodes:\tignore\n SC201\n-->", ["SC301"]),
        # alone on its line, it is for the next one that is not blank
        (f"{comment('ignore')}\n{BAD}", []),
        (f"  {comment('ignore')} \r\n \r\n{BAD}", []),
        (f"{comment('ignore')}\r{BAD}", []),
        (f"{comment('ignore SC201')}\n\n{comment('ignore SC301')}\n{BAD}", []),
        (f"{comment('ignore')}\n{BAD}\n{BAD}", BOTH),
        (f"<!-- shortcodes: ignore\n SC201 -->\n{BAD}", ["SC301"]),
        # beside something else, only for its own
        (f"a {comment('ignore SC201')}\n{BAD}", ["SC002", *BOTH]),
        (f"{BAD}\n{comment('ignore SC201')}", [*BOTH, "SC002"]),
        # a delimiter belongs to the line on which it begins
        (f"{comment('ignore')}\n[map zoom=”7″\n  place=”x”\n  zoom=8]", []),
        (f"[map zoom=”7″\n  zoom=8] {comment('ignore SC301')}", ["SC201"]),
        # the whole text
        (f"{BAD}\n{comment('ignore-file')}\n{BAD}", []),
        (f"{BAD}\n{BAD} {comment('ignore-file SC2')}", ["SC301", "SC301"]),
        # not suppressions
        (f"{BAD} <!-- Shortcodes: ignore -->", BOTH),
        (f"{BAD} <!-- about shortcodes: ignore -->", BOTH),
        (f"{BAD} <!-- shortcodes: ignore", BOTH),
        (f"<code>{comment('ignore')}</code> {BAD}", BOTH),
        (f"<script>{comment('ignore')}</script> {BAD}", BOTH),
    ],
)
def test_a_comment_suppresses_what_it_names_on_its_line_or_the_next(
    text: str, left: list[str]
) -> None:
    assert codes(text) == left


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_comments_are_read_in_every_format_and_dialect(form: str) -> None:
    text = f"{comment('ignore')}\n{BAD}\n"
    assert codes(text, format=form) == []
    other = f"{comment('ignore SC102')}\n[/gallery]\n"
    assert codes(other, format=form, dialect="wordpress", tags=["gallery"]) == []


def test_comments_in_the_code_of_markdown_are_no_suppressions() -> None:
    text = f"```html\n{comment('ignore')}\n```\n`{comment('ignore')}` {BAD}\n"
    assert codes(text, format="markdown") == BOTH


def test_what_the_parser_sees_is_not_suppressed_in_the_document() -> None:
    document = shortcodes.parse(f"{BAD} {comment('ignore')}")
    assert [found.code for found in document.diagnostics] == BOTH


@pytest.mark.parametrize(
    ("what", "place", "message", "hint"),
    [
        ("ignore foreign-quote", None, None, "did you mean 'foreign-quotes'?"),
        ("ignore-file xyz", "xyz", "no rule is called 'xyz'", ""),
        ("ignore sc201", "sc201", "no rule is called 'sc201'", "did you mean 'SC201'?"),
        ("ignroe SC201", "ignroe", None, "did you mean 'ignore'?"),
        ("", "", "a suppression must be 'ignore' or 'ignore-file', not ''", ""),
    ],
)
def test_a_suppression_of_what_is_not_there_is_a_finding(
    what: str, place: str | None, message: str | None, hint: str
) -> None:
    text = f"a {comment(what)} b"
    (found,) = shortcodes.lint(text, select=["SC0"])
    assert (found.code, found.hint) == ("SC001", hint)
    assert place is None or text[slice(*found.span)] == place
    assert message is None or found.message == message


@pytest.mark.parametrize(
    ("text", "message", "fixed"),
    [
        (
            f"a\n  {comment('ignore')}\nb\n",
            "the suppression suppresses nothing",
            "a\nb\n",
        ),
        (f"a {comment('ignore SC201')} b", "the suppression of SC201 suppresses nothing", "a  b"),
        (
            f"{BAD} {comment('ignore SC201, SC102, SC301, SC1 -- so it is')}",
            "the suppression of SC102, SC1 suppresses nothing",
            f"{BAD} {comment('ignore SC201, SC301 -- so it is')}",
        ),
        (f"{comment('ignore-file SC102')}", "the suppression of SC102 suppresses nothing", ""),
    ],
)
def test_a_suppression_that_is_not_needed_is_a_finding_and_goes(
    text: str, message: str, fixed: str
) -> None:
    found = [one for one in shortcodes.lint(text) if one.code == "SC002"]
    assert [one.message for one in found] == [message]
    fix = found[0].fix
    assert fix is not None
    assert fix.safe
    (edit,) = fix.edits
    assert isinstance(edit, Edit)
    assert text[: edit.span[0]] + edit.text + text[edit.span[1] :] == fixed


C = "<!-- shortcodes: ignore SC201 -->"
BLOCKS = {
    f"words\n{C}\n    <script>alert(1)</script>\n": None,
    f"words\n{C}\n---\n": None,
    f"- a\n\n{C}\n\n    <script>": None,
    f"- a\n{C}\n- b": None,
    f"- a\n\n{C}\n\n- b": None,
    f"a\n\n{C}\n\n1. b": None,
    f"> {C}\n    a": None,
    f"{C} *a*": None,
    f"{C}\nb": None,
    f"a  {C}\nb": None,
    f"a\n\n{C}\n\nb": "a\n\n\nb",
    f"{C}\n\nb": "\nb",
    f"a {C} b": "a  b",
    f"a {C}\nb": "a \nb",
}


@pytest.mark.parametrize(("text", "after"), [*BLOCKS.items()])
def test_a_comment_that_may_end_a_block_of_markdown_stays(text: str, after: str | None) -> None:
    assert shortcodes.fix(text, format="markdown", markdown=True) == (after or text)


@pytest.mark.parametrize(
    "text",
    [
        f"<b title='> {C} x'>",
        f"<b title='>{C}<'>",
        f'<a href="java > {C} script:alert(1)">',
        f"<iframe> {C} </iframe>",
        f"<iframe>{C}</iframe>",
        f"<xmp>> {C} </xmp>",
    ],
)
def test_a_comment_in_a_tag_or_in_raw_text_stays(text: str) -> None:
    assert shortcodes.fix(text, format="html") == text
    if "title" in text or "href" in text:
        assert shortcodes.fix(text, format="html", unsafe=True) == text


def test_of_a_comment_in_markdown_codes_go_wherever_it_stands() -> None:
    text = "<!-- shortcodes: ignore SC201, SC102 -->\n- [map zoom=”7″]\n"
    assert shortcodes.fix(text, format="markdown", select=["SC002"]) == text.replace(", SC102", "")


def test_whether_a_suppression_is_needed_rules_that_are_not_selected_say_too() -> None:
    text = f"a {comment('ignore SC201')} b\n{BAD} {comment('ignore SC301')} {comment('ignore SC2')}"
    assert codes(text, select=["SC0", "SC1"]) == ["SC002"]
    assert codes(text, select=None, ignore=["SC201", "SC9"]) == ["SC002"]
    assert codes(text, select=["SC2"]) == []


PIECES = [
    *(comment(what) for what in ("ignore", "ignore SC201", "ignore SC3 SC1", "ignore-file SC102")),
    "<!-- shortcodes: ignore",
    " -- because -->",
    "<!-- shortcodes:-->",
    *("\n", "\r\n", " ", "a", "<code>", "</code>", "<!--", "-->"),
    *(
        "[map zoom=”7″]",
        "[map zoom=7 zoom=8]",
        "[map a=“",
        "”]",
        "[/map]",
        "[map\nzoom=”7″\nzoom=1]",
    ),
]


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_comments_take_findings_away_and_add_none_but_their_own(text: str) -> None:
    without = text.replace("shortcodes:", "shortcodes,")
    left = [found for found in shortcodes.lint(text) if found.code not in ("SC001", "SC002")]
    assert {(found.code, found.span) for found in left} <= {
        (found.code, found.span) for found in shortcodes.lint(without)
    }
    fixed = shortcodes.fix(text)
    assert shortcodes.fix(fixed) == fixed
    assert not any(found.fix and found.fix.safe for found in shortcodes.lint(fixed))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        f"{comment('ignore SC201 SC9')}\n",
        f"{comment('ignore')}{BAD} ",
        f"[map a=”1″\n{comment('ignore')}",
        "<!-- shortcodes:",
        "<!-- shortcodes: ignore a -- b\n\n",
        comment("ignore SC1"),
    ],
)
@pytest.mark.parametrize("before", ["", " " * 50])
def test_suppressions_cost_linear_time(unit: str, before: str) -> None:
    def seconds(times: int) -> float:
        text = before * times + unit * times
        gc.collect()
        gc.freeze()  # what other tests left is not collected meanwhile
        start = time.process_time()
        shortcodes.lint(text, select=["SC0", "SC201"])
        end = time.process_time()
        gc.unfreeze()
        return end - start

    seconds(100)
    assert seconds(8000) < 32 * max(seconds(1000), 0.02)

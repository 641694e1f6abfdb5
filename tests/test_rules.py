"""Every rule finds what it is to find and no more, says so on its page, and mends what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import shortcodes
from shortcodes.linting.codes import RULE_NAMES, RUNTIME_NAMES, find_group
from shortcodes.linting.table import CODES, RULES, select

VECTORS = [
    json.loads(line)
    for line in Path(__file__).with_name("rules.jsonl").read_text("utf-8").splitlines()
]
"""`text`, with `options` if there are any, and what the rule with that `code` is to find in it, in
order; `safe` and `unsafe` are what its fixes make of the text, where they change it. `schemas` are
declared for it, beside those of the library."""

SOME = ["SC102", "SC104", "SC105", "SC106"]
HEADINGS = ["What it does", "Why is this bad", "Example", "Use instead"]


def asked(vector: dict[str, Any]) -> dict[str, Any]:
    """The options of a vector: its rule alone, with what it needs."""
    options = dict(vector.get("options", {}))
    if "schemas" in vector:
        schemas = vector["schemas"]
        options["engine"] = shortcodes.Engine(schemas=schemas, installed=True, replace=True)
    return {**options, "select": [vector["code"]]}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['code']} {v['title']}")
def test_a_rule_finds_what_its_vector_says(vector: dict[str, Any]) -> None:
    text, options = vector["text"], asked(vector)
    found = [text[slice(*d.span)] for d in shortcodes.lint(text, **options)]
    safe = shortcodes.fix(text, **options)
    unsafe = shortcodes.fix(text, unsafe=True, **options)
    assert {"finds": found, "safe": safe, "unsafe": unsafe} == {
        "finds": vector["finds"],
        "safe": vector.get("safe", text),
        "unsafe": vector.get("unsafe", vector.get("safe", text)),
    }


def test_every_rule_has_vectors_that_find_something_and_some_that_do_not() -> None:
    both = {(vector["code"], bool(vector["finds"])) for vector in VECTORS}
    assert both == {(code, finds) for code in RULES for finds in (True, False)}


def test_every_rule_that_fixes_has_a_vector_that_is_fixed() -> None:
    mended = {vector["code"] for vector in VECTORS if "safe" in vector or "unsafe" in vector}
    assert mended == {code for code, rule in RULES.items() if rule.fixes}


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page_in_the_fixed_form(code: str) -> None:
    stands_for = CODES[code]
    assert (stands_for.code, stands_for.name) == (code, {**RULE_NAMES, **RUNTIME_NAMES}[code])
    assert re.fullmatch(r"[^.\n]+\.", stands_for.summary)
    assert [*stands_for.headings] in (HEADINGS, [*HEADINGS, "Fix safety"])
    assert len(list(samples(code))) == 2
    assert find_group(code) != "others"


@pytest.mark.parametrize("code", RULES)
def test_the_example_of_a_page_is_found_and_what_to_use_instead_is_not(code: str) -> None:
    options = next((asked(v) for v in VECTORS if v["code"] == code and "schemas" in v), {})
    options.pop("select", None)
    example, instead = (
        [d.code for d in shortcodes.lint(sample, **options)] for sample in samples(code)
    )
    assert (code in example, code in instead) == (True, False)


def samples(code: str) -> Iterator[str]:
    """The two samples of a page."""
    for match in re.finditer(r"(?s)```text\n(.*?)\n```", CODES[code].page):
        yield match[1]


@pytest.mark.parametrize(
    ("chosen", "left_out", "codes"),
    [
        (None, (), list(RULES)),
        (["ALL"], ["SC"], []),
        (["SC202", "SC201"], (), ["SC201", "SC202"]),
        (["SC10"], ["SC101", "crossing-closing-tag", "SC107", "SC108", "SC109"], SOME),
        (["foreign-quotes"], (), ["SC201"]),
        (["SC2"], ["SC20"], []),
    ],
)
def test_rules_are_selected_by_codes_their_beginnings_and_names(
    chosen: list[str] | None, left_out: list[str], codes: list[str]
) -> None:
    assert [rule.code for rule in select(chosen, left_out)] == codes


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("SC20l", "no rule is called 'SC20l'; did you mean 'SC20"),
        ("SC402", "SC402 is reported only at run time: no rule finds it"),
        ("foreign-quote", "no rule is called 'foreign-quote'; did you mean 'foreign-quotes'?"),
        ("", "no rule is called ''"),
        ("E501", "no rule is called 'E501'"),
        ("201", "no rule is called '201'"),
    ],
)
def test_a_rule_that_does_not_exist_is_an_error(wrong: str, sentence: str) -> None:
    calls: list[dict[str, Any]] = [{"select": [wrong]}, {"ignore": [wrong]}]
    for options in calls:
        with pytest.raises(shortcodes.ShortcodeError) as raised:
            shortcodes.lint("[map a=1]", **options)
        assert str(raised.value).startswith(sentence)


def test_one_string_is_no_collection_of_codes() -> None:
    with pytest.raises(TypeError, match="select must be a collection of codes, not the str 'SC2'"):
        shortcodes.lint("", select="SC2")

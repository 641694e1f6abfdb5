"""Drafts with twelve kinds of mistake in three languages: one finding each, as a person expects it,
and the mend that was meant.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shortcodes import Engine, fix, lint

DRAFTS = [
    json.loads(line)
    for line in Path(__file__).with_name("drafts.jsonl").read_text("utf-8").splitlines()
]
"""`text`, all `findings` in it, and what was `meant`."""

SITE: dict[str, Any] = {
    "button": {
        "encloses": "always",
        "attributes": {
            "url": {"type": "url", "required": True},
            "size": {"choices": ["small", "large"]},
            "rtl": {"type": "boolean"},
        },
    },
    "note": {
        "encloses": "always",
        "attributes": {"kind": {"choices": ["info", "warning"]}, "title": {}},
    },
    "photos": {
        "encloses": "never",
        "attributes": {"id": {"type": "integer"}, "ids": {"type": "integers"}, "title": {}},
    },
}
ENGINE = Engine(schemas=SITE)


def name_of(draft: dict[str, Any]) -> str:
    return f"{draft['kind']}, {draft['language']}"


@pytest.mark.parametrize("draft", DRAFTS, ids=name_of)
def test_a_draft_has_the_findings_that_a_person_expects(draft: dict[str, Any]) -> None:
    text = draft["text"]
    found = [
        {"code": d.code, "at": text[slice(*d.span)], "message": d.message, "hint": d.hint}
        for d in lint(text, engine=ENGINE, format="html", profile="writer")
    ]
    assert found == draft["findings"]


@pytest.mark.parametrize("draft", DRAFTS, ids=name_of)
def test_the_mends_of_a_draft_write_what_was_meant(draft: dict[str, Any]) -> None:
    options: dict[str, Any] = {"engine": ENGINE, "format": "html", "profile": "writer"}
    assert fix(draft["text"], unsafe=True, **options) == draft["meant"]
    assert lint(draft["meant"], **options) == []


def test_each_kind_of_mistake_is_made_in_each_language() -> None:
    kinds = {draft["kind"] for draft in DRAFTS}
    made = {(draft["kind"], draft["language"]) for draft in DRAFTS}
    assert len(kinds) == 12
    assert made == {(kind, language) for kind in kinds for language in ("en", "ar", "he")}
    assert all(len(draft["findings"]) == 1 for draft in DRAFTS)

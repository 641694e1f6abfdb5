"""The WordPress dialect answers as WordPress did when the vectors were recorded."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from shortcodes.conformance.wordpress import answer, read_request_text
from tests.repository import ROOT

GRAMMAR = ROOT / "grammar"
FOLDER = GRAMMAR / "conformance" / "wordpress"


def lines_of(name: str) -> list[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


VECTORS = [*lines_of("vectors.jsonl"), *lines_of("recorded.jsonl")]
LIMITS = {line["id"]: line for line in lines_of("limits.jsonl")}


def expected(vector: Mapping[str, Any]) -> dict[str, Any]:
    """What a vector says of the answer."""
    known = {"out", "out_len", "out_sha256", "calls", "calls_n"}
    found = {key: value for key, value in vector.items() if key in known}
    if "out_b64" in vector:
        found["out"] = read_request_text({"text_b64": vector["out_b64"]})
    return found


def observed(answered: dict[str, Any], vector: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as a vector would say it: what is long as a digest or a length."""
    if vector["out"] is None:
        raw = answered["out"].encode()
        digest = hashlib.sha256(raw).hexdigest()
        answered |= {"out": None, "out_len": len(raw), "out_sha256": digest}
    if "calls_n" in vector:
        answered |= {"calls": None, "calls_n": len(answered["calls"])}
    for call in answered.get("calls") or ():
        if len(call["content"]) > 1000:
            call["content"] = f"len:{len(call['content'])}"
    return answered


@pytest.mark.slow
@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_the_dialect_answers_as_wordpress_did_but_for_its_limits(vector: dict[str, Any]) -> None:
    wanted = vector | LIMITS.get(vector["id"], {})
    assert observed(answer(vector), wanted) == expected(wanted)


def test_every_limit_is_one_of_the_two_and_gives_its_reason() -> None:
    assert {limit["limit"] for limit in LIMITS.values()} == {"kses", "pcre"}
    assert all(limit["reason"] for limit in LIMITS.values())
    assert set(LIMITS) <= {vector["id"] for vector in VECTORS}


def test_ids_are_unique() -> None:
    ids = [vector["id"] for vector in VECTORS]
    assert len(ids) == len(set(ids))


@pytest.mark.checkout
def test_every_rule_names_vectors_and_every_vector_that_is_named_exists() -> None:
    page = (GRAMMAR / "WORDPRESS.md").read_text("utf-8")
    rules = re.findall(r"^(\d+)\. (.+(?:\n   .+)*)", page, re.M)
    assert [int(number) for number, _ in rules] == list(range(1, 39))
    named = {int(number): re.findall(r"(?:adv|rec)-\d{3}", rule) for number, rule in rules}
    assert [number for number, ids in named.items() if not ids] == [26]
    ids = {vector["id"] for vector in VECTORS}
    assert sorted(set(re.findall(r"(?:adv|rec)-\d{3}", page)) - ids) == []
    assert sorted(set(LIMITS) - set(re.findall(r"adv-\d{3}", page))) == []

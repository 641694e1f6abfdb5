"""The WordPress dialect answers as WordPress did when the vectors were recorded."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from shortcodes.wordpress import (
    do_shortcode,
    find_matches,
    get_shortcode_tags_in_content,
    has_shortcode,
    is_valid_tag,
    shortcode_atts,
    shortcode_parse_atts,
    strip_shortcodes,
)
from shortcodes.wordpress.attributes import Attributes

GRAMMAR = Path(__file__).parent.parent / "grammar"
FOLDER = GRAMMAR / "conformance" / "wordpress"


def lines_of(name: str) -> list[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


VECTORS = [*lines_of("vectors.jsonl"), *lines_of("recorded.jsonl")]
LIMITS = {line["id"]: line for line in lines_of("limits.jsonl")}


class Calls:
    """A handler for every tag that prints what it was given and keeps each call."""

    def __init__(self, tags: Sequence[str], style: str, fixed: Mapping[str, str]) -> None:
        self.handlers = dict.fromkeys(tags, self)
        self.made: list[dict[str, Any]] = []
        self._style = style
        self._fixed = fixed
        self._depth = 0

    def __call__(self, attrs: Attributes, content: str, tag: str) -> str:
        number = len(self.made)
        pairs = [list(pair) for pair in attrs.items()]
        self.made.append({"tag": tag, "depth": self._depth, "atts": pairs, "content": content})
        if tag in self._fixed:
            return self._fixed[tag]
        self._depth += 1
        inner = do_shortcode(content, self.handlers)
        self._depth -= 1
        if self._style == "short":
            return f"⟦{tag}#{number}|{inner}⟧" if content else f"⟦{tag}#{number}⟧"
        given = {"tag": tag, "atts": attrs}
        shown = json.dumps(given, ensure_ascii=False, separators=(",", ":"))[:-1]
        return f'⟦{shown},"content":…}}¦{inner}⟧' if content else f'⟦{shown},"content":""}}⟧'


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """What the dialect answers to a request of a vector, in the vectors' form."""
    text, tags, op = text_of(request), request["tags"], request["op"]
    if op == "do":
        calls = Calls(tags, request.get("style", "full"), request.get("handlers", {}))
        out = do_shortcode(text, calls.handlers, request.get("ignore_html", False))
        return {"out": out, "calls": calls.made}
    if op == "strip":
        return {"out": strip_shortcodes(text, tags)}
    if op == "atts":
        return {"out": [list(pair) for pair in shortcode_parse_atts(text).items()]}
    if op == "has":
        return {"out": has_shortcode(text, request["tag"], tags)}
    if op == "tags":
        return {"out": get_shortcode_tags_in_content(text, tags)}
    if op == "match":
        return {"out": [list(match) for match in find_matches(text, tags)]}
    if op == "defaults":
        found = shortcode_atts(dict(request["pairs"]), shortcode_parse_atts(text))
        return {"out": [list(pair) for pair in found.items()]}
    assert op == "register"
    return {"out": [tag for tag in tags if is_valid_tag(tag)]}


def text_of(request: Mapping[str, Any]) -> str:
    if "text_b64" in request:
        return base64.b64decode(request["text_b64"]).decode("utf-8", "surrogateescape")
    if "text_gen" in request:
        return "".join(piece * count for piece, count in request["text_gen"])
    return str(request["text"])


def expected(vector: Mapping[str, Any]) -> dict[str, Any]:
    """What a vector says of the answer."""
    known = {"out", "out_len", "out_sha256", "calls", "calls_n"}
    found = {key: value for key, value in vector.items() if key in known}
    if "out_b64" in vector:
        found["out"] = text_of({"text_b64": vector["out_b64"]})
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

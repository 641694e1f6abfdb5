"""The WordPress dialect and the real WordPress answer alike, whatever the text.

At least 20,000 inputs a run: 5,000 built by hypothesis, the others made from the vectors by
cutting, doubling and inserting. The seed is printed; SHORTCODES_SEED=n runs the same inputs
again. A difference that is found becomes a line of grammar/conformance/wordpress/recorded.jsonl.
"""

from __future__ import annotations

import base64
import os
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import shortcodes
from shortcodes.conformance.wordpress import answer
from shortcodes.wordpress import running
from shortcodes.wordpress.safety import make_attribute_safe
from shortcodes.wordpress.slashes import encode_utf8
from tests.test_wordpress_vectors import VECTORS
from tests.wordpress.process import WordPress

pytestmark = [pytest.mark.slow, pytest.mark.checkout]
SEED = int(os.environ.get("SHORTCODES_SEED") or random.randrange(10**9))
EXAMPLES = 1_400
TEXTS_OF_AN_EXAMPLE = 4
MUTATED = 15_000
BATCH = 250

# fmt: off
TAGS = [
    ["x", "y", "foo", "foo-bar", "été"],
    ["foo", "foo.x", "foo-bar", "x", "y", "1"],
    ["foo.x", "foo:", "foo", "x"],
    ["x-", "x", "a*b", "漢字", "é"],
    ["x"],
]
HANDLERS = [
    {}, {}, {"x": "[y]"}, {"y": "&#91;z&#93;"}, {"x": "&<b>'\""}, {"foo": ""}, {"x": "]["},
]
PIECES = [
    "[", "]", "[[", "]]", "/", "/]", "[/", "=", '"', "'", " ", "\n", "\t", "\v", "\0", "\x1f",
    "\u00a0", "\u200b", "\u3000", "\u2028", "\x85", "\r", "\f", "\\", "\\n", "\\x41", "\\101",
    "\\a", "\\v\\f", "\\b\\t", "\\400", "\\8", "\\xg",
    "\\\\", "<", ">", "<!--", "-->", "<![CDATA[", "]]>", '<a href="', '<a title="', "<a title='",
    "<p>", "</p>", "<a ", '<div data-a="', '<img src="', "/>", "<br />", "< ", "</", "<[", "x", "y",
    "foo", "foo-bar", "foo.x", "été", "é", "1", "[x]", "[/x]", "[x ", '[x a="b"]', "[y]", "[/y]",
    "[foo]", "[/foo]", "[foo:", "[foo-bar", "[foo.x", "[foo.x]", "[/foo.x]", "[été ", "[x/]",
    "[[x]]", "[1]", " a=", 'a="', "b='", " c", '0="', " 0=", " 00='", '-0="', "+0=", " 0x0=",
    '5="', '-5="', '007="', "A=", "a-b=", "&#91;",
    "&#93;", "&#091;", "&", "&amp;", "&quot;", "!", "-", "--", "title=", "href=", "漢字", "😀",
    "onclick='", 'style="', "&#8221;", "”", "[x-]", "[a*b ", "[漢字]", "[é]",
]
# fmt: on
BASES = [v["text"] for v in VECTORS if v.get("text") and "9223372036854775807" not in v["text"]]
"""What mutation begins with; WordPress has no answer for a value behind the greatest key."""

BROKEN = re.compile("(?:[\udc80-\udcff]|\ufffd)+")
OPS = ("do", "do", "strip", "atts", "has", "tags", "match")


class Input(NamedTuple):
    """One text with what is registered."""

    text: str
    tags: Sequence[str]
    handlers: dict[str, str]

    def requests(self) -> list[dict[str, Any]]:
        """One request for each function, and one more that leaves elements alone."""
        raw = encode_utf8(self.text)
        valid = self.text.isascii() or not BROKEN.search(self.text)
        given: dict[str, Any] = {"tags": self.tags, "tag": self.tags[0], "style": "short"}
        if valid:
            given["text"] = self.text
        else:
            given["text_b64"] = base64.b64encode(raw).decode()
        made = [{**given, "op": op, "handlers": self.handlers} for op in OPS]
        made[1]["ignore_html"] = True
        return made


def shortcode(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.lists(
        st.builds(
            "{}{}{}{}{}".format,
            st.sampled_from([" ", "", "\n", "\u00a0", "/"]),
            st.sampled_from(["a=", "A = ", "b=", "", "0=", "00=", "5=", "é="]),
            st.sampled_from(['"', "'", "", "”"]),
            st.sampled_from(["", "v", "v w", "a<b>", "<", "\\n", "]", "[y]", "1/", "&#91;"]),
            st.sampled_from(['"', "'", "", "”"]),
        ),
        max_size=3,
    ).map("".join)
    name = st.sampled_from(["x", "y", "foo", "foo.x", "foo-bar", "foo:", "été", "漢字", "z"])
    opening = st.builds("[{}{}".format, name, attributes)
    return st.one_of(
        st.builds("{}]".format, opening),
        st.builds("[{}]]".format, opening),
        st.builds("{}/]".format, opening),
        st.builds(lambda n, a, c: f"[{n}{a}]{c}[/{n}]", name, attributes, inside),
        st.builds(lambda n, a, c: f"[[{n}{a}]{c}[/{n}]]", name, attributes, inside),
    )


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attribute = st.builds(
        "{}{}{}{}{}".format,
        st.sampled_from([" ", " ", "\n", ""]),
        st.sampled_from(["title=", "href = ", "data-a=", "class=", "onclick=", "alt", ""]),
        st.sampled_from(['"', "'", ""]),
        inside,
        st.sampled_from(['"', "'", "", " "]),
    )
    return st.builds(
        "{}{}{}".format,
        st.sampled_from(["<a", "<p", "<img", "</a", "< ", "<", "<!--", "<![CDATA[", "<b "]),
        st.lists(attribute, max_size=3).map("".join),
        st.sampled_from([">", ">", "/>", " / >", "-->", "]]>", ""]),
    )


pieces = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
texts = st.recursive(
    pieces | st.text(max_size=8).map(lambda text: encode_utf8(text).decode("utf-8", "replace")),
    lambda inside: st.lists(shortcode(inside) | element(inside) | inside, max_size=4).map("".join),
    max_leaves=12,
)
inputs = st.builds(Input, texts, st.sampled_from(TAGS), st.sampled_from(HANDLERS))


def mutated(chance: random.Random) -> Iterator[Input]:
    while True:
        text = "".join(chance.choice(BASES)[:400] for _ in range(chance.choice([1, 1, 1, 2])))
        for _ in range(chance.randint(1, 5)):
            start = chance.randint(0, len(text))
            end = start + chance.choice([0, 0, 1, 1, 2, 5])
            kind = chance.random()
            if kind < 0.6:
                text = text[:start] + chance.choice(PIECES) + text[end:]
            elif kind < 0.8:
                text = text[:start] + text[end:]
            else:
                place = chance.randint(0, len(text))
                text = text[:start] + text[place : place + chance.randint(1, 12)] + text[start:]
        if chance.random() < 0.05:
            raw = bytearray(encode_utf8(text) or b"x")
            raw[chance.randrange(len(raw))] = chance.randrange(256)
            text = raw.decode("utf-8", "surrogateescape")
        yield Input(text, chance.choice(TAGS), chance.choice(HANDLERS))


def comparable(value: Any) -> Any:
    """An answer as JSON can carry it: bytes that are no UTF-8 as one mark."""
    if isinstance(value, str):
        return BROKEN.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: comparable(part) for key, part in value.items()}
    return [comparable(part) for part in value] if isinstance(value, list) else value


class Comparison:
    """Asks both, and counts."""

    def __init__(self, wordpress: WordPress, monkeypatch: pytest.MonkeyPatch) -> None:
        self.counts: Counter[str] = Counter()
        self._wordpress = wordpress
        self._sanitised = 0
        monkeypatch.setattr(running, "make_attribute_safe", self._spy(make_attribute_safe))

    def check(self, batch: Sequence[Input]) -> None:
        """Fail at the first input that the two answer differently."""
        self.counts["inputs"] += len(batch)
        requests = [request for item in batch for request in item.requests()]
        for request, theirs in zip(requests, self._wordpress.calls(requests), strict=True):
            self._sanitised = 0
            mine = comparable(answer(request))
            wanted = comparable({key: theirs[key] for key in ("out", "calls") if key in theirs})
            self.counts["with calls"] += bool(mine.get("calls"))
            if mine == wanted:
                continue
            if self._sanitised and self._calls(mine) == self._calls(wanted):
                self.counts["different by the first limit"] += 1
                continue
            assert mine == wanted, request

    def report(self, capsys: pytest.CaptureFixture[str], made: str) -> None:
        with capsys.disabled():
            counts = ", ".join(f"{count} {name}" for name, count in self.counts.items() if count)
            print(f"\n{made}, seed {SEED}: {counts}, 0 other differences")

    def _spy(self, real: Any) -> Any:
        def spy(*arguments: str) -> Any:
            self._sanitised += 1
            return real(*arguments)

        return spy

    @staticmethod
    def _calls(answered: dict[str, Any]) -> list[Any]:
        return [(call["tag"], call["depth"]) for call in answered.get("calls", ())]


@pytest.fixture
def comparison(wordpress: WordPress, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    return Comparison(wordpress, monkeypatch)


def test_built_texts_are_answered_alike(
    comparison: Comparison, capsys: pytest.CaptureFixture[str]
) -> None:
    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(
        st.lists(inputs, min_size=TEXTS_OF_AN_EXAMPLE, max_size=TEXTS_OF_AN_EXAMPLE),
    )
    def alike(batch: list[Input]) -> None:
        comparison.check(batch)

    alike()
    comparison.report(capsys, "built")
    assert comparison.counts["inputs"] >= 5_000


def test_mutated_vectors_are_answered_alike(
    comparison: Comparison, capsys: pytest.CaptureFixture[str]
) -> None:
    made = mutated(random.Random(SEED))
    while comparison.counts["inputs"] < MUTATED:
        comparison.check([next(made) for _ in range(BATCH)])
    comparison.report(capsys, "mutated")


NUMERIC_NAMES = [
    *("0", "00", "-0", "+0", "0x0", "0e0", "0_", "_0", "-", "--0", "1", "01", "-1", "10", "1e3"),
    *("9" * 18, "9" * 19, "9" * 40, "-" + "9" * 19, "9223372036854775808", "-9223372036854775808"),
]


def test_attributes_with_numbers_for_names_are_answered_alike(wordpress: WordPress) -> None:
    chance = random.Random(SEED)
    names = [*NUMERIC_NAMES, *("".join(chance.choices("0123-_x", k=3)) for _ in range(40))]
    values = ["=x", '="y z"', "=''", " = 'w'", "=0"]
    parts = ["p", '"q"', '""', "0", "a=b", *(name + value for name in names for value in values)]
    texts = [*parts, *(" ".join(chance.choices(parts, k=4)) for _ in range(4_000))]
    requests = [{"op": "atts", "text": text, "tags": []} for text in texts]
    for request, answered in zip(requests, wordpress.calls(requests), strict=True):
        text = request["text"]
        assert (text, answer(request)["out"]) == (text, answered["out"])
        tree = shortcodes.parse(f"[x {text} ]", dialect="wordpress", tags=["x"])
        (shortcode,) = tree.shortcodes()
        named = {a.name: a.value for a in shortcode.attribute_nodes if a.name is not None}
        assert (text, named) == (text, dict(shortcode.attributes))
        words = {name: value for name, value in answered["out"] if isinstance(name, str)}
        # In the tree, a number is a name like others.
        read = {name: value for name, value in named.items() if not is_key(name)}
        assert (text, read) == (text, words)
        assert "0" not in named


def is_key(name: str) -> bool:
    """Whether PHP takes a name for a number."""
    return bool(re.fullmatch("-?[1-9][0-9]*", name)) and -(2**63) <= int(name) < 2**63

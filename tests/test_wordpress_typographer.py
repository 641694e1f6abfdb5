"""The lenient reader finds what an author wrote, whatever WordPress's typographer made of it.

Shortcodes are made at random, pass through the real functions in eight locales, and are read.
`pytest tests/test_wordpress_typographer.py -s` prints the rates; SHORTCODES_SEED and
SHORTCODES_CASES ask for other cases and for more.
"""

from __future__ import annotations

import html
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest

import shortcodes
from shortcodes import Shortcode
from shortcodes.lenient.typography import undo
from tests.wordpress.ambiguity import holds_a_rival, is_fused, sources
from tests.wordpress.generated import Case, case
from tests.wordpress.process import WordPress

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("SHORTCODES_SEED", "1"))
CASES = int(os.environ.get("SHORTCODES_CASES", "150"))
LOCALES = ["", "de_DE", "fr_FR", "ru_RU", "el", "sv_SE", "he_IL", "zh_TW"]
WAYS = ["texturize", "page", "content"]
ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def skeleton(value: str) -> str:
    """What of a value no typographer changes, with one mark for each thing that it may."""
    for pattern, mark in (
        (r"<br ?/?>|</?p>|[\s\u200b]", " "),
        (r" *([\"“”„‟″‶«»＂'‘’‚‛′‵`] *)+", '"'),
        (r"[-–—]+", "-"),
        (r"…", "..."),
        (r"×", "x"),
        (r"™", "(tm)"),
        (r" +", " "),
    ):
        value = re.sub(pattern, mark, value)
    return value.strip()


def decoded(value: str) -> str:
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), value)


def meant(given: Case) -> list[object]:
    """What the author meant, as far as a typographer leaves it."""
    pairs = [(a.name, skeleton(decoded(a.value))) for a in given.attributes]
    return [(given.tag, given.kind, pairs)]


def found(read: list[Shortcode]) -> list[object]:
    return [
        (sc.name, sc.kind, [(a.name, skeleton(a.value)) for a in sc.attribute_nodes]) for sc in read
    ]


@dataclass(frozen=True)
class Sent:
    """A case that was sent to the typographer, and what came back."""

    given: Case
    locale: str
    way: str
    text: str


def typeset(wordpress: WordPress, cases: list[Case]) -> Iterator[Sent]:
    """Send every case in every locale by every way."""
    plan = [(given, locale, way) for locale in LOCALES for way in WAYS for given in cases]
    answers = wordpress.calls(request(way, locale, given.text) for given, locale, way in plan)
    for (given, locale, way), answer in zip(plan, answers, strict=True):
        yield Sent(given, locale, way, answer["out"])


def request(way: str, locale: str, text: str) -> dict[str, object]:
    return {"op": way, "locale": locale, "tags": ["gallery"], "text": text}


def nothing_tells(wordpress: WordPress, sent: Sent, read: list[Shortcode]) -> bool:
    """Whether the typographer makes the same text of what was read as of what was meant."""
    return len(read) == 1 and any(
        answer["out"] == sent.text
        for answer in wordpress.calls(
            request(sent.way, sent.locale, source)
            for source in sources(sent.given, sent.text, read[0])
        )
    )


@pytest.mark.parametrize("wild", [False, True], ids=["other quotes inside", "own quotes inside"])
def test_every_value_whose_end_can_be_known_is_found(
    wordpress: WordPress, capsys: pytest.CaptureFixture[str], wild: bool
) -> None:
    random = Random(SEED)
    cases = [case(random, wild=wild) for _ in range(CASES)]
    count: Counter[tuple[str, str]] = Counter()
    missed = []
    for sent in typeset(wordpress, cases):
        given, locale = sent.given, sent.locale
        read = list(shortcodes.parse(sent.text, tags=[given.tag]).shortcodes())
        count[locale, "cases"] += 1
        if found(read) == meant(given):
            count[locale, "found"] += 1
            for attribute, a in zip(read[0].attribute_nodes, given.attributes, strict=True):
                count["", "values"] += 1
                count["", "as they are"] += attribute.value == decoded(a.value)
                count["", "undone"] += undo(attribute.value) == decoded(a.value)
        elif nothing_tells(wordpress, sent, read):
            count[locale, "ambiguous"] += 1
        elif any(map(is_fused, given.attributes)):
            count[locale, "fused"] += 1
        elif any(holds_a_rival(one, locale) for one in given.attributes):
            count[locale, "rivals"] += 1
        else:
            missed.append((locale, given.text, sent.text, found(read)))
    with capsys.disabled():
        print("\n" + "\n".join(rates(count, len(missed), wild)))
    assert missed == []


def rates(count: Counter[tuple[str, str]], missed: int, wild: bool) -> Iterator[str]:
    """Give the lines of a table, a line for each locale."""
    kind = "own quotes and brackets inside" if wild else "the other quotes inside"
    cases = sum(count[locale, "cases"] for locale in LOCALES)
    yield f"{cases:,} cases, seed {SEED}, {kind}, {missed} differences"
    for locale in LOCALES:
        total = count[locale, "cases"]
        cells = [f"found {count[locale, 'found']:,} of {total:,}"]
        cells += [f"{why} {count[locale, why]:,}" for why in ("ambiguous", "fused", "rivals")]
        yield f"{locale or 'en_US'}  " + ", ".join(cells)
    values = count["", "values"]
    for how in ("as they are", "undone"):
        yield f"{values:,} values exact {how}: {count['', how] / max(values, 1):.2%}"


@pytest.mark.parametrize(
    ("made", "typed"),
    [
        ("a – b", "a - b"),
        ("a–b — c—d", "a--b -- c---d"),
        ("9×9 a×b 9 × 9", "9x9 a×b 9 × 9"),
        ("“a” ‘b’ 5′ 6″ „c“", '"a" \'b\' 5\' 6" "c"'),
        ("«\u00a0a\u00a0» «b»", '"a" "b"'),
        ("a ™ b™…", "a (tm) b™..."),
        ("a<br />\nb</p>\n<p>c<br />d", "a\nb\n\nc<br />d"),
        ("مصر، 日本語", "مصر، 日本語"),
    ],
)
def test_typography_is_undone_by_its_context(made: str, typed: str) -> None:
    assert undo(made) == typed


def test_parse_undoes_typography_where_it_is_asked_to() -> None:
    text = "[x a=”9&#215;9 &#8211; it’s” “b…”]"
    (as_found,) = shortcodes.parse(text).shortcodes()
    (as_typed,) = shortcodes.parse(text, undo_typography=True).shortcodes()
    assert (as_found.attributes, as_found.positional) == ({"a": "9×9 – it’s"}, ("b…",))
    assert (as_typed.attributes, as_typed.positional) == ({"a": "9x9 - it's"}, ("b...",))
    assert [a.value for a in as_typed.attribute_nodes] == ["9x9 - it's", "b..."]
    assert [a.raw for a in as_typed.attribute_nodes] == [a.raw for a in as_found.attribute_nodes]

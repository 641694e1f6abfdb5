"""Mistakes of structure, quotes, HTML and values, planted in real documents, are found in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

import pytest

import shortcodes
from shortcodes import Shortcode
from shortcodes.linting.table import RULES
from tests.labelled import labelled
from tests.test_rules_planted import HEALTHY, LEAST

OTHERS = ("SC111", "SC3", "SC5", "SC6", "SC94")
"""The codes whose mistakes are planted in `test_rules_planted.py`."""


class Planted(NamedTuple):
    """A document with a mistake, and a place that the finding has to cover."""

    text: str
    place: int


Plant = Callable[[str, Shortcode], Iterator[Planted]]


def with_value(
    text: str, shortcode: Shortcode, *, edit: Callable[[str], str], at: int = 0
) -> Iterator[Planted]:
    """Give the text with the first value in straight quotes written in another way."""
    for attribute in shortcode.attribute_nodes:
        if attribute.quotes == ('"', '"') and attribute.raw.strip() and attribute.name:
            start, end = attribute.value_span[0] - 1, attribute.value_span[1] + 1
            yield Planted(text[:start] + edit(attribute.raw) + text[end:], start + at)
            return


def around(text: str, shortcode: Shortcode, *, before: str, behind: str) -> Iterator[Planted]:
    """Give the text with something around a shortcode."""
    start, end = shortcode.span
    inside = text[start:end]
    yield Planted(text[:start] + before + inside + behind + text[end:], start + len(before))


def in_html_tag(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    """Yield the text with a shortcode between the attributes of an HTML tag, where it can be."""
    if "<" not in shortcode.source and '>"' not in shortcode.source:
        yield from around(text, shortcode, before="<b ", behind=">x</b>")


def suppressed(text: str, shortcode: Shortcode, *, code: str) -> Iterator[Planted]:
    """Give the text with a comment in front of a shortcode."""
    start, opens = shortcode.span[0], "<!-- shortcodes: ignore "
    yield Planted(f"{text[:start]}{opens}{code} -->{text[start:]}", start + len(opens))


def between(text: str, shortcode: Shortcode, *, written: str) -> Iterator[Planted]:
    """Give the text with something in place of the space between two attributes."""
    nodes = shortcode.attribute_nodes
    straight = [a for a in nodes[:2] if a.name and a.quotes == ('"', '"') and a.raw.strip()]
    if len(straight) == 2:
        end, start = nodes[0].span[1], nodes[1].span[0]
        yield Planted(text[:end] + written + text[start:], end)


def twice(text: str, shortcode: Shortcode, *, before: str, behind: str) -> Iterator[Planted]:
    """Give the text with an enclosing shortcode's opening tag a second time, and what is said."""
    if shortcode.close_span:
        start, open_end = shortcode.open_span
        opening, close = text[start:open_end], text[slice(*shortcode.close_span)]
        first = opening + before
        inside = text[open_end : shortcode.close_span[0]]
        whole = first + opening + inside + close + behind.replace("CLOSE", close)
        place = start + (len(first) if behind else 0)
        yield Planted(text[:start] + whole + text[shortcode.close_span[1] :], place)


def unterminated(text: str, shortcode: Shortcode, *, value: str = "") -> Iterator[Planted]:
    """Give the text with an opening tag that breaks off, before another tag."""
    start, end = shortcode.open_span
    nodes = shortcode.attribute_nodes
    if nodes and nodes[-1].quotes == ('"', '"') and re.match(r"[^\[\]\"']*\[/?[a-z]", text[end:]):
        head = text[: nodes[-1].span[0]] + f"k={value}" if value else text[: nodes[-1].span[1]]
        yield Planted(f"{head}\n{text[end:]}", start)


def at_the_end(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    """Give the text up to an opening tag, without its bracket."""
    start, end = shortcode.open_span
    if shortcode.attributes:
        yield Planted(text[: end - 1], start)


def unclosed_quote(text: str, shortcode: Shortcode, *, last: bool) -> Iterator[Planted]:
    """Give the text without the closing quote of the last value, or of one before another."""
    nodes = shortcode.attribute_nodes
    quoted = [a.name is not None and a.quotes == ('"', '"') and a.raw.strip() != "" for a in nodes]
    if last and quoted[-1:] == [True]:
        start, end = nodes[-1].span
        yield Planted(text[: end - 1] + text[end:], start)
    if not last and quoted[:2] == [True, True]:
        start, end = nodes[0].span
        yield Planted(text[: end - 1] + text[end:], start)


def unopened(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    if shortcode.close_span:
        start, end = shortcode.open_span
        yield Planted(text[:start] + text[end:], shortcode.close_span[0] - (end - start))


def unclosed(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    if shortcode.close_span:
        start, end = shortcode.close_span
        others = text[end:].count(f"[/{shortcode.name}]"), text.count(f"[/{shortcode.name}]")
        if others[0] == 0 and others[1] > 1:
            yield Planted(text[:start] + text[end:], shortcode.open_span[0])


def crossed(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    if shortcode.close_span:
        start = shortcode.open_span[0]
        crossing = f"[wrap]{text[start : shortcode.close_span[0]]}[/wrap]"
        place = start + len(crossing)
        yield Planted(text[:start] + crossing + text[shortcode.close_span[0] :], place)


def spaced(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    if shortcode.close_span:
        start, end = shortcode.close_span
        yield Planted(f"{text[: end - 1]} {text[end - 1 :]}", start)


def spaced_name(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    start = shortcode.open_span[0]
    if "=" in text[slice(*shortcode.open_span)]:
        yield Planted(f"{text[: start + 1]} {text[start + 1 :]}", start)


def quoted(opening: str, closing: str, value: str = "") -> Plant:
    return partial(with_value, edit=lambda raw: f"{opening}{raw}{value}{closing}")


def valued(value: str, at: int = 0) -> Plant:
    return partial(with_value, edit=lambda raw: f'"{value}"', at=at)


MISTAKES: dict[str, tuple[str, Plant]] = {  # with the codes one of which has to be found
    "a suppression of no rule": ("SC001", partial(suppressed, code="SC999")),
    "a suppression of nothing": ("SC002", partial(suppressed, code="SC201")),
    "an opening tag without its end": ("SC108", unterminated),
    "one without its end behind a bare value": ("SC101 SC108", partial(unterminated, value="9")),
    "an opening tag without its end at the end": ("SC101", at_the_end),
    "a closing tag without its opening one": ("SC102", unopened),
    "two that cross": ("SC103", crossed),
    "one in another of its name": ("SC104", partial(twice, before=" ", behind=" CLOSE")),
    "one left open before another": ("SC105", partial(twice, before=" and ", behind="")),
    "a space in a closing tag": ("SC106", spaced),
    "a closing tag that is forgotten": ("SC107", unclosed),
    "one between the attributes of an HTML tag": ("SC109", in_html_tag),
    "a space before the name": ("SC110", spaced_name),
    "curly quotes": ("SC201", quoted("”", "”")),
    "a prime": ("SC201", quoted("”", "″")),
    "guillemets": ("SC201", quoted("«\u00a0", "\u00a0»")),
    "entities": ("SC201", quoted("&#8221;", "&#8243;")),
    "low and high quotes": ("SC201", quoted("„", "“")),
    "a straight and a curly quote": ("SC201", quoted('"', "”")),
    "a quote that is not closed": ("SC206", partial(unclosed_quote, last=False)),
    "a last quote that is not closed": ("SC202", partial(unclosed_quote, last=True)),
    "both quotes in curly ones": ("SC203", quoted("”", "”", " 5\" and 6'")),
    "quotes in quotes": ("SC204", quoted('"', '"', ' "a" b')),
    "a comma between attributes": ("SC205", partial(between, written=", ")),
    "a list without quotes": ("SC207", partial(with_value, edit=lambda raw: "4, 8, 15")),
    "a shortcode in a tag": ("SC404", partial(around, before="<b title='", behind="'>x</b>")),
    "a lone < before it": ("SC901", partial(around, before="1 < 2 ", behind=" <b>x</b>")),
    "an example in code": ("SC902", partial(around, before="<code>", behind="</code>")),
    "a backslash": ("SC903", valued("C:\\dir")),
    "a line break": ("SC911", partial(between, written="<br />\n")),
    "a paragraph": ("SC911", partial(between, written="</p>\n<p>")),
    "brackets": ("SC912", valued("[1]")),
    "a lone <": ("SC913", valued("1 < 2")),
    "a times sign": ("SC921", valued("300×200", at=4)),
    "a script": ("SC931", valued("<script>x()</script>")),
    "an address that runs": ("SC932", valued("javascript:x()")),
}


@cache
def healthy() -> list[tuple[str, Shortcode]]:
    """Return one shortcode of each opening tag, of the documents in which nothing is wrong."""
    found: dict[str, tuple[str, Shortcode]] = {}
    for row in labelled():
        text = row["text"]
        if "[" in text and not shortcodes.lint(text, ignore=["SC94"]):
            for shortcode in shortcodes.parse(text).shortcodes():
                found.setdefault(text[slice(*shortcode.open_span)], (text, shortcode))
    return list(found.values())


@pytest.mark.slow
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_twenty_healthy_shortcodes_is_found_at_its_place(mistake: str) -> None:
    codes, plant = MISTAKES[mistake]
    planted = [made for text, shortcode in healthy() for made in plant(text, shortcode)][:HEALTHY]
    assert len(planted) == HEALTHY
    missed = [made for made in planted if not reported(codes, made)]
    assert len(missed) <= HEALTHY * (1 - LEAST), [text[:300] for text, _ in missed[:3]]


def reported(codes: str, planted: Planted) -> bool:
    """Whether all rules together find that at its place, with the names of the healthy ones."""
    known = {shortcode.name for _, shortcode in healthy()}
    found = shortcodes.lint(planted.text, known=known)
    return any(d.code in codes and d.span[0] <= planted.place < d.span[1] for d in found)


def test_a_mistake_is_planted_for_every_rule_that_needs_no_schema() -> None:
    assert {code for codes, _ in MISTAKES.values() for code in codes.split()} == {
        code for code in RULES if not code.startswith(OTHERS)
    }

"""Mistakes that are planted in healthy shortcodes of real documents are found where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shortcodes import Attribute, Engine, Shortcode, parse
from shortcodes.catalogue import catalogue
from shortcodes.engine import default_engine
from shortcodes.linting.in_parts import lint
from shortcodes.schemas.inference import infer
from tests.labelled import labelled

DATA = Path(__file__).parents[2] / "shared/data"
HEALTHY, LEAST = 20, 0.95
OWN = ("SC3", "SC5", "SC6", "SC94")

Planted = tuple[str, int]
"""The text with the mistake, and a place that the finding has to cover."""


@cache
def engine() -> Engine:
    """An engine with what the documents' own shortcodes take."""
    made = Engine(installed=True)
    schemas = infer(parse(row["text"]) for row in labelled())
    made.declare({n: table for n, table in schemas.items() if n not in made.schemas})
    return made


@cache
def healthy() -> list[str]:
    """Return the opening tags of the documents in which nothing is wrong, each once."""
    tags = [
        text[slice(*shortcode.open_span)]
        for text in (row["text"] for row in labelled())
        for shortcode in parse(text).shortcodes()
    ]
    return [tag for tag in dict.fromkeys(tags) if not lint(tag, engine=engine(), select=["ALL"])]


@cache
def cards() -> list[str]:
    """Return the cards of the article with straight quotes, five of each."""
    file = DATA / "article-ar.txt"
    if not file.is_file():
        pytest.skip("the article is not here")
    from shortcodes import fix

    text = fix(file.read_text("utf-8"))
    found = [text[slice(*card.span)] for card in parse(text).shortcodes()]
    return [f"{before}{card}" for card in found for before in ("", " ", "x ", "مصر ", "\n")]


def named(shortcode: Shortcode) -> list[Attribute]:
    return [attribute for attribute in shortcode.attribute_nodes if attribute.name_span]


def replaced(text: str, span: tuple[int, int], new: str) -> Planted:
    return text[: span[0]] + new + text[span[1] :], span[0]


def again(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    for attribute in named(shortcode)[:1]:
        end = shortcode.attribute_nodes[-1].span[1]
        yield replaced(text, (end, end), f" {text[slice(*attribute.span)]}")[0], end + 1


def without_space(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    nodes = named(shortcode)
    if len(nodes) > 1 and nodes[0].quotes == ('"', '"') and nodes[0].raw.strip():
        yield replaced(text, (nodes[0].span[1], nodes[1].span[0]), "")


def in_capitals(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    for attribute in named(shortcode)[:1]:
        assert attribute.name_span
        assert attribute.name
        yield replaced(text, attribute.name_span, attribute.name.capitalize())


def misspelt_attribute(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    for attribute in named(shortcode):
        assert attribute.name_span
        if attribute.name and len(attribute.name) > 3:
            yield replaced(text, attribute.name_span, attribute.name[:2] + attribute.name[3:])


def word_for_number(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    for attribute in named(shortcode):
        if _takes_numbers_only(shortcode, attribute):
            edited, _ = replaced(text, attribute.value_span, "many")
            yield edited, attribute.span[0]


def left_out(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    schema = engine().schemas.get(shortcode.name)
    for attribute in named(shortcode):
        parameter = schema.parameter(attribute.name.lower()) if schema and attribute.name else None
        if parameter and parameter.required:
            yield replaced(text, attribute.span, "")[0], shortcode.open_span[0]


def without_name(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    for attribute in named(shortcode)[:1]:
        if attribute.value.strip():
            yield replaced(text, (attribute.span[0], attribute.value_span[0] - 1), "")


def misspelt_name(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    name, start = shortcode.name, shortcode.open_span[0] + 1
    if (catalogue().lists(name) or name in default_engine().names) and len(name) > 5:
        yield replaced(text, (start, start + len(name)), name[:-2] + name[-1])


def old_name(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    start = shortcode.open_span[0] + 1
    yield replaced(text, (start, start + len(shortcode.name)), "vc_button")


def longer_name(text: str, shortcode: Shortcode) -> Iterator[Planted]:
    end = shortcode.open_span[0] + 1 + len(shortcode.name)
    if shortcode.name in engine().schemas and any(named(shortcode)):
        yield replaced(text, (end, end), "é")[0], shortcode.open_span[0] + 1


def card_value(name: str, value: str) -> Callable[[str, Shortcode], Iterator[Planted]]:
    def plant(text: str, shortcode: Shortcode) -> Iterator[Planted]:
        found = [attribute for attribute in named(shortcode) if attribute.name == name]
        for attribute in found:
            yield replaced(text, attribute.value_span, value)[0], attribute.span[0]
        if not found:
            place = shortcode.open_span[1] - 1
            yield replaced(text, (place, place), f' {name}="{value}"')[0], place + 1

    return plant


def _takes_numbers_only(shortcode: Shortcode, attribute: Attribute) -> bool:
    """Whether the attribute may be left out, but else has to be a whole number."""
    table = engine().schemas[shortcode.name].json_schema()
    name = (attribute.name or "").lower()
    kinds = table["properties"].get(name, {}).get("anyOf", [{}])
    return kinds[0].get("type") == "integer" and name not in table.get("required", ())


MISTAKES: dict[str, tuple[str, Callable[[str, Shortcode], Iterator[Planted]]]] = {
    "an attribute is given again": ("SC301", again),
    "a space is missing": ("SC302", without_space),
    "a capital": ("SC303", in_capitals),
    "a word where a number has to be": ("SC601", word_for_number),
    "a required attribute is left out": ("SC602", left_out),
    "an attribute is misspelt": ("SC603", misspelt_attribute),
    "a name is left out": ("SC604", without_name),
    "a name is misspelt": ("SC941", misspelt_name),
    "an old name": ("SC942", old_name),
    "a letter outside of ASCII at a name": ("SC943", longer_name),
}
CARD_MISTAKES = {
    "a colour without its #": ("SC501", card_value("bg-color", "0c3278")),
    "a side that is none": ("SC502", card_value("bg-position", "top")),
    "a date for a format": ("SC503", card_value("last-update", "2020-06-08")),
    "a region by its name": ("SC508", card_value("region", "Jordan")),
    "a region that is none": ("SC504", card_value("region", "Atlantis")),
    "blue on blue": ("SC505", card_value("font-color", "#0c3278")),
}


def reported(code: str, planted: Planted) -> bool:
    text, place = planted
    found = lint(text, engine=engine(), select=OWN)
    return any(one.code == code and one.span[0] <= place < one.span[1] for one in found)


def planted_in(texts: list[str], plant: Any) -> list[Planted]:
    made = []
    for text in texts:
        shortcode = next(iter(parse(text, known=engine().names).shortcodes()), None)
        if shortcode is not None:
            made += list(plant(text, shortcode))[:1]
    return made[:HEALTHY]


@pytest.mark.slow
@pytest.mark.parametrize("mistake", [*MISTAKES, *CARD_MISTAKES])
def test_a_mistake_in_twenty_healthy_shortcodes_is_found_at_its_place(mistake: str) -> None:
    code, plant = {**MISTAKES, **CARD_MISTAKES}[mistake]
    planted = planted_in(cards() if mistake in CARD_MISTAKES else healthy(), plant)
    assert len(planted) == HEALTHY
    missed = [text for text, place in planted if not reported(code, (text, place))]
    assert len(missed) <= HEALTHY * (1 - LEAST), missed

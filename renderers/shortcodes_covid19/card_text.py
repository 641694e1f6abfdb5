"""The card as plain text, and as Markdown with a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from shortcodes.markdown_escaping import escape_line_start, escape_words
from shortcodes_covid19.card import Amount, Card
from shortcodes_covid19.language import direction

_NEVER = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_LEFT_TO_RIGHT, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

_Write = Callable[[str], str]


def text(card: Card) -> str:
    """Return the card as lines of text, without a line break at the end."""
    lines = [" ".join(filter(None, (card.flag, flat(card.name))))]
    for cell in card.cells():
        notes = [_noted(note, card, flat) for note in cell.notes]
        more = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"{flat(cell.main.label)}: {_number(cell.main, card)}{more}")
    lines += _foot(card, flat, _credit)
    return "\n".join(lines)


def markdown(card: Card) -> str:
    """Return the card as Markdown: its name, a table, and where its figures are from."""
    name = " ".join(filter(None, (card.flag, f"**{_escaped(card.name)}**")))
    lines = [name, "", "| | | |", "|---|--:|---|"]
    for cell in card.cells():
        notes = ", ".join(_noted(note, card, _escaped) for note in cell.notes)
        lines.append(f"| {_escaped(cell.main.label)} | {_number(cell.main, card)} | {notes} |")
    foot = " · ".join(_foot(card, _escaped, _linked_credit))
    return "\n".join([*lines, "", foot])


def _noted(note: Amount, card: Card, write: _Write) -> str:
    period = f", {write(note.period)}" if note.period else ""
    return f"{_number(note, card)} {write(note.label)}{period}"


def _number(amount: Amount, card: Card) -> str:
    """Return a number that keeps its sign in front, wherever its line runs."""
    if not amount.text:
        return f"— ({card.language.words['no-data']})"
    return isolated(amount.text, card)


def isolated(digits: str, card: Card) -> str:
    """Return digits and signs that keep their order where a card runs from right to left."""
    plain = card.direction == "ltr" or direction(digits) == "rtl" or digits.isalnum()
    return digits if plain else f"{_LEFT_TO_RIGHT}{digits}{_END}"


def _foot(card: Card, write: _Write, credit: Callable[[Card], str]) -> Iterator[str]:
    words = card.language.words
    if card.updated:
        yield f"{write(card.label('last-update')[0])} {isolated(write(card.updated), card)}"
    if card.figures and card.figures.source:
        yield f"{words['source']} {credit(card)}"
    yield dated(card)


def dated(card: Card) -> str:
    """Return how old the figures are, with their day."""
    word = card.language.words[card.freshness or "no-data"]
    return f"{word} {isolated(card.date, card)}".rstrip()


def _credit(card: Card) -> str:
    figures = card.figures
    assert figures  # noqa: S101 - asked only where there are some
    licence = f" ({flat(figures.licence)})" if figures.licence else ""
    where = f", {figures.url}" if figures.url else ""
    return f"{flat(figures.source)}{licence}{where}"


def _linked_credit(card: Card) -> str:
    figures = card.figures
    assert figures  # noqa: S101 - asked only where there are some
    source = _linked(figures.source, figures.url)
    if not figures.licence:
        return source
    return f"{source} ({_linked(figures.licence, figures.origin.licence_url)})"


def _linked(words: str, url: str) -> str:
    target = re.sub(r"[<>\\\s]", "", url)
    return f"[{_escaped(words)}](<{target}>)" if target else _escaped(words)


def flat(words: str) -> str:
    """Return words on one line, without what commands a terminal or no XML may hold."""
    return _NEVER.sub("\N{REPLACEMENT CHARACTER}", " ".join(words.split()))


def _escaped(words: str) -> str:
    """Return words that mean nothing in Markdown, and stay on one line."""
    return escape_line_start(escape_words(flat(words), in_table=True))

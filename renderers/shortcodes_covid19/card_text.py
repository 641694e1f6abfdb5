"""The card as plain text, and as Markdown with a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from shortcodes.common.markdown_escaping import escape_line_start, escape_words
from shortcodes_covid19.card import Amount, Card
from shortcodes_covid19.language import find_text_direction

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, which a terminal obeys, and what XML cannot hold."""

_ISOLATE, _END_ISOLATE = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

_Write = Callable[[str], str]
"""Turns words into text or Markdown."""


def write_text(card: Card) -> str:
    """Return the card as lines of text, without a line break at the end."""
    lines = [" ".join(filter(None, (card.flag, flatten(card.name))))]
    for cell in card.cells():
        notes = [_write_note(note, card, flatten) for note in cell.notes]
        suffix = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"{flatten(cell.main.label)}: {_write_number(cell.main, card)}{suffix}")
    lines += _write_footer(card, flatten, _write_credit)
    return "\n".join(lines)


def write_markdown(card: Card) -> str:
    """Return the card as Markdown: its name, a table of figures, and their source."""
    name = " ".join(filter(None, (card.flag, f"**{_escape(card.name)}**")))
    lines = [name, "", "| | | |", "|---|--:|---|"]
    for cell in card.cells():
        notes = ", ".join(_write_note(note, card, _escape) for note in cell.notes)
        lines.append(f"| {_escape(cell.main.label)} | {_write_number(cell.main, card)} | {notes} |")
    footer = " · ".join(_write_footer(card, _escape, _write_linked_credit))
    return "\n".join([*lines, "", footer])


def _write_note(note: Amount, card: Card, write: _Write) -> str:
    period = f", {write(note.period)}" if note.period else ""
    return f"{_write_number(note, card)} {write(note.label)}{period}"


def _write_number(amount: Amount, card: Card) -> str:
    if not amount.text:
        return f"— ({card.language.words['no-data']})"
    return _isolate(amount.text, card)


def _isolate(number: str, card: Card) -> str:
    """Return a number or date that keeps its order in a card that runs from right to left.

    Otherwise a sign would move to the other end of its number.
    """
    keeps_order = (
        card.direction == "ltr" or find_text_direction(number) == "rtl" or number.isalnum()
    )
    return number if keeps_order else f"{_ISOLATE}{number}{_END_ISOLATE}"


def _write_footer(card: Card, write: _Write, write_credit: Callable[[Card], str]) -> Iterator[str]:
    words = card.language.words
    if card.updated:
        yield f"{write(card.find_label('last-update')[0])} {_isolate(write(card.updated), card)}"
    if card.figures and card.figures.source:
        yield f"{words['source']} {write_credit(card)}"
    yield write_freshness(card)


def write_freshness(card: Card) -> str:
    """Return how old the figures are, in words, with their date."""
    word = card.language.words[card.freshness or "no-data"]
    return f"{word} {_isolate(card.date, card)}".rstrip()


def _write_credit(card: Card) -> str:
    figures = card.figures
    assert figures  # noqa: S101 - only figures have a credit
    licence = f" ({flatten(figures.licence)})" if figures.licence else ""
    url = f", {figures.url}" if figures.url else ""
    return f"{flatten(figures.source)}{licence}{url}"


def _write_linked_credit(card: Card) -> str:
    figures = card.figures
    assert figures  # noqa: S101 - only figures have a credit
    source = _write_link(figures.source, figures.url)
    if not figures.licence:
        return source
    return f"{source} ({_write_link(figures.licence, figures.origin.licence_url)})"


def _write_link(words: str, url: str) -> str:
    target = re.sub(r"[<>\\\s]", "", url)
    return f"[{_escape(words)}](<{target}>)" if target else _escape(words)


def flatten(words: str) -> str:
    """Return words on one line, with a replacement character for each forbidden one."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", " ".join(words.split()))


def _escape(words: str) -> str:
    """Return words on one line that mean nothing in Markdown."""
    return escape_line_start(escape_words(flatten(words), in_table=True))

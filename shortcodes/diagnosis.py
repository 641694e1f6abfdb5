"""Diagnosis: what the parser saw that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from shortcodes.delimiters import Delimiter
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document, Shortcode
from shortcodes.pairing import Pairs

_READ_BY_WORDPRESS = frozenset("\"'")


def structural(
    delimiters: Sequence[Delimiter], pairs: Pairs, unterminated: Iterable[Delimiter]
) -> Iterator[Diagnostic]:
    """Give what is wrong with whole delimiters."""
    for delimiter in unterminated:
        message = f'[{delimiter.name} is never terminated: no "]" of its own follows'
        yield Diagnostic("SC101", message, (delimiter.start, delimiter.end), "error")
    for place, delimiter in enumerate(delimiters):
        if not delimiter.closing or pairs.partner[place] >= 0:
            continue
        span = (delimiter.start, delimiter.end)
        if place in pairs.crossed:
            message = f"[/{delimiter.name}] crosses a shortcode that was closed before it"
            yield Diagnostic("SC103", message, span, "error")
        else:
            message = f"[/{delimiter.name}] closes nothing"
            yield Diagnostic("SC102", message, span, "warning")


def in_attributes(document: Document) -> Iterator[Diagnostic]:
    """Give what is wrong inside the opening delimiters of the document's shortcodes."""
    for shortcode in document.shortcodes():
        yield from _quotes(shortcode)
        yield from _duplicates(shortcode)


def _quotes(shortcode: Shortcode) -> Iterator[Diagnostic]:
    unread = []
    for attribute in shortcode.attribute_nodes:
        if attribute.quotes is None:
            continue
        opening, closing = attribute.quotes
        if not closing and attribute.raw:
            message = f"the quote {opening} is never closed"
            yield Diagnostic("SC202", message, attribute.span, "warning")
        if {opening, closing or opening} - _READ_BY_WORDPRESS or closing not in ("", opening):
            unread.append(attribute)
    if unread:
        count = "1 value" if len(unread) == 1 else f"{len(unread)} values"
        message = f"{count} in quotes that WordPress does not read"
        yield Diagnostic("SC201", message, unread[0].span, "warning")


def _duplicates(shortcode: Shortcode) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for attribute in shortcode.attribute_nodes:
        if attribute.name in seen:
            message = f"{attribute.name} is given again; the last value wins"
            yield Diagnostic("SC301", message, attribute.span, "warning")
        if attribute.name is not None:
            seen.add(attribute.name)

"""Links of Markdown, whose brackets are no shortcodes, whatever their text is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from shortcodes.delimiters import CLOSING, Delimiters

_FAR_APART = 200
"""At how many code points for each delimiter it is faster to look at the end of each."""


def take_out_links(text: str, delimiters: Delimiters, *, markdown: bool) -> Delimiters:
    """Return the delimiters that are not the text of a link, `[text](address)`.

    In Markdown, neither are those of a reference, `[text][label]` or `[label]`, whose definition
    is in the text, nor the definition, `[label]: address`.
    """
    if not delimiters or not (markdown or _may_be_followed(text, delimiters.ends)):
        return delimiters
    labels = _find_labels(text) if markdown else frozenset()
    starts, ends, kinds = delimiters.starts, delimiters.ends, delimiters.kinds
    links = {
        index
        for index, end in enumerate(ends)
        if text.startswith("(", end) or (labels and _is_reference(text, starts[index], end, labels))
    }
    links = {index for index in links if text[starts[index]] == "[" and kinds[index] != CLOSING}
    if not links:
        return delimiters
    return delimiters.select([index for index in range(len(delimiters)) if index not in links])


def _may_be_followed(text: str, ends: Sequence[int]) -> bool:
    """Return whether a parenthesis may follow a delimiter directly. This is a quick check."""
    if len(ends) * _FAR_APART < len(text):
        return any(text.startswith("(", end) for end in ends)
    return "](" in text


def _find_labels(text: str) -> frozenset[str]:
    """Return the labels of the definitions in a text."""
    if "]:" not in text:
        return frozenset()
    return frozenset(_normalise(match[1]) for match in _compile_definition().finditer(text))


def _is_reference(text: str, start: int, end: int, labels: frozenset[str]) -> bool:
    if _normalise(text[start + 1 : end - 1]) in labels:
        return True
    label = _compile_label().match(text, end)
    return label is not None and _normalise(label[1]) in labels


def _normalise(label: str) -> str:
    """Return a label as CommonMark compares it (4.7)."""
    return " ".join(label.casefold().split())


@cache
def _compile_definition() -> re.Pattern[str]:
    return re.compile(r"(?m)^ {0,3}\[([^\[\]\n]++)\]:[ \t]*+(?=\S|\r?\n[ \t]*+\S)")


@cache
def _compile_label() -> re.Pattern[str]:
    return re.compile(r"\[([^\[\]\n]++)\]")

"""What holds no words: white space as the grammar has it, and the tags of empty paragraphs.

Every pattern reads a place once: a run of filler is never given back, and no tag reads beyond the
next "<".
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from shortcodes.html.tags import PLAIN_REST
from shortcodes.lenient.grammar import terminals

_OPENING = rf"<p(?=[\s>]){PLAIN_REST}"
_CLOSING = r"</p\s*+>"


class Patterns(NamedTuple):
    """Compiled when a text first needs them, since the grammar is loaded for them."""

    only: re.Pattern[str]
    """Nothing but filler up to the end."""
    opens: re.Pattern[str]
    """A paragraph whose opening tag is followed by nothing else up to the end."""
    closes: re.Pattern[str]
    """The closing tag of one, after nothing else."""


@cache
def patterns() -> Patterns:
    """Return the patterns of what may go with a shortcode."""
    filler = _filler()
    return Patterns(
        only=re.compile(rf"(?i){filler}*+\Z"),
        opens=re.compile(rf"(?i){_OPENING}{filler}*+\Z"),
        closes=re.compile(rf"(?i){filler}*+{_CLOSING}"),
    )


def paragraph_of(word: str) -> re.Pattern[str]:
    """Return the pattern of a paragraph of such words and filler; its content is group 1."""
    return re.compile(rf"(?i){_OPENING}((?:{_filler()}|{word})*+){_CLOSING}")


def opening(text: str, start: int = 0) -> re.Match[str] | None:
    """Return the paragraph that is opened last, if nothing but filler follows it."""
    # Filler holds no "<p", so that only the last one can be it.
    place = max(text.rfind("<p", start), text.rfind("<P", start))
    return patterns().opens.match(text, place) if place >= 0 else None


def _filler() -> str:
    """Return the pattern of one white space, as character or entity, or one line-break tag."""
    # The argument is spelled out as everywhere else, or the grammar would be compiled once more.
    space = terminals(False)["_WS"].removesuffix("++")
    # The grammar's white space holds the tags of paragraphs, which are no white space here.
    return rf"(?:\s|(?!</?p){space}|<br\b{PLAIN_REST})"

"""Second step of stripping: a `<p>` that held nothing but removed shortcodes and white space goes.

WordPress wraps a shortcode that stands alone in a paragraph; without the shortcode the empty
paragraph would stay behind as a gap on the page.
"""

from __future__ import annotations

import re

from shortcodes_strip.cuts import Piece

_FILLER = r"(?:\s|&nbsp;|&\#160;|&\#xa0;|<br\b[^<>]*+>)"
_OPENS = re.compile(rf"(?i)<p(?=[\s>])[^<>]*+>{_FILLER}*+\Z")
_ONLY_FILLER = re.compile(rf"(?i){_FILLER}*+\Z")
_CLOSES = re.compile(rf"(?i){_FILLER}*+</p\s*+>")


def without_empty_paragraphs(found: list[Piece]) -> list[Piece]:
    """Return the pieces (text, removed, text, ..., text) without the tags of empty paragraphs."""
    texts = [piece for piece in found if piece is not None]
    opened: tuple[int, int] | None = None
    for index, text in enumerate(texts):
        start = 0
        if opened is not None:
            if closing := _CLOSES.match(text):
                start = closing.end()
                _erase(texts, opened, (index, start))
                text = texts[index]
                opened, start = None, 0
            elif not _ONLY_FILLER.match(text):
                opened = None
        if opening := _OPENS.search(text, start):
            opened = index, opening.start()
    result: list[Piece] = [texts[0]]
    for text in texts[1:]:
        result += (None, text)
    return result


def _erase(texts: list[str], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Empty the texts between two places, each an index and an offset into that text."""
    texts[start[0]] = texts[start[0]][: start[1]]
    for between in range(start[0] + 1, end[0]):
        texts[between] = ""
    texts[end[0]] = texts[end[0]][end[1] :]

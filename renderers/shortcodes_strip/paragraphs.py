"""The second step of stripping: a `<p>` that contained only shortcodes and white space goes.

WordPress wraps a shortcode on a line of its own in a paragraph; without the shortcode, the empty
paragraph would be a gap on the page.
"""

from __future__ import annotations

from shortcodes_strip.blank_patterns import compile_patterns, find_opened_paragraph


def remove_empty_paragraphs(texts: list[str]) -> list[str]:
    """Return the texts between cuts without the tags of empty paragraphs."""
    if not any("<" in text for text in texts):
        return texts
    texts = list(texts)
    blank, closing = compile_patterns().blank, compile_patterns().closing
    opened: tuple[int, int] | None = None
    for index, text in enumerate(texts):
        if opened is not None:
            if closed := closing.match(text):
                _erase(texts, opened, (index, closed.end()))
                text = texts[index]
                opened = None
            elif not blank.match(text):
                opened = None
        if opening := find_opened_paragraph(text):
            opened = index, opening.start()
    return texts


def _erase(texts: list[str], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Remove everything between two points, each the index of a text and an offset in it."""
    texts[start[0]] = texts[start[0]][: start[1]]
    for index in range(start[0] + 1, end[0]):
        texts[index] = ""
    texts[end[0]] = texts[end[0]][end[1] :]

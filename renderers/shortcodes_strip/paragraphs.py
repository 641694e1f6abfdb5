"""Second step of stripping: a `<p>` that held nothing but removed shortcodes and white space goes.

WordPress wraps a shortcode that stands alone in a paragraph; without the shortcode the empty
paragraph would stay behind as a gap on the page.
"""

from __future__ import annotations

from shortcodes_strip.blank_patterns import opening, patterns


def without_empty_paragraphs(texts: list[str]) -> list[str]:
    """Return the texts between removed places without the tags of empty paragraphs."""
    if not any("<" in text for text in texts):
        return texts
    texts = list(texts)
    only, closes = patterns().only, patterns().closes
    opened: tuple[int, int] | None = None
    for index, text in enumerate(texts):
        start = 0
        if opened is not None:
            if closing := closes.match(text):
                start = closing.end()
                _erase(texts, opened, (index, start))
                text = texts[index]
                opened, start = None, 0
            elif not only.match(text):
                opened = None
        if last := opening(text, start):
            opened = index, last.start()
    return texts


def _erase(texts: list[str], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Empty the texts between two places, each an index and an offset into that text."""
    texts[start[0]] = texts[start[0]][: start[1]]
    for between in range(start[0] + 1, end[0]):
        texts[between] = ""
    texts[end[0]] = texts[end[0]][end[1] :]

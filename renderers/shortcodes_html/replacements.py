"""Placeholders: words that hold the places of handlers' output until the text is laid out.

Whatever happens to the text in between (escaping, paragraphs, Markdown), the markup is inserted
last and in one pass, so that nothing changes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from shortcodes.nodes import Document, Shortcode, Span
from shortcodes_html.blocks import has_block
from shortcodes_html.guarded_source import GuardedSource

PLACEHOLDER = r"sc[0-9a-f]{24}n[0-9]++x"
"""A regular expression for what may be a placeholder: letters and digits survive every layout."""

_PLACEHOLDER = re.compile(f"({PLACEHOLDER})")


class ReplacedSource(NamedTuple):
    """The source that a replacement takes the place of."""

    printed: str
    """The source as it is printed where no markup can stand; for an escape, as a reader should
    see it."""
    written: str
    """The source as it was written, which is what code shows."""
    content_span: Span = (0, 0)
    """The span in `printed` of the content of a shortcode with a handler."""
    span: Span = (0, 0)
    """The span in the document of the shortcode, or of the delimiter that is taken out."""
    is_stripped: bool = False
    """Whether the source is not printed, unless it has to stay in a tag."""


@dataclass(slots=True)  # frozen ones take three times as long to make
class Replacement:
    """What is printed in place of a shortcode, of its content, or of one of its delimiters."""

    placeholder: str
    markup: str
    """Safe markup."""
    _replacements: Replacements

    @property
    def source(self) -> ReplacedSource:
        """The source that it takes the place of."""
        shortcode = self.shortcode
        if shortcode is None:
            return self._replacements.sources[self.placeholder]
        source = self._replacements.guarded.read(*shortcode.span)
        content_span = (0, 0)
        if shortcode.close_span:
            (start, open_end), (close_start, end) = shortcode.open_span, shortcode.close_span
            content_span = open_end - start, len(source) - (end - close_start)
        return ReplacedSource(source, source, content_span, shortcode.span)

    @property
    def is_markup(self) -> bool:
        """Whether it is a handler's output or the content of a shortcode, rather than source."""
        source = self._replacements.sources.get(self.placeholder)
        return source is None or source.content_span != (0, 0)

    @property
    def shortcode(self) -> Shortcode | None:
        """The shortcode whose handler returned the markup, if one did."""
        return self._replacements.find_shortcode(self.placeholder)


def is_block(replacement: Replacement) -> bool:
    """Return whether a replacement may not stand inside a paragraph."""
    return replacement.is_markup and has_block(replacement.markup)


class Replacements:
    """The replacements of one document by their placeholders.

    They are kept in columns: a hundred thousand objects would keep the garbage collector busy.
    """

    def __init__(self, document: Document, guarded: GuardedSource) -> None:
        self.guarded = guarded
        """The source of the document, from which the content of gates is left out."""
        self._items = document.items()
        self.text = document.source
        """The text of the document."""
        # The text cannot contain its own digest.
        digest = blake2b(document.source.encode("utf-8", "surrogatepass"), digest_size=12)
        self._key = f"sc{digest.hexdigest()}n"
        self.line_break = f"{self._key}br"
        """A word for a line break that a layout must not see."""
        self._markup: dict[str, str] = {}
        self._item: dict[str, int] = {}
        self.sources: dict[str, ReplacedSource] = {}
        """The replaced source of everything that is not a handler's output."""

    def __len__(self) -> int:
        return len(self._markup)

    def add_output(self, markup: str, item: int) -> str:
        """Add what a handler returned for an item of the document; return its placeholder."""
        placeholder = f"{self._key}{len(self._markup)}x"
        self._markup[placeholder] = markup
        self._item[placeholder] = item
        return placeholder

    def add_source(self, source: ReplacedSource, markup: str) -> str:
        """Add markup that takes the place of source; return its placeholder."""
        placeholder = f"{self._key}{len(self._markup)}x"
        self._markup[placeholder] = markup
        self.sources[placeholder] = source
        return placeholder

    def find_shortcode(self, placeholder: str) -> Shortcode | None:
        """Return the shortcode whose output a placeholder stands for; `None` for source."""
        index = self._item.get(placeholder)
        item = None if index is None else self._items[index]
        return item if isinstance(item, Shortcode) else None

    def may_be_in(self, text: str) -> bool:
        """Return whether a text may contain a placeholder. This is a quick check."""
        return self._key in text

    def get(self, word: str) -> Replacement | None:
        """Return the replacement for a word, if the word is a placeholder."""
        markup = self._markup.get(word)
        return None if markup is None else Replacement(word, markup, self)

    def list_outputs_only(self, draft: str) -> list[str] | None:
        """Return the placeholders of a text that consists of handlers' outputs; else `None`."""
        parts = _PLACEHOLDER.split(draft)
        placeholders = parts[1::2]
        if any(map(str.strip, parts[::2])):
            return None
        return placeholders if all(map(self._item.__contains__, placeholders)) else None

    def list_markup(self, placeholders: Iterable[str]) -> list[str]:
        """Return the markup for each placeholder."""
        return [self._markup[placeholder] for placeholder in placeholders]

    def split(self, draft: str) -> Iterator[str | Replacement]:
        """Yield the texts and the replacements in order, without empty texts."""
        for part in _PLACEHOLDER.split(draft):
            if part:
                yield self.get(part) or part

    def substitute(self, draft: str, write: Callable[[Replacement], str]) -> str:
        """Return a text with what `write` returns in place of each placeholder."""
        return "".join(p if isinstance(p, str) else write(p) for p in self.split(draft))

    def fill(self, draft: str) -> str:
        """Return a text with its markup in place of each placeholder."""
        parts = _PLACEHOLDER.split(draft)
        parts[1::2] = map(self._markup.get, parts[1::2], parts[1::2])
        return "".join(parts)

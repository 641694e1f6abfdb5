"""Placeholders: words that stand in the text for what handlers made, until the text is laid out.

Whatever happens to the text in between (escaping, paragraphs, Markdown), the markup is put in
last and in one pass, so that nothing touches it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from shortcodes.nodes import Document, Shortcode, Span
from shortcodes_html.blocks import holds_block

PLACEHOLDER = r"sc[0-9a-f]{24}n[0-9]++x"
"""A regular expression for what may be a placeholder: letters and digits survive every layout."""

_PLACEHOLDER = re.compile(f"({PLACEHOLDER})")


class Source(NamedTuple):
    """What stood in the place of an output."""

    shown: str
    """What is printed where no markup can stand; of an escape, what a reader should see."""
    written: str
    """As it was written, which is what code shows."""
    enclosed: Span = (0, 0)
    """Where in `shown` stands what a shortcode with a handler encloses."""
    span: Span = (0, 0)
    """The place of the shortcode, or of what is stripped."""
    is_stripped: bool = False
    """Whether it is source that is not printed, unless it has to stay in a tag."""


@dataclass(slots=True)  # frozen ones take three times as long to make
class Output:
    """What is printed in place of a shortcode, of what it encloses, or of one of its delimiters."""

    placeholder: str
    markup: str
    """What is printed; safe."""
    _outputs: Outputs

    @property
    def source(self) -> Source:
        """What stood there."""
        rendered = self.rendered
        if rendered is None:
            return self._outputs.dressed[self.placeholder]
        start = rendered.span[0]
        end = (rendered.close_span or rendered.open_span)[0]
        within = (rendered.open_span[1] - start, end - start) if rendered.close_span else (0, 0)
        return Source(rendered.source, rendered.source, within, rendered.span)

    @property
    def is_markup(self) -> bool:
        """Whether it is what a handler made, or what a shortcode encloses; else it is source."""
        source = self._outputs.dressed.get(self.placeholder)
        return source is None or source.enclosed != (0, 0)

    @property
    def rendered(self) -> Shortcode | None:
        """The shortcode whose handler made the markup, if one did."""
        return self._outputs.rendered(self.placeholder)


def is_block(output: Output) -> bool:
    """Whether an output may not stand inside a paragraph."""
    return output.is_markup and holds_block(output.markup)


class Outputs:
    """The outputs of one document, each found by its placeholder.

    They are kept in columns: a hundred thousand objects would keep the garbage collector busy.
    """

    def __init__(self, document: Document) -> None:
        self._items = document.items()
        # A digest of the text cannot stand in the text.
        digest = blake2b(document.source.encode("utf-8", "surrogatepass"), digest_size=12)
        self._key = f"sc{digest.hexdigest()}n"
        self._markup: dict[str, str] = {}
        self._item: dict[str, int] = {}
        self.dressed: dict[str, Source] = {}
        """What stood where no handler made the markup."""

    def __len__(self) -> int:
        return len(self._markup)

    def add(self, markup: str, item: int) -> str:
        """Keep what a handler made of an item of the document; return the placeholder for it."""
        placeholder = f"{self._key}{len(self._markup)}x"
        self._markup[placeholder] = markup
        self._item[placeholder] = item
        return placeholder

    def dress(self, source: Source, markup: str) -> str:
        """Keep what no handler made, but stands for source; return the placeholder for it."""
        placeholder = f"{self._key}{len(self._markup)}x"
        self._markup[placeholder] = markup
        self.dressed[placeholder] = source
        return placeholder

    def rendered(self, placeholder: str) -> Shortcode | None:
        """Return the shortcode that an output was made of; `None` for source."""
        place = self._item.get(placeholder)
        item = None if place is None else self._items[place]
        return item if isinstance(item, Shortcode) else None

    def get(self, word: str) -> Output | None:
        """Return the output that a word stands for, if it is a placeholder."""
        markup = self._markup.get(word)
        return None if markup is None else Output(word, markup, self)

    def alone(self, template: str) -> list[str] | None:
        """Return the words of a text that holds nothing but what handlers made; else `None`."""
        parts = _PLACEHOLDER.split(template)
        words = parts[1::2]
        if any(map(str.strip, parts[::2])) or not all(map(self._item.__contains__, words)):
            return None
        return words

    def made(self, words: Iterable[str]) -> list[str]:
        """Return the markup that each placeholder stands for."""
        return [self._markup[word] for word in words]

    def split(self, template: str) -> Iterator[str | Output]:
        """Give the text and the outputs in order, without empty texts."""
        for part in _PLACEHOLDER.split(template):
            if part:
                yield self.get(part) or part

    def replace(self, template: str, by: Callable[[Output], str]) -> str:
        """Return the text with every placeholder replaced."""
        return "".join(p if isinstance(p, str) else by(p) for p in self.split(template))

    def fill(self, template: str) -> str:
        """Return the text with its markup in place of every placeholder."""
        parts = _PLACEHOLDER.split(template)
        parts[1::2] = map(self._markup.get, parts[1::2], parts[1::2])
        return "".join(parts)

"""Placeholders: words that stand in the text for what handlers made, until the text is laid out.

Whatever happens to the text in between (escaping, paragraphs, Markdown), the markup is put in
last and in one pass, so that nothing touches it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from markupsafe import Markup

from shortcodes.nodes import Shortcode
from shortcodes_html.blocks import holds_block

PLACEHOLDER = r"sc[0-9a-f]{24}n[0-9]++x"
"""A regular expression for what may be a placeholder: letters and digits survive every layout."""

_PLACEHOLDER = re.compile(f"({PLACEHOLDER})")


class Output(NamedTuple):
    """What is printed in place of a shortcode or of one of its delimiters."""

    placeholder: str
    markup: Markup
    stood: str | Shortcode
    """What stood there; printed where no markup can stand. A shortcode is one whose handler made
    the markup, a `str` source in another dress."""
    stylesheets: Sequence[str]
    """The CSS that is to be printed before it."""

    @property
    def is_block(self) -> bool:
        """Whether it may not stand inside a paragraph."""
        return self.shortcode is not None and holds_block(self.markup)

    @property
    def shortcode(self) -> Shortcode | None:
        """The shortcode whose handler made the markup."""
        return None if isinstance(self.stood, str) else self.stood

    @property
    def source(self) -> str:
        """What stood there, as written."""
        return self.stood if isinstance(self.stood, str) else self.stood.source


class Outputs:
    """The outputs of one document, each found by its placeholder."""

    def __init__(self, source: str) -> None:
        # A digest of the text cannot stand in the text.
        self._key = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        self._outputs: dict[str, Output] = {}

    def __len__(self) -> int:
        return len(self._outputs)

    def add(
        self,
        markup: Markup,
        stood: str | Shortcode,
        stylesheets: Sequence[str] = (),
    ) -> str:
        """Keep an output and return the placeholder for it."""
        placeholder = f"sc{self._key}n{len(self._outputs)}x"
        self._outputs[placeholder] = Output(placeholder, markup, stood, stylesheets)
        return placeholder

    def get(self, word: str) -> Output | None:
        """Return the output that a word stands for, if it is a placeholder."""
        return self._outputs.get(word)

    def split(self, template: str) -> Iterator[str | Output]:
        """Give the text and the outputs in order, without empty texts."""
        for part in _PLACEHOLDER.split(template):
            if part:
                yield self._outputs.get(part, part)

    def replace(self, template: str, by: Callable[[Output], str]) -> str:
        """Return the text with every placeholder replaced."""
        return "".join(p if isinstance(p, str) else by(p) for p in self.split(template))

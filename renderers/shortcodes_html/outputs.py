"""Placeholders: words that stand in the text for what handlers made, until the text is laid out.

Whatever happens to the text in between (escaping, paragraphs, Markdown), the markup is put in
last and in one pass, so that nothing touches it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from markupsafe import Markup

from shortcodes.nodes import Shortcode
from shortcodes_html.blocks import holds_block

PLACEHOLDER = r"sc[0-9a-f]{24}n[0-9]++x"
"""A regular expression for what may be a placeholder: letters and digits survive every layout."""

_PLACEHOLDER = re.compile(f"({PLACEHOLDER})")


@dataclass(frozen=True, slots=True)
class Output:
    """What is printed in place of a shortcode or of one of its delimiters."""

    placeholder: str
    markup: Markup
    source: Markup
    """What stood there; printed where no markup can stand."""
    shortcode: Shortcode | None
    """Whose handler made the markup; `None` for source in another dress."""
    stylesheets: Sequence[str]
    """The CSS that is to be printed before it."""
    is_block: bool
    """Whether it may not stand inside a paragraph."""


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
        source: Markup,
        shortcode: Shortcode | None = None,
        stylesheets: Sequence[str] = (),
    ) -> str:
        """Keep an output and return the placeholder for it."""
        placeholder = f"sc{self._key}n{len(self._outputs)}x"
        is_block = shortcode is not None and holds_block(markup)
        self._outputs[placeholder] = Output(
            placeholder, markup, source, shortcode, stylesheets, is_block
        )
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

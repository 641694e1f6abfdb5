"""Placeholders: words that stand in the text for what handlers made, until the text is laid out.

Whatever happens to the text in between (escaping, paragraphs, Markdown), the markup is put in
last and in one pass, so that nothing touches it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from markupsafe import Markup

from shortcodes.nodes import Shortcode
from shortcodes_html.blocks import holds_block

PLACEHOLDER = r"sc[0-9a-f]{24}n[0-9]++x"
"""A regular expression for what may be a placeholder: letters and digits survive every layout."""

_PLACEHOLDER = re.compile(f"({PLACEHOLDER})")


class Output(Protocol):
    """What is printed in place of a shortcode or of one of its delimiters."""

    placeholder: str
    stylesheets: Sequence[str]
    """The CSS that is to be printed before it."""

    @property
    def markup(self) -> Markup:
        """What is printed."""

    @property
    def source(self) -> str:
        """What stood there, as written; printed where no markup can stand."""

    @property
    def rendered(self) -> Shortcode | None:
        """The shortcode whose handler made the markup; `None` for source in another dress."""


@dataclass(slots=True)
class Dressed:
    """Source that is printed in another dress."""

    markup: Markup
    source: str
    placeholder: str = ""
    stylesheets: Sequence[str] = ()
    rendered: Shortcode | None = None


def is_block(output: Output) -> bool:
    """Whether an output may not stand inside a paragraph."""
    return output.rendered is not None and holds_block(output.markup)


class Outputs:
    """The outputs of one document, each found by its placeholder."""

    def __init__(self, source: str) -> None:
        # A digest of the text cannot stand in the text.
        digest = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=12)
        self._key = f"sc{digest.hexdigest()}n"
        self._outputs: dict[str, Output] = {}

    def __len__(self) -> int:
        return len(self._outputs)

    def add(self, output: Output) -> str:
        """Keep an output and return the placeholder for it."""
        output.placeholder = placeholder = f"{self._key}{len(self._outputs)}x"
        self._outputs[placeholder] = output
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

"""The language: loads the grammar files and hands out the pattern of each of their terminals."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_INSTALLED = Path(__file__).parents[1] / "_grammar"
_CHECKOUT = Path(__file__).parents[2] / "grammar"


@cache
def grammar_text(markdown: bool = False) -> str:
    """Return the Lark grammar of delimiters, in plain text or in Markdown exports."""
    names = ["shortcode.lark", "markdown.lark"] if markdown else ["shortcode.lark"]
    folder = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


class QuoteMarks(NamedTuple):
    """The characters that are quotes, as the grammar lists them."""

    double: str
    """Straight, curly and full-width double quotes, double primes and guillemets."""
    single: str
    """Straight and curly single quotes, and primes."""
    guillemets: str

    @property
    def all(self) -> str:
        """Every quote character."""
        return self.double + self.single


@cache
def quote_marks() -> QuoteMarks:
    """Return the quote characters. This reads the text of the grammar and does not need Lark."""
    tables = re.findall(
        r"(?m)^(DOUBLE_QUOTE|SINGLE_QUOTE|GUILLEMET)_MARK: /\[([^\]]++)\]/$", grammar_text()
    )
    marks = dict(tables)
    return QuoteMarks(marks["DOUBLE_QUOTE"], marks["SINGLE_QUOTE"], marks["GUILLEMET"])


@cache
def terminals(markdown: bool = False) -> dict[str, str]:
    """Return each terminal's regular expression by its name, as Lark composed it."""
    from lark import Lark  # imported late: it is only needed once a text holds a bracket

    # Without a parser Lark keeps all terminals, also those that no production uses.
    lexer = Lark(grammar_text(markdown), parser=None, lexer="basic")
    return {terminal.name: terminal.pattern.to_regexp() for terminal in lexer.terminals}

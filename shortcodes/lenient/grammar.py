"""The language: loads the grammar files and hands out the pattern of each of their terminals."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_INSTALLED = Path(__file__).parents[1] / "_grammar"
_CHECKOUT = Path(__file__).parents[2] / "grammar"


@cache
def grammar_text(markdown: bool = False) -> str:
    """Return the Lark grammar of delimiters, in plain text or in Markdown exports."""
    names = ["shortcode.lark", "markdown.lark"] if markdown else ["shortcode.lark"]
    folder = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


@cache
def terminals(markdown: bool = False) -> dict[str, str]:
    """Return each terminal's regular expression by its name, as Lark composed it."""
    from lark import Lark  # imported late: it is only needed once a text holds a bracket

    # Without a parser Lark keeps all terminals, also those that no production uses.
    lexer = Lark(grammar_text(markdown), parser=None, lexer="basic")
    return {terminal.name: terminal.pattern.to_regexp() for terminal in lexer.terminals}

"""The other execution of the grammar: Lark's LALR parser, one delimiter at a time.

Slower than the scanner and equal to it. It says what was expected where a delimiter breaks off,
which makes it the one for validation, editing and error messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.lexer import BasicLexer, LexerState
from lark.utils import TextSlice

from shortcodes.delimiters import Delimiter, First
from shortcodes.lenient.attributes import Parts, delimiter_name, make_attribute
from shortcodes.lenient.grammar import grammar_text
from shortcodes.lenient.patterns import delimiter_patterns
from shortcodes.lenient.quotes import Quotes
from shortcodes.nodes import Attribute

_ENDS = {"CLOSE", "SELF_CLOSE", "CLOSING_TAG"}
_QUOTES = {"DOUBLE_QUOTE", "SINGLE_QUOTE"}


class Broken(NamedTuple):
    """Where a delimiter breaks off."""

    offset: int
    """In code points."""
    expected: frozenset[str]
    """The terminals that would have gone on from there."""


def read_delimiter(
    text: str, start: int = 0, *, markdown: bool = False
) -> tuple[Delimiter, tuple[Attribute, ...]] | Broken:
    """Read the delimiter that begins at `start`, in code points, or say where it breaks off."""
    try:
        (tree,) = _parser(markdown).parse(TextSlice(text, start, len(text))).children
    except UnexpectedToken as error:
        offset = len(text) if error.token.type == "$END" else _start(error.token)
        return Broken(offset, frozenset(error.expected))
    assert isinstance(tree, Tree)  # noqa: S101 - the start symbol holds one rule
    tokens = [child for child in tree.children if isinstance(child, Token)]
    items = [child for child in tree.children if isinstance(child, Tree)]
    head, last = tokens[0], tokens[-1]
    attributes = tuple(make_attribute(text, _parts(item), markdown) for item in items)
    delimiter = Delimiter(
        start=start,
        end=_end(last),
        name=delimiter_name(head, markdown),
        closing=tree.data == "closing",
        self_closing=last.type == "SELF_CLOSE",
        first=_first(head, attributes, markdown),
    )
    return delimiter, attributes


class _Lexer(BasicLexer):
    """Lark's basic lexer, which asks for the end of a value at its opening quote and stops where
    the delimiter ends.
    """

    __future_interface__ = 2
    markdown = False

    def lex(self, state: LexerState, parser_state: object) -> Iterator[Token]:
        text, place = state.text.text, state.line_ctr
        quotes = Quotes(text, self.markdown)
        previous = ""
        while previous not in _ENDS:
            try:
                token = self.next_token(state, parser_state)
            except EOFError:
                return
            except UnexpectedCharacters:
                # The parser says what it would have taken instead.
                yield _token("STRAY", text, place.char_pos, place.char_pos + 1)
                return
            yield token
            if token.type in _QUOTES:
                after_equals = previous in ("KEY", "OPEN_VALUE")
                quoted = quotes.close(_start(token), _end(token), after_equals=after_equals)
                if quoted is None:
                    return
                yield _token("VALUE", text, quoted.value_start, quoted.value_end)
                if quoted.end > quoted.close_start:
                    yield _token("QUOTE_CLOSE", text, quoted.close_start, quoted.end)
                place.feed(TextSlice(text, place.char_pos, quoted.end))
            previous = token.type


class _MarkdownLexer(_Lexer):
    markdown = True


@cache
def _parser(markdown: bool) -> Lark:
    lexer = _MarkdownLexer if markdown else _Lexer
    return Lark(grammar_text(markdown), parser="lalr", lexer=lexer)


def _parts(item: Tree[Token]) -> Parts:
    key = next((t for t in item.children if isinstance(t, Token) and t.type != "BARE"), None)
    value = item.children[-1]
    if isinstance(value, Tree):
        opening, content, *closing = (t for t in value.children if isinstance(t, Token))
        close_start, end = (
            (_start(closing[0]), _end(closing[0])) if closing else (_end(content), _end(content))
        )
        spans = _start(opening), _end(opening), _start(content), _end(content), close_start, end
    elif value is key:
        spans = (_end(value),) * 6
    else:
        spans = (_start(value),) * 3 + (_end(value),) * 3
    return Parts(_start(key) if key else spans[0], key is not None, *spans)


def _first(head: Token, attributes: tuple[Attribute, ...], markdown: bool) -> First:
    if head.type == "OPEN_VALUE":
        return "value"
    if not attributes:
        return ""
    attribute = attributes[0]
    if attribute.name is not None:
        return "named"
    url = attribute.quotes is None and delimiter_patterns(markdown).url.match(attribute.raw)
    return "url" if url else ""


def _token(kind: str, text: str, start: int, end: int) -> Token:
    return Token(kind, text[start:end], start_pos=start, end_pos=end)


def _start(token: Token) -> int:
    assert token.start_pos is not None  # noqa: S101 - Lark's lexers set it
    return token.start_pos


def _end(token: Token) -> int:
    return _start(token) + len(token)

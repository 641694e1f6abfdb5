"""The other execution of the grammar: Lark's LALR parser, one delimiter at a time.

It is slower than the scanner and reads the same. Where an opening tag breaks off, it says what the
grammar would have taken instead: that is what the hint of SC101 says.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.lexer import BasicLexer, LexerState
from lark.utils import TextSlice

from shortcodes.delimiters import CLOSING_QUOTE, Break, Delimiter, FirstItem
from shortcodes.lenient.attributes import Parts, make_attribute, read_tag_name
from shortcodes.lenient.grammar import grammar_text
from shortcodes.lenient.patterns import delimiter_patterns
from shortcodes.lenient.quotes import Quotes
from shortcodes.nodes import Attribute, Span

_ENDS = {"CLOSE", "SELF_CLOSE", "CLOSING_TAG"}
_QUOTES = {"DOUBLE_QUOTE", "SINGLE_QUOTE"}


class Broken(NamedTuple):
    """Where a delimiter breaks off, in the terms of the grammar."""

    offset: int
    expected: frozenset[str]
    """The terminals that could have followed there."""


def read_delimiter(
    text: str, start: int = 0, *, markdown: bool = False
) -> tuple[Delimiter, tuple[Attribute, ...]] | Broken:
    """Read the delimiter that begins at the offset `start`, or return where it breaks off."""
    try:
        (tree,) = _build_parser(markdown).parse(TextSlice(text, start, len(text))).children
    except UnexpectedToken as error:
        offset = len(text) if error.token.type == "$END" else _get_start(error.token)
        return Broken(offset, frozenset(error.expected))
    assert isinstance(tree, Tree)  # noqa: S101 - the start symbol holds one rule
    tokens = [child for child in tree.children if isinstance(child, Token)]
    items = [child for child in tree.children if isinstance(child, Tree)]
    head, last = tokens[0], tokens[-1]
    attributes = tuple(make_attribute(text, _locate_parts(item), markdown) for item in items)
    delimiter = Delimiter(
        start=start,
        end=_get_end(last),
        name=read_tag_name(head, markdown),
        is_closing=tree.data == "closing",
        is_self_closing=last.type == "SELF_CLOSE",
        first_item=_classify(head, attributes, markdown),
    )
    return delimiter, attributes


_ATTRIBUTE, _VALUE = "an attribute", "a value"
_WORDS = {
    "KEY": _ATTRIBUTE,
    "BARE_KEY": _ATTRIBUTE,
    "BARE": _VALUE,
    "DOUBLE_QUOTE": _VALUE,
    "SINGLE_QUOTE": _VALUE,
    "VALUE": CLOSING_QUOTE,
    "QUOTE_CLOSE": CLOSING_QUOTE,
    "CLOSE": "`]`",
    "SELF_CLOSE": "`/]`",
}
"""The terminals that may be expected inside an opening tag, in plain words."""

_LINE_END = re.compile(r"[\[\r\n]")
_HEAD = "[x "
_LONGEST_VALUE = 200
"""Code points of a last value that are looked at."""


def find_break(text: str, span: Span, *, markdown: bool = False) -> Break:
    """Return where an opening tag breaks off, and what was expected there.

    `span` is what follows the last attribute that can be read; it ends with the quote that opens a
    value if nothing closes the value. Only this much is read again: whatever comes before it, the
    grammar expects the same.
    """
    start, end = span
    broken = _read_broken(text[start:end], markdown)
    expected = describe(broken.expected)
    if expected == (CLOSING_QUOTE,):
        # A quote ends a value only if something follows it, so that this one may be closed.
        line = _LINE_END.split(text[end : end + _LONGEST_VALUE], maxsplit=1)[0].rstrip()
        if _is_closed(text[start:end] + line, markdown):
            return Break(end + len(line), describe({"CLOSE"}))
    return Break(start + broken.offset - len(_HEAD), expected)


def describe(expected: Container[str]) -> tuple[str, ...]:
    """Return terminals that were expected inside an opening tag, in plain words."""
    words = tuple(dict.fromkeys(_WORDS[name] for name in _WORDS if name in expected))
    return tuple(word for word in words if word != _VALUE or _ATTRIBUTE not in words)


@lru_cache(maxsize=1000)
def _read_broken(source: str, markdown: bool) -> Broken:
    result = read_delimiter(_HEAD + source, markdown=markdown)
    assert isinstance(result, Broken)  # noqa: S101 - the scanner found that it breaks off
    return result


@lru_cache(maxsize=1000)
def _is_closed(source: str, markdown: bool) -> bool:
    """Return whether the last value is closed if the tag ends after it."""
    result = read_delimiter(f"{_HEAD}{source}]", markdown=markdown)
    if isinstance(result, Broken):
        return False
    quotes = result[1][-1].quotes
    return quotes is not None and quotes[1] != ""


class _Lexer(BasicLexer):
    """Lark's basic lexer. At an opening quote it asks the quote rules for the end of the value, and
    it stops at the end of the delimiter.
    """

    __future_interface__ = 2
    markdown = False

    def lex(self, state: LexerState, parser_state: object) -> Iterator[Token]:
        text, counter = state.text.text, state.line_ctr
        quotes = Quotes(text, self.markdown)
        previous = ""
        while previous not in _ENDS:
            try:
                token = self.next_token(state, parser_state)
            except EOFError:
                return
            except UnexpectedCharacters:
                # The parser says what it would have taken instead.
                yield _make_token("STRAY", text, counter.char_pos, counter.char_pos + 1)
                return
            yield token
            if token.type in _QUOTES:
                after_equals = previous in ("KEY", "OPEN_VALUE")
                quoted = quotes.close(_get_start(token), _get_end(token), after_equals=after_equals)
                if quoted is None:
                    return
                yield _make_token("VALUE", text, quoted.value_start, quoted.value_end)
                if quoted.end > quoted.close_start:
                    yield _make_token("QUOTE_CLOSE", text, quoted.close_start, quoted.end)
                counter.feed(TextSlice(text, counter.char_pos, quoted.end))
                separator = delimiter_patterns(self.markdown).separator.match(text, quoted.end)
                if separator:
                    yield _make_token("_GAP", text, *separator.span())
                    counter.feed(TextSlice(text, counter.char_pos, separator.end()))
            previous = token.type


class _MarkdownLexer(_Lexer):
    markdown = True


@cache
def _build_parser(markdown: bool) -> Lark:
    lexer = _MarkdownLexer if markdown else _Lexer
    return Lark(grammar_text(markdown), parser="lalr", lexer=lexer)


def _locate_parts(item: Tree[Token]) -> Parts:
    key = next((t for t in item.children if isinstance(t, Token) and t.type != "BARE"), None)
    value = item.children[-1]
    if isinstance(value, Tree):
        opening, content, *closing = (t for t in value.children if isinstance(t, Token))
        opening_span, content_span = _get_span(opening), _get_span(content)
        closing_span = _get_span(closing[0]) if closing else content_span[1:] * 2
        spans = (*opening_span, *content_span, *closing_span)
    elif value is key:
        spans = (_get_end(value),) * 6
    else:
        spans = (_get_start(value),) * 3 + (_get_end(value),) * 3
    return Parts(_get_start(key) if key else spans[0], key is not None, *spans)


def _classify(head: Token, attributes: tuple[Attribute, ...], markdown: bool) -> FirstItem:
    if head.type == "OPEN_VALUE":
        return "value"
    if not attributes:
        return ""
    attribute = attributes[0]
    if attribute.name is not None:
        return "named"
    url = attribute.quotes is None and delimiter_patterns(markdown).url.match(attribute.raw)
    return "url" if url else ""


def _make_token(kind: str, text: str, start: int, end: int) -> Token:
    return Token(kind, text[start:end], start_pos=start, end_pos=end)


def _get_span(token: Token) -> Span:
    assert token.start_pos is not None  # noqa: S101 - Lark's lexers set it
    return token.start_pos, token.start_pos + len(token)


def _get_start(token: Token) -> int:
    return _get_span(token)[0]


def _get_end(token: Token) -> int:
    return _get_span(token)[1]

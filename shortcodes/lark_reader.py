"""The other execution of the grammar: Lark's LALR parser, one delimiter at a time.

Slower than the scanner and equal to it. It says what was expected where a delimiter breaks off,
which makes it the one for validation, editing and error messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput
from lark.lark import PostLex

from shortcodes.attributes import Parts, make_attribute, plain
from shortcodes.delimiters import Delimiter, First
from shortcodes.grammar import grammar_text, terminals
from shortcodes.nodes import Attribute
from shortcodes.quotes import Quotes

_ENDS = {"CLOSE", "SELF_CLOSE", "CLOSING_TAG"}
_QUOTES = {"DOUBLE_QUOTE", "SINGLE_QUOTE"}


class Broken(tuple[int, frozenset[str]]):
    """Where a delimiter breaks off, in code points, and the terminals expected there."""

    __slots__ = ()


def read_delimiter(
    text: str, *, markdown: bool = False
) -> tuple[Delimiter, tuple[Attribute, ...]] | Broken:
    """Read the delimiter that `text` begins with; what follows it only decides about its quotes."""
    try:
        (tree,) = _parser(markdown).parse(text).children
    except UnexpectedInput as error:
        offset = error.pos_in_stream
        expected: set[str] = getattr(error, "accepts", None) or getattr(error, "expected", set())
        return Broken((len(text) if offset is None else offset, frozenset(expected)))
    assert isinstance(tree, Tree)  # noqa: S101 - the grammar's start symbol holds one rule
    head, *middle = tree.children
    last = middle.pop() if middle else head
    assert isinstance(head, Token)  # noqa: S101
    assert isinstance(last, Token)  # noqa: S101
    parts = [_parts(item) for item in middle if isinstance(item, Tree)]
    attributes = tuple(make_attribute(text, p, markdown) for p in parts)
    name = _name(head, markdown)
    delimiter = Delimiter(
        start=0,
        end=_end(last),
        name=name,
        closing=tree.data == "closing",
        self_closing=last.type == "SELF_CLOSE",
        first=_first(head, attributes, markdown),
    )
    return delimiter, attributes


class _QuoteStep(PostLex):
    """Makes values of the tokens between quotes, and ends the stream with the delimiter."""

    always_accept = (*_QUOTES, "STRAY")

    def __init__(self, markdown: bool) -> None:
        self._markdown = markdown

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        tokens = list(stream)
        text = "".join(tokens)
        quotes = Quotes(text, self._markdown)
        position, previous = 0, ""
        for token in tokens:
            if _start(token) < position:
                continue
            if token.type in _QUOTES:
                yield token.update(type="QUOTE_OPEN")
                quoted = quotes.close(
                    _start(token), _end(token), after_equals=previous in ("KEY", "OPEN_VALUE")
                )
                if quoted is None:
                    return
                yield _token("VALUE", text, quoted.value_start, quoted.value_end)
                if quoted.end > quoted.close_start:
                    yield _token("QUOTE_CLOSE", text, quoted.close_start, quoted.end)
                position = quoted.end
            else:
                yield token
            previous = token.type
            if token.type in _ENDS:
                return


@cache
def _parser(markdown: bool) -> Lark:
    return Lark(
        grammar_text(markdown), parser="lalr", lexer="basic", postlex=_QuoteStep(markdown)
    )


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


def _name(head: Token, markdown: bool) -> str:
    return plain(head[head.index("[") + 1 :].strip("/=]"), markdown)


def _first(head: Token, attributes: tuple[Attribute, ...], markdown: bool) -> First:
    if head.type == "OPEN_VALUE":
        return "value"
    if not attributes:
        return ""
    attribute = attributes[0]
    if attribute.name is not None:
        return "named"
    url = attribute.quotes is None and _url(markdown).match(attribute.raw)
    return "url" if url else ""

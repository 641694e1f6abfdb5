"""Mappings and lists in brackets, and values in quotes, as YAML has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

DOUBLE = r'"(?:[^"\\]|\\[\s\S]|(?!).)*+"'
SINGLE = r"'(?:[^']|''|(?!).)*+'"


def find_value_end(text: str, start: int) -> int:
    """Return the offset behind what a bracket or quote opens, or -1 if nothing closes it."""
    if text[start] in "[{":
        return next((token.end() for token, depth in _list_tokens(text, start) if not depth), -1)
    quoted = _compile_quoted().match(text, start)
    return quoted.end() if quoted else -1


def is_flow_mapping(block: str) -> bool:
    """Return whether all of a text is a mapping in braces.

    Braces of a template are none. With a key first and a brace last it may be malformed.
    """
    opening = _compile_opening().match(block)
    if opening is None:
        return False
    end = find_value_end(block, opening.end() - 1)
    if end >= 0 and _compile_rest().fullmatch(block, end):
        return True
    return block.rstrip().endswith("}") and bool(_compile_key().match(block, opening.end()))


def list_flow_entries(block: str) -> Iterator[tuple[str, str]]:
    """Yield each key with its value, as written, if that is one word or several."""
    opening = _compile_opening().match(block)
    key = word = ""
    for token, depth in _list_tokens(block, opening.end() - 1) if opening else ():
        if depth == 1 and token.lastgroup == "scalar":
            word = token[0].rstrip()
        elif depth == 1 and token[0] == ":":
            key, word = word, ""
        elif token[0] == "," if depth == 1 else not depth:
            if key and word:
                yield key, word
            key = word = ""


def _list_tokens(text: str, start: int) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the tokens from a bracket on, each with the number of brackets open behind it, until
    the bracket is closed or a quote is not.
    """
    depth = 0
    for token in _compile_token().finditer(text, start):
        if token.lastgroup == "unclosed":
            return
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        yield token, depth
        if not depth:
            return


@cache
def _compile_token() -> re.Pattern[str]:
    first, inner = r"""[^ \t\n,?:\[\]{}"'#&*!]""", r"[^ \t\n,?:\[\]{}]"
    plain = rf"{first}(?:{inner}|:(?![ \t\n,\[\]{{}}])|[ \t\n]++(?!\#)|(?!).)*+"
    return re.compile(
        rf"(?P<scalar>{DOUBLE}|{SINGLE}|{plain})|(?P<open>[\[{{])|(?P<close>[\]}}])"
        r"|(?P<mark>[,?:])|(?P<comment>\#[^\n]*+)"
        r"|(?P<property>![^ \t\n{}]*+|[&*][^ \t\n,\[\]{}]*+)"
        r"""|(?P<unclosed>["'])"""
    )


@cache
def _compile_quoted() -> re.Pattern[str]:
    return re.compile(f"{DOUBLE}|{SINGLE}")


@cache
def _compile_opening() -> re.Pattern[str]:
    """Return the pattern of all before a mapping in braces, and of its brace."""
    before = r"(?:[ \t\n]|\#[^\n]*+|[&!][^ \t\n]*+(?=[ \t\n])|(?!).)*+"
    return re.compile(before + r"\{(?![ \t\n]*+[\[{%])")


@cache
def _compile_key() -> re.Pattern[str]:
    """Return the pattern of the first key of a mapping in braces."""
    plain = r"""[^\s{}%\[\]"',:?][^{}\[\]\n,:]*+"""
    return re.compile(rf"\s*+(?:\?\s|(?:{DOUBLE}|{SINGLE}|{plain})\s*+:)")


@cache
def _compile_rest() -> re.Pattern[str]:
    return re.compile(r"(?:[ \t\n]|\#[^\n]*+|(?!).)*+")

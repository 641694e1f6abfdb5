"""Footnotes of Markdown, `text[^1]` and `[^1]: note`, for a document of several conversions.

What a shortcode encloses is converted by itself, before the text around it. A reference in it may
lead to a note anywhere in the document, and notes are numbered in the order of the text. So
the numbers are given before anything is converted. A note that a shortcode encloses is printed at
the end of what it encloses: a handler that hides its content hides the note too. There it links
back to the references that are enclosed with it; at the end of the text, to all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from shortcodes.plugins import Context

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_KEY = "footnotes"
_PREFIX = "prefix of footnotes"
IS_ENCLOSED = "footnotes are enclosed"
"""What is true in the environment of a conversion of what a shortcode encloses."""
_LONGEST_LABEL = 1000


class _Numbers(dict[str, int]):
    """The number of each note, from 0, by its label: a definition does not take it away."""

    def __setitem__(self, label: str, number: int) -> None:
        super().__setitem__(label, max(number, self.get(label, -1)))


def number_footnotes(source: str, context: Context) -> dict[str, Any]:
    """Return what the conversions of a document share, so that they agree about its footnotes."""
    labels = list[str]()
    if "[^" in source:
        defined = {match[1] for match in _compile_definition().finditer(source)}
        found = (m[1] for m in _compile_reference().finditer(source) if m[1] in defined)
        labels = list(dict.fromkeys(found))
    numbers = _Numbers({f":{label}": number for number, label in enumerate(labels)})
    notes = {number: {"label": label, "count": 0} for number, label in enumerate(labels)}
    page = context.unique_id(_KEY).rpartition("-")[2] if labels else "1"
    prefix = "" if page == "1" else f"-{page}-"
    return {_KEY: {"refs": numbers, "list": notes}, _PREFIX: prefix}


@cache
def _compile_definition() -> re.Pattern[str]:
    """Return the pattern of what begins a note on its line."""
    return re.compile(r"(?m)^[ \t>]*+\[\^([^\[\]\s]++)\]:")


@cache
def _compile_reference() -> re.Pattern[str]:
    """Return the pattern of a reference, which no definition is."""
    return re.compile(r"\[\^([^\[\]\s]++)\](?!:)")


def add_footnotes(parser: MarkdownIt) -> None:
    """Add footnotes to a parser, whose environments are those of `number_footnotes`."""
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.footnote.index import footnote_ref

    def read_reference(state: StateInline, silent: bool) -> bool:
        """Read a reference whose label is not too long: the plug-in would search on and on."""
        end = min(state.posMax, state.pos + _LONGEST_LABEL)
        return state.src.find("]", state.pos, end) >= 0 and footnote_ref(state, silent)

    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.inline.ruler.at("footnote_ref", read_reference)
    parser.core.ruler.after("inline", "footnotes", _move_to_end)
    parser.add_render_rule("footnote_anchor_name", _write_name)
    parser.add_render_rule("footnote_caption", _write_number)
    parser.add_render_rule("footnote_block_open", _open_section)
    parser.add_render_rule("footnote_open", _open_note)


def _move_to_end(state: StateCore) -> None:
    """Move the notes to the end, in the order of their numbers; drop those without reference."""
    if _KEY not in state.env:
        return
    text: list[Token] = []
    notes: dict[str, list[Token]] = {}
    current = text
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            current = notes.setdefault(token.meta["label"], [])
        elif token.type == "footnote_reference_close":
            current = text
        else:
            current.append(token)
    numbers, counts = state.env[_KEY]["refs"], state.env[_KEY]["list"]
    enclosed = _list_references(text) if state.env.get(IS_ENCLOSED) else None
    known = sorted((numbers[f":{label}"], label) for label in notes if f":{label}" in numbers)
    known = [(number, label) for number, label in known if number >= 0 and counts[number]["count"]]
    if known:
        text.append(_make_token("footnote_block_open", 1, id=known[0][0]))
        for number, label in known:
            references: Sequence[int] = range(counts[number]["count"])
            if enclosed is not None:
                references = enclosed.get(number) or references[:1]
            text += _close_note(number, notes[label], references)
        text.append(_make_token("footnote_block_close", -1))
    state.tokens = text


def _list_references(tokens: Iterable[Token]) -> dict[int, list[int]]:
    """Return which references to each note are in some tokens, by the number of the note."""
    references: dict[int, list[int]] = {}
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                references.setdefault(child.meta["id"], []).append(child.meta["subId"])
    return references


def _close_note(number: int, content: Sequence[Token], references: Sequence[int]) -> list[Token]:
    """Return a note, with a link to each of some references at the end of its last paragraph."""
    *before, last = content or [_make_token("footnote_anchor", 0)]
    links = [_make_token("footnote_anchor", 0, id=number, subId=index) for index in references]
    ends_paragraph = last.type == "paragraph_close"
    content = [*before, *links, last] if ends_paragraph else [*content, *links]
    return [
        _make_token("footnote_open", 1, id=number),
        *content,
        _make_token("footnote_close", -1),
    ]


def _make_token(kind: str, nesting: int, **meta: int) -> Token:
    from markdown_it.token import Token

    return Token(kind, "", nesting, meta=meta)  # type: ignore[arg-type]


def _write_name(_: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f"{env.get(_PREFIX, '')}{tokens[index].meta['id'] + 1}"


def _write_number(_: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return str(tokens[index].meta["id"] + 1)


def _open_section(_: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return '<section class="footnotes" role="doc-endnotes">\n<ol>\n'


def _open_note(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    name = _write_name(self, tokens, index, options, env)
    return f'<li id="fn{name}" value="{tokens[index].meta["id"] + 1}" class="footnote-item">'

"""The patterns by which code and HTML are found in Markdown."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from shortcodes.lenient.grammar import terminals

BLOCKS: Final = frozenset(
    {"address", "article", "aside", "base", "basefont", "blockquote", "body", "canvas", "caption"}
    | {"center", "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "head", "header", "hgroup", "hr", "html", "iframe", "legend", "li", "link", "main"}
    | {"menu", "menuitem", "nav", "noframes", "noscript", "ol", "optgroup", "option", "output", "p"}
    | {"param", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"}
    | {"title", "tr", "track", "ul", "video"}
)
"""Elements that begin a block of HTML wherever a line begins with their tag (CommonMark 0.31, 4.6,
condition 6, and those of Python-Markdown)."""
VERBATIM: Final = frozenset({"pre", "script", "style", "textarea"})
"""Elements whose block goes on to their closing tag, over blank lines (condition 1)."""


@cache
def compile_divided_tag() -> re.Pattern[str]:
    """Return the pattern of what may be a tag with a blank line in one of its values."""
    return re.compile(r"<[A-Za-z/](?:[^<\n]|\n(?![ \t>]*+\r?\n)|(?!).)*+\n")


@cache
def compile_openers() -> re.Pattern[str]:
    """Return the pattern of the openers of code."""
    t = terminals(True)
    return re.compile(rf"(?P<CODE_BLOCK>{t['CODE_BLOCK']})|(?P<BACKTICKS>{t['BACKTICKS']})")


@cache
def compile_all_openers() -> re.Pattern[str]:
    """Return the pattern of what begins code or HTML, and of escaped signs."""
    t = terminals(True)
    return re.compile(
        rf"(?P<FENCE_OPEN>{t['FENCE_OPEN']})|(?P<CODE_BLOCK>{t['CODE_BLOCK']})"
        r"|(?P<ESCAPE>\\[\\`<])|(?P<BACKTICKS>`++)|(?P<LESS><(?=[A-Za-z/!?]))"
    )


@cache
def compile_fence() -> re.Pattern[str]:
    """Return the pattern of a line that begins with a fence, in a list or a quotation too."""
    return re.compile(r"(?:[ \t>+*-]|[0-9]{1,9}[.)]|(?!).)*+(?:`{3}|~{3})")


@cache
def compile_backticks() -> re.Pattern[str]:
    """Return the pattern of backticks, escaped ones too."""
    return re.compile("`++")


@cache
def compile_blank_line() -> re.Pattern[str]:
    """Return the pattern of a blank line."""
    return re.compile(terminals(True)["BLANK_LINE"])


@cache
def compile_table_rule() -> re.Pattern[str]:
    """Return the pattern of the line below the head of a table."""
    return re.compile(r"(?m)^[ \t>]*+[|:-][|: \t-]*+\r?$")


@cache
def compile_bar() -> re.Pattern[str]:
    """Return the pattern of what separates cells."""
    return re.compile(r"(?<!\\)\|")


@cache
def compile_line() -> re.Pattern[str]:
    """Return the pattern of the beginning of a line."""
    return re.compile(r"(?m)^[ \t]*+(?P<quotation>>)?+")


@cache
def compile_next_block() -> re.Pattern[str]:
    """Return the pattern of a line that is blank, or begins another block."""
    names = "|".join(sorted(BLOCKS | VERBATIM))
    return re.compile(
        r"(?ai)(?:\n|\A)[ \t>]*+"
        r"(?:\r?\n|[-+*][ \t]|1[.)][ \t]|(?P<heading>#{1,6}[ \t])|`{3}|~{3}"
        rf"|<(?:[!?]|/?(?:{names})(?=[ \t\r\n>]|/>|\Z)))"
    )


@cache
def compile_inline_tag() -> re.Pattern[str]:
    """Return the pattern of an opening or closing tag in a paragraph (CommonMark 0.31, 6.6)."""
    space = r"[ \t\r\n]"
    value = r"\"[^\"]*+\"|'[^']*+'|[^ \t\r\n\"'=<>`]++"
    attribute = rf"{space}++[A-Za-z_:][\w.:-]*+(?:{space}*+={space}*+(?:{value})|(?!).)?+"
    return re.compile(
        rf"(?a)<(?:/[A-Za-z][A-Za-z0-9-]*+{space}*+>"
        rf"|[A-Za-z][A-Za-z0-9-]*+(?:{attribute}|(?!).)*+{space}*+/?>)"
    )


@cache
def compile_short_tag() -> re.Pattern[str]:
    """Return the pattern of what Python-Markdown takes for a tag in a paragraph."""
    return re.compile(r"(?s)<(?:/?[A-Za-z][^<>]*+|!--(?:[^-<]++|<(?!!--)|-(?!->)|(?!).)*+--)>")


@cache
def compile_block_name() -> re.Pattern[str]:
    """Return the pattern of a tag with which a block of HTML may begin."""
    return re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)(?=[ \t\r\n>]|/>|\Z)")


@cache
def compile_tags_named(name: str) -> re.Pattern[str]:
    """Return the pattern of the tags with a name."""
    return re.compile(rf"(?ai)<(?P<slash>/?){name}(?=[ \t\r\n>/]|\Z)[^>]*+>?")


@cache
def compile_verbatim_end() -> re.Pattern[str]:
    """Return the pattern of the end of elements whose block goes on over blank lines."""
    return re.compile(rf"(?ai)</(?:{'|'.join(sorted(VERBATIM))})>")

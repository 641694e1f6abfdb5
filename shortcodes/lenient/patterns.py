"""The patterns that read a text, compiled from the terminals of the grammar.

`DelimiterPatterns` are those of the scanner, `QuotePatterns` those of the quote rules.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from shortcodes.lenient.grammar import terminals

GROUPS: Final = 5
WHOLE, NAME, SLASH, UNHEALTHY, CLOSING_NAME = range(1, GROUPS + 1)
"""The groups that a split leaves after each piece of text. `UNHEALTHY` takes part if only the
beginning of an opening tag was read; it holds "=" if a value follows the tag name directly."""


class DelimiterPatterns(NamedTuple):
    """What the scanner looks for."""

    start: re.Pattern[str]
    """A healthy delimiter, or the beginning of another one, with `GROUPS` groups."""
    first_item: re.Pattern[str]
    """A healthy opening tag up to its first attribute, if that is evidence: group 1 is a name,
    group 2 an address."""
    item: re.Pattern[str]
    """One attribute, or the end of the tag, by the full rules."""
    healthy_item: re.Pattern[str]
    """One attribute of a healthy tag; its groups are name, value in quotes, bare value."""
    healthy_value: re.Pattern[str]
    """The same in a tag that is known to be healthy; its groups are name and value."""
    bare_end: re.Pattern[str]
    separator: re.Pattern[str]
    """What may separate a value in quotes from the next attribute or the end of the tag."""
    url: re.Pattern[str]


@cache
def delimiter_patterns(markdown: bool) -> DelimiterPatterns:
    """Return the patterns of delimiters in plain text or in Markdown exports."""
    t = terminals(markdown)
    name, key, space = t["HEALTHY_NAME"], f"{t['ATTRIBUTE_NAME']}=", f"{t['SPACE']}++"
    quoted = f"(?:{t['HEALTHY_DOUBLE']}|{t['HEALTHY_SINGLE']})"
    healthy_item = f"{space}(?:{key}(?:{quoted}|{t['HEALTHY_BARE']})|{quoted}|{t['HEALTHY_WORD']})"
    healthy = (
        f"(?:{t['HEALTHY_PLAIN']}|(?:{healthy_item}|(?!).)*+(?:{space}|(?!).)?+)(/)?{t['RSQB']}"
    )
    unhealthy = f"(=|(?={t['OPEN_AFTER']}))"
    # All alternatives begin with the bracket, so that the search can skip to the next one.
    start = (
        f"({t['LSQB']}(?:({name})(?:{healthy}|{unhealthy})|/({name})(?:{t['_WS']})?{t['RSQB']}))"
    )
    return DelimiterPatterns(
        start=re.compile(start),
        first_item=re.compile(f"{t['LSQB']}{name}{space}(?:({key})|({t['URL']}))"),
        item=re.compile(
            f"(?:{t['_GAP']}|(?!).)?+(?:"
            f"(?P<close>{t['CLOSE']})|(?P<self_close>{t['SELF_CLOSE']})"
            f"|(?P<bare_key>{t['BARE_KEY']})"
            f"|(?P<key>{t['KEY']}|(?!).)?+(?:(?P<quote>{t['_QUOTE']})|(?P<bare>{t['BARE']})))"
        ),
        healthy_item=re.compile(
            f"(?<!{t['SPACE']}){space}(?:({t['ATTRIBUTE_NAME']})=|(?!).)?+(?:({quoted})|({t['HEALTHY_BARE']}))"
        ),
        healthy_value=re.compile(t["HEALTHY_ATTRIBUTE"]),
        bare_end=re.compile(f"(?P<end>{t['_GAP']}|{t['_QUOTE']}|{t['RSQB']})|{t['HTML_TAG']}"),
        separator=re.compile(t["_SEPARATOR"]),
        url=re.compile(t["URL"]),
    )


class QuotePatterns(NamedTuple):
    """What quotes are, and what may be around them. SPEC.md, section 4."""

    quotes: re.Pattern[str]
    """A quote; the name of its group is its class. HTML tags and comments match without a group."""
    straight: re.Pattern[str]
    guillemet: re.Pattern[str]
    double_prime: re.Pattern[str]
    space: re.Pattern[str]
    space_before: re.Pattern[str]
    gap_tag: re.Pattern[str]
    """An HTML tag or a comment that an editor puts into opening tags."""
    gap_before: re.Pattern[str]
    strong: re.Pattern[str]
    """What follows a strong quote."""
    weak: re.Pattern[str]
    """What follows a weak quote."""
    separated: re.Pattern[str]
    """What follows a quote that is weak outside inner pairs."""
    opening_after: re.Pattern[str]
    """White space before a quote that opens something."""
    inner: re.Pattern[str]
    """What follows a quote that opens an inner pair."""
    not_opening: re.Pattern[str]
    """What follows a quote that opens nothing."""
    french_opening: re.Pattern[str]
    french_closing: re.Pattern[str]
    empty: re.Pattern[str]
    """What follows a lone quote that is an empty value."""
    closes_for_wordpress: re.Pattern[str]
    """What follows a quote that ends a value in WordPress too."""
    unclosed_end: re.Pattern[str]
    """Where the value of an unclosed quote ends: the group `end`."""


@cache
def quote_patterns(markdown: bool) -> QuotePatterns:
    """Return the patterns of quotes in plain text or in Markdown exports."""
    t = terminals(markdown)
    return QuotePatterns(
        quotes=re.compile(
            f"{t['HTML_TAG']}|{t['_COMMENT']}|(?P<guillemet>{t['GUILLEMET']})"
            f"|(?P<double>{t['DOUBLE_QUOTE']})|(?P<single>{t['SINGLE_QUOTE']})"
        ),
        straight=re.compile(t["STRAIGHT_QUOTE"]),
        guillemet=re.compile(t["GUILLEMET"]),
        double_prime=re.compile(t["DOUBLE_PRIME"]),
        space=re.compile(t["_WS"]),
        space_before=re.compile(rf"(?:{t['_WS']})\Z"),
        gap_tag=re.compile(t["_GAP_TAG"]),
        gap_before=re.compile(rf"(?:{t['_GAP']})\Z"),
        strong=re.compile(t["STRONG_AFTER"]),
        weak=re.compile(t["WEAK_AFTER"]),
        separated=re.compile(t["SEPARATED_AFTER"]),
        opening_after=re.compile(f"(?:{t['_WS']})(?={t['_OPENING']})"),
        inner=re.compile(t["INNER_AFTER"]),
        not_opening=re.compile(t["NOT_OPENING_AFTER"]),
        french_opening=re.compile(t["FRENCH_OPENING"]),
        french_closing=re.compile(t["FRENCH_CLOSING"]),
        empty=re.compile(t["EMPTY_AFTER"]),
        closes_for_wordpress=re.compile(f"{t['SPACE']}|{t['_END']}"),
        unclosed_end=re.compile(f"{t['HTML_TAG']}|(?P<end>{t['UNCLOSED_END']})|{t['_WS']}"),
    )

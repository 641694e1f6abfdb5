"""Ambiguous text: HTML whose tags depend on the tree around them, which a scan does not build.

`<style>` and `<title>` hold raw text, but not in SVG and MathML, where `<![CDATA[` hides markup
instead; in `<select>` and `<frameset>` most tags are ignored. The element around an offset depends
on everything before it: closing tags of outer elements, tags that end SVG, misnested ones. Without
the tree, an edit is safe only if nothing that may be raw text holds a tag.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from shortcodes.html.tags import PLAIN_REST
from shortcodes.html.tokens import RAW_TEXT, Span
from shortcodes.html.whole import TAG

_END = r"(?=[ \t\n\f\r/>])"
_CLOSE = r"[ \t\n\f\r]*+>"


def find_ambiguity(text: str, opaque: Sequence[Span] = ()) -> Span | None:
    """Return the span of the first tag whose meaning depends on the tree, `None` if there is none.

    What begins in one of the `opaque` spans, such as code in Markdown, is not HTML. They are in
    order.
    """
    if "<" not in text or _find(_compile_tree_tags(), text, opaque) is None:
        return None
    return _find(_compile_unclear_text(), text, opaque)


def _find(pattern: re.Pattern[str], text: str, opaque: Sequence[Span]) -> Span | None:
    for match in pattern.finditer(text):
        index = bisect_right(opaque, match.start(), key=lambda span: span[0]) - 1
        if index < 0 or match.start() >= opaque[index][1]:
            return match.span()
    return None


@cache
def _compile_tree_tags() -> re.Pattern[str]:
    """Return the pattern of the beginning of an element in which others have another meaning."""
    return re.compile(rf"(?ai)<(?:svg|math|select|frameset){_END}")


@cache
def _compile_unclear_text() -> re.Pattern[str]:
    """Return the pattern of what may hold text or markup, unless it plainly holds no tag."""
    names = "|".join(sorted(RAW_TEXT))
    # Both readings of <noscript> are looked at anyway, so that it may hold whole tags.
    return re.compile(
        rf"(?ai)<(?:(?P<name>{names}){_END}(?!{PLAIN_REST}[^<]*+</(?P=name){_CLOSE})"
        rf"|noscript{_END}(?!{PLAIN_REST}(?:[^<]++|{TAG}|(?!).)*+</noscript{_CLOSE})"
        rf"|plaintext{_END}|!\[CDATA\[(?![^<>\]]*+\]\]>))"
    )

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
from shortcodes.html.tokens import RAW_TEXT, FindCode, Span, begin_like, find_code_with_html
from shortcodes.html.whole import TAG

_END = r"(?=[ \t\n\f\r/>])"
_CLOSE = r"[ \t\n\f\r]*+>"


def find_ambiguity(text: str, code_finders: Sequence[FindCode] = ()) -> Span | None:
    """Return the span of the first tag whose meaning depends on the tree, `None` if there is none.

    What begins in code is not HTML, if there are `code_finders` and each of them finds it.
    """
    if "<" not in text or _find(_compile_tree_tags(), text, ()) is None:
        return None
    spans = (
        _find(_compile_unclear_text(), text, code)
        for code in dict.fromkeys(find_code_with_html(text, code_finders) or [()])
        if _find(_compile_tree_tags(), text, code)
    )
    return next(filter(None, spans), None)


def _find(pattern: re.Pattern[str], text: str, code: Sequence[Span]) -> Span | None:
    for match in pattern.finditer(text):
        index = bisect_right(code, match.start(), key=lambda span: span[0]) - 1
        if index < 0 or match.start() >= code[index][1]:
            return match.span()
    return None


@cache
def _compile_tree_tags() -> re.Pattern[str]:
    """Return the pattern of the beginning of an element in which others have another meaning."""
    names = ("svg", "math", "select", "frameset")
    return re.compile(rf"(?ai)<(?={begin_like(names)})(?:{'|'.join(names)}){_END}")


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

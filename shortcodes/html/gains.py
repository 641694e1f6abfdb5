"""Edits in HTML as a whole: they must not create a tag or an attribute that was not there before.

Removing `[b a='<style>']` turns the content of `<style>` into markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.tag_edit import list_values
from shortcodes.html.tokens import (
    FindCode,
    Reading,
    Span,
    find_code_with_html,
    list_raw_text,
    tokens,
)
from shortcodes.html.values import is_harmless

_JOINS = ("<", "-", "</", "<!", "<?")
"""Text before a cut that may become a part of HTML with the text after it."""


def touches_html(text: str, spans: Iterable[Span]) -> bool:
    """Return whether what is removed from a text, or what precedes it, may be a part of HTML.

    Line breaks, `<br />`, go without a trace, except in SVG and MathML, which they end.
    """
    spans_with_tags = []
    for start, end in spans:
        if text.endswith(_JOINS, 0, start):
            return True
        if text.find("<", start, end) >= 0:
            spans_with_tags.append((start, end))
    if not spans_with_tags:
        return False
    return _IS_FOREIGN.search(text) is not None or any(
        "<" in _LINE_BREAK.sub("", text[start:end]) for start, end in spans_with_tags
    )


_LESS_SIGN = re.compile("<")
_LINE_BREAK = re.compile(r"(?ai)<br[ \t\n\f\r/]*+>")


def may_tear(text: str, spans: Iterable[Span]) -> bool:
    """Return whether one of the spans may hold only one tag of a link or a form, or part of SVG."""
    if _IS_FOREIGN.search(text):
        # Spans may be nested: each is looked up, not searched.
        offsets = [match.start() for match in _LESS_SIGN.finditer(text)]
        return any(bisect_left(offsets, start) < bisect_left(offsets, end) for start, end in spans)
    tags = list(_TAKES_THE_REST.finditer(text))
    if not tags:
        return False
    starts = [tag.start() for tag in tags]
    depths = [0, *accumulate(-1 if tag["slash"] else 1 for tag in tags)]
    return any(
        depths[bisect_left(starts, start)] != depths[bisect_left(starts, end)]
        for start, end in spans
    )


def find_gained(
    before: str,
    after: str,
    code_finders: Sequence[FindCode] = (),
    *,
    shown: Callable[[str], str] = str,
) -> Span | None:
    """Return the span of the first tag of an edited text that the text before did not have.

    A tag is an old one if the text before has it, in the same order, with all its attributes;
    values may have changed if that does no harm.

    Args:
        before: The text before.
        after: The edited text.
        code_finders: The ways to find code in the format of both.
        shown: Returns a tag of the edited text with its placeholders replaced.
    """
    if "<" not in after or before == after:
        return None
    ambiguous = find_ambiguity(after, code_finders)
    if ambiguous and find_ambiguity(before, code_finders) is None:
        return ambiguous
    both = zip(
        [(), *find_code_with_html(before, code_finders)],
        [(), *find_code_with_html(after, code_finders)],
        strict=True,
    )
    spans = (
        _find_first_gained(before, after, Reading(raw_text, old), Reading(raw_text, new), shown)
        for old, new in dict.fromkeys(both)
        for raw_text in list_raw_text(before, after)
    )
    return next(filter(None, spans), None)


def _find_first_gained(
    before: str,
    after: str,
    reading_before: Reading,
    reading_after: Reading,
    shown: Callable[[str], str],
) -> Span | None:
    old = ((before[slice(*span)], depth) for span, depth in _find_tags(before, reading_before))
    lost: Counter[str] = Counter()
    is_torn = False  # whether an element of SVG or MathML lost a tag
    stays_open = False  # whether what takes the rest lost its closing tag
    last: Span | None = None
    for span, depth in _find_tags(after, reading_after):
        tag = after[slice(*span)]
        same, edited = (tag, shown(tag)), _EditedTag(tag)
        for old_tag, old_depth in old:
            if old_depth == depth and (old_tag in same or edited.may_come_from(old_tag)):
                break
            is_torn = old_depth > 0
            stays_open |= _count_tag(lost, old_tag) > 0
        else:
            return span
        if (is_torn and depth) or stays_open or _count_tag(lost, tag, 0):
            return span
        is_torn = False
        last = span
    stays_open |= any(_count_tag(lost, old_tag) > 0 for old_tag, _ in old)
    return last if stays_open else None


_TAKES_THE_REST = re.compile(
    r"(?ai)<(?P<slash>/?)(?P<name>a|form|svg|math|template)(?=[ \t\n\f\r/>])"
)
"""A tag of a link, a form, SVG, MathML or a template, which take in what follows until they are
closed. What a template holds is not shown and loads nothing."""


def _count_tag(lost: Counter[str], tag: str, step: int = 1) -> int:
    """Count a lost tag of an element that takes the rest, and return how many more closing tags
    than opening ones are lost of its name; 0 for other tags.
    """
    match = _TAKES_THE_REST.match(tag)
    if match is None:
        return 0
    name = match["name"].lower()
    if not (name in _FOREIGN and tag.endswith("/>")):
        lost[name] += step if match["slash"] else -step
    return lost[name]


def _find_tags(text: str, reading: Reading) -> Iterator[tuple[Span, int]]:
    """Yield the span of each tag, and how many elements of SVG and MathML are open before it."""
    depth = 0
    for token in tokens(text, reading, exact=True):
        if not token.is_tag:
            continue
        yield (token.start, token.end), depth
        depth = count_foreign(depth, token.match)


_IS_FOREIGN = re.compile(r"(?ai)<(?:svg|math)(?=[ \t\n\f\r/>])")
_FOREIGN = frozenset({"svg", "math"})
"""Elements in which a tag stands for another element than outside them."""


def count_foreign(depth: int, tag: re.Match[str]) -> int:
    """Return how many elements of SVG and MathML are open after a tag, if `depth` are before."""
    if tag["name"].lower() not in _FOREIGN:
        return depth
    if tag["slash"]:
        return max(depth - 1, 0)
    return depth if tag[0].endswith("/>") else depth + 1


_START = re.compile(r"</?[^ \t\n\f\r/>]*+")


class _EditedTag:
    """A tag of an edited text. It is read once, however many tags it is compared with."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._start = _read_start(tag)

    @cached_property
    def _values(self) -> list[tuple[str, str]]:
        return list_values(self._tag, exact=True)

    def may_come_from(self, before: str) -> bool:
        """Return whether it is another tag with less in it, and nothing new."""
        if _read_start(before) != self._start:
            return False
        old = iter(list_values(before, exact=True))
        return all(
            any(
                name == other and is_harmless(name, old_value, value, old_value, old_value)
                for other, old_value in old
            )
            for name, value in self._values
        )


def _read_start(tag: str) -> str:
    match = _START.match(tag)
    return match[0].lower() if match else ""

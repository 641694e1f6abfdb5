"""First step of stripping: the text in order, with a mark wherever something was removed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence
from operator import itemgetter

from shortcodes.html.edits import find_gained, keeps_its_meaning, touches_html
from shortcodes.html.tags import HtmlTags, Span, may_hold_brackets
from shortcodes.nodes import Document, Escape

Piece = str | None
"""A run of text that stays, or `None` where a shortcode or a delimiter of one stood."""

Cut = tuple[int, int, Piece]
"""Start and end of what does not stay, and what is printed in its place."""

_ROUNDS = 10
"""How often shortcodes are cut out that have come together over others."""
_TRIES = 3
_NEAR = 4
"""How often cuts near a tag that was gained are taken back before all are, and how near that is in
code points."""


def pieces(
    document: Document,
    *,
    drop_content: bool = False,
    keep_escapes: bool = False,
    left: list[Span] | None = None,
) -> list[Piece]:
    """Return what stays of a document and the places where something went.

    What turns into a shortcode when another one goes, goes too. An escape, `[[x]]`, loses one
    bracket on either side unless `keep_escapes` is true. `left` is filled with the spans of the
    shortcodes that stay because what stands around them would have another meaning without them.
    """
    source = document.source
    found: list[Piece] = []
    position = 0
    cuts = _cuts(document, drop_content, keep_escapes)
    cuts = _with_joined(document, cuts, drop_content, left)
    if cuts and "<" in source:
        in_tags = may_hold_brackets(source, cuts[-1][1])
        if in_tags:
            cuts = _harmless(source, cuts, left)
        if in_tags or touches_html(source, (cut[:2] for cut in cuts)):
            cuts = _gaining_nothing(source, cuts, left)
    for start, end, instead in cuts:
        if start > position:
            found.append(source[position:start])
        if instead is not None or not found or found[-1] is not None:
            found.append(instead)
        position = end
    if position < len(source):
        found.append(source[position:])
    return found


def _harmless(source: str, cuts: Sequence[Cut], left: list[Span] | None) -> Sequence[Cut]:
    """Return the cuts without those that would make something new of the HTML tag around them."""
    tags = HtmlTags(source)
    inside: dict[Span, list[Cut]] = {}
    for cut in cuts:
        tag = tags.around(cut[0])
        if tag is not None:
            inside.setdefault(tag, []).append(cut)
    harmful = {
        cut
        for (start, end), within in inside.items()
        if within[-1][1] > end
        or not keeps_its_meaning(source[start:end], _without(source, start, end, within))
        for cut in within
    }
    return _left(cuts, harmful, left) if harmful else cuts


def _gaining_nothing(source: str, cuts: Sequence[Cut], left: list[Span] | None) -> Sequence[Cut]:
    """Return the cuts without those that would make a tag of what was none."""
    for _ in range(_TRIES):
        text, places = _applied(source, cuts)
        gained = find_gained(source, text)
        if gained is None:
            return cuts
        start, end = gained[0] - _NEAR, gained[1] + _NEAR
        near = {cut for cut, place in zip(cuts, places, strict=True) if start <= place <= end}
        if not near:
            break
        cuts = _left(cuts, near, left)
    else:
        if find_gained(source, _applied(source, cuts)[0]) is None:
            return cuts
    return _left(cuts, set(cuts), left)


def _with_joined(
    document: Document, cuts: Sequence[Cut], drop_content: bool, left: list[Span] | None
) -> Sequence[Cut]:
    """Return the cuts, and those of shortcodes that come together over them: `[a[b]c]`.

    There are no more rounds than so many, so that the time stays linear: what would come together
    after them stays in parts.
    """
    source = document.source
    for _ in range(_ROUNDS):
        inside = _after_bracket(source, cuts)
        if not inside:
            return cuts
        text, places = _applied(source, cuts)
        over = [place for cut, place in zip(cuts, places, strict=True) if cut in inside]
        joined = _joined(document.read_again(text), over, drop_content)
        if not joined:
            return cuts
        cuts = _widened(cuts, places, joined)
    return _left(cuts, _after_bracket(source, cuts), left)


def _after_bracket(source: str, cuts: Iterable[Cut]) -> set[Cut]:
    """Return the cuts before which a bracket is open in what stays."""
    found: set[Cut] = set()
    is_open, position = False, 0
    for cut in cuts:
        opens, closes = (source.rfind(bracket, position, cut[0]) for bracket in "[]")
        if opens >= 0 or closes >= 0:
            is_open = opens > closes
        position = cut[1]
        if cut[2] is not None:
            is_open = False
        elif is_open:
            found.add(cut)
    return found


def _joined(document: Document, places: Sequence[int], drop_content: bool) -> list[Span]:
    """Return what is to be cut of the shortcodes with a delimiter that one of the places is in."""
    spans: set[Span] = set()
    for _, start, open_end, close_start, end, _, escaped in document.items().rows():
        delimiters = [(start, open_end), *([(close_start, end)] if close_start else [])]
        if not escaped and any(_holds(span, places) for span in delimiters):
            spans |= {(start, end)} if drop_content else set(delimiters)
    return sorted(spans)


def _holds(span: Span, places: Sequence[int]) -> bool:
    return bisect_right(places, span[0]) < bisect_left(places, span[1])


def _widened(cuts: Sequence[Cut], places: Sequence[int], spans: Iterable[Span]) -> list[Cut]:
    """Return the cuts with spans of the text that they leave cut out as well."""
    starts = [0, *(place + len(cut[2] or "") for cut, place in zip(cuts, places, strict=True))]
    origins = [0, *(cut[1] for cut in cuts)]

    def origin(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return origins[index] + offset - starts[index]

    wide: list[Cut] = []
    for start, end in spans:
        begin, stop = origin(start), origin(end - 1) + 1
        if wide and begin < wide[-1][1]:
            begin, stop = wide[-1][0], max(stop, wide.pop()[1])
        wide.append((begin, stop, None))
    firsts = [cut[0] for cut in wide]

    def is_outside(cut: Cut) -> bool:
        index = bisect_right(firsts, cut[0]) - 1
        return index < 0 or cut[0] >= wide[index][1]

    return sorted([*filter(is_outside, cuts), *wide], key=itemgetter(0))


def _applied(source: str, cuts: Iterable[Cut]) -> tuple[str, list[int]]:
    """Return the text with the cuts, and where each of them was made in it."""
    parts: list[str] = []
    places: list[int] = []
    position = length = 0
    for start, end, instead in cuts:
        parts += source[position:start], instead or ""
        places.append(length + start - position)
        length = places[-1] + len(parts[-1])
        position = end
    return "".join([*parts, source[position:]]), places


def _left(cuts: Sequence[Cut], kept: Container[Cut], left: list[Span] | None) -> list[Cut]:
    """Return the cuts without those whose source stays, and keep the places of these."""
    if left is not None:
        left += sorted(cut[:2] for cut in cuts if cut in kept)
    return [cut for cut in cuts if cut not in kept]


def _without(source: str, start: int, end: int, cuts: Iterable[Cut]) -> str:
    parts: list[str] = []
    for cut_start, cut_end, instead in cuts:
        parts += source[start:cut_start], instead or ""
        start = cut_end
    return "".join([*parts, source[start:end]])


def between(found: list[Piece]) -> list[str]:
    """Return the texts before, between and after removed places.

    Places with nothing between them count as one.
    """
    result: list[str] = []
    texts: list[str] = []
    for piece in found:
        if piece is not None:
            texts.append(piece)
        elif texts or not result:
            result.append("".join(texts))
            texts = []
    result.append("".join(texts))
    return result


def _cuts(document: Document, drop_content: bool, keep_escapes: bool) -> Sequence[Cut]:
    """Return what does not stay, in order, with what is printed in its place."""
    items = document.items()
    if not items:
        return ()
    cuts: list[Cut] = []
    split = document.split_items
    inside = 0
    in_order = True
    for index, (_, start, open_end, close_start, end, _, escape) in enumerate(items.rows()):
        if start < inside:
            continue
        if index in split:
            in_order = False
            continue
        if escape:
            inside = end
            if keep_escapes:
                continue
            item = items[index]
            assert isinstance(item, Escape)  # noqa: S101 - the row says so
            cuts.append((start, end, item.text))
        elif not close_start:
            cuts.append((start, open_end, None))
        elif drop_content:
            inside = end
            cuts.append((start, end, None))
        else:
            cuts += (start, open_end, None), (close_start, end, None)
            in_order = False
    return cuts if in_order else sorted(cuts, key=itemgetter(0))

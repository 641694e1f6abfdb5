"""The first step of stripping: the text in order, with a mark wherever something was taken out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from operator import itemgetter

from shortcodes.html.edits import CUT_MARK, find_gained, keeps_its_meaning, touches_html
from shortcodes.html.tags import HtmlTags, Span, may_hold_brackets
from shortcodes.nodes import Document, Escape

Fragment = str | None
"""Text that stays, or `None` where a shortcode or one of its delimiters was taken out."""

# Tuples rather than named ones, which take three times as long to make.
Cut = tuple[int, int, Fragment]
"""The start and end of what is taken out, and what is printed in its place."""

_ROUNDS = 10
"""How often shortcodes are cut out that came together when others were."""
_TRIES = 3
"""How often cuts near a gained tag are taken back before all of them are."""
_NEAR = 4
"""The distance in code points that counts as near."""


def cut_shortcodes(
    document: Document,
    *,
    drop_content: bool = False,
    keep_escapes: bool = False,
    left_in_place: list[Span] | None = None,
) -> list[Fragment]:
    """Return what stays of a document, with `None` wherever something was taken out.

    A shortcode stays if another one would come together without it.

    Args:
        document: The document to strip.
        drop_content: Whether enclosed content is taken out as well.
        keep_escapes: Whether an escape, `[[x]]`, keeps both pairs of brackets.
        left_in_place: A list that is filled with the spans of shortcodes that stay, because
            without them the text around them would mean something else.
    """
    source = document.source
    cuts = _list_cuts(document, drop_content, keep_escapes)
    cuts = _cut_joined(document, cuts, drop_content, left_in_place)
    if cuts and "<" in source:
        in_tags = may_hold_brackets(source, cuts[-1][1])
        if in_tags:
            cuts = _keep_tags_unchanged(document, cuts, left_in_place)
            cuts = _keep_lines_in_tags(document, cuts)
        if in_tags or touches_html(source, (cut[:2] for cut in cuts)):
            cuts = _gain_no_tags(document, cuts, left_in_place)
    fragments: list[Fragment] = []
    offset = 0
    for start, end, replacement in cuts:
        if start > offset:
            fragments.append(source[offset:start])
        if replacement is not None or not fragments or fragments[-1] is not None:
            fragments.append(replacement)
        offset = end
    if offset < len(source):
        fragments.append(source[offset:])
    return fragments


def join_between_cuts(fragments: list[Fragment]) -> list[str]:
    """Return the texts before, between and after the cuts; adjacent cuts count as one."""
    result: list[str] = []
    texts: list[str] = []
    for fragment in fragments:
        if fragment is not None:
            texts.append(fragment)
        elif texts or not result:
            result.append("".join(texts))
            texts = []
    result.append("".join(texts))
    return result


def _list_cuts(document: Document, drop_content: bool, keep_escapes: bool) -> Sequence[Cut]:
    """Return a cut for everything that a shortcode or an escape makes superfluous, in order."""
    items = document.items()
    if not items:
        return ()
    cuts: list[Cut] = []
    split_items = document.split_items
    inside_until = 0
    is_sorted = True
    for index, (_, start, open_end, close_start, end, _, is_escape) in enumerate(items.rows()):
        if start < inside_until:
            continue
        if index in split_items:
            is_sorted = False
            continue
        if is_escape:
            inside_until = end
            if keep_escapes:
                continue
            item = items[index]
            assert isinstance(item, Escape)  # noqa: S101 - the row says so
            cuts.append((start, end, item.text))
        elif not close_start:
            cuts.append((start, open_end, None))
        elif drop_content:
            inside_until = end
            cuts.append((start, end, None))
        else:
            cuts += (start, open_end, None), (close_start, end, None)
            is_sorted = False
    return cuts if is_sorted else sorted(cuts, key=itemgetter(0))


def _keep_tags_unchanged(
    document: Document, cuts: Sequence[Cut], left_in_place: list[Span] | None
) -> Sequence[Cut]:
    """Return the cuts without those that would change the meaning of the HTML tag around them."""
    source = document.source
    tags = HtmlTags(source, document.code_finders)
    cuts_by_tag: dict[Span, list[Cut]] = {}
    for cut in cuts:
        for tag in tags.all_around(cut[0]):
            cuts_by_tag.setdefault(tag, []).append(cut)
    harmful = {
        cut
        for (start, end), inside in cuts_by_tag.items()
        if inside[-1][1] > end or not _keeps_its_meaning(source, start, end, inside)
        for cut in inside
    }
    return _drop_cuts(cuts, harmful, left_in_place) if harmful else cuts


def _keep_lines_in_tags(document: Document, cuts: Sequence[Cut]) -> Sequence[Cut]:
    """Return the cuts with nothing, rather than `None`, in place of those in tags: a line that is
    left empty in a value may be part of an address.
    """
    tags = HtmlTags(document.source, document.code_finders)
    return [
        (start, end, "" if text is None and tags.around(start) else text)
        for start, end, text in cuts
    ]


def _gain_no_tags(
    document: Document, cuts: Sequence[Cut], left_in_place: list[Span] | None
) -> Sequence[Cut]:
    """Return the cuts without those that would make a tag of something that was not one."""
    source, code_finders = document.source, document.code_finders
    for _ in range(_TRIES):
        text, offsets = _apply(source, cuts)
        gained = find_gained(source, text, code_finders)
        if gained is None:
            return cuts
        start, end = gained[0] - _NEAR, gained[1] + _NEAR
        near = {cut for cut, offset in zip(cuts, offsets, strict=True) if start <= offset <= end}
        if not near:
            break
        cuts = _drop_cuts(cuts, near, left_in_place)
    else:
        if find_gained(source, _apply(source, cuts)[0], code_finders) is None:
            return cuts
    return _drop_cuts(cuts, set(cuts), left_in_place)


def _cut_joined(
    document: Document,
    cuts: Sequence[Cut],
    drop_content: bool,
    left_in_place: list[Span] | None,
) -> Sequence[Cut]:
    """Return the cuts without those over which a shortcode or its name would come together:
    `[a[b]c]`.

    Tags that crossed a shortcode are cut as well if they are a pair without it:
    `[a][b][/a][/b]`.

    The number of rounds is limited, so that the time stays linear. Cuts over which a shortcode
    would still come together after the last round are dropped.
    """
    source = document.source
    if not _leaves_bracket(source, cuts):
        return cuts
    kept: set[Cut] = set()
    harmful = _find_in_names(source, cuts)
    for _ in range(_ROUNDS):
        if harmful:
            harmful = _add_partners(document, cuts, harmful)
            kept |= harmful
            cuts = _drop_cuts(cuts, harmful, left_in_place)
        inside = _find_after_bracket(source, cuts)
        may_cross = _leaves_closing_tag(source, cuts)
        if not inside and not may_cross:
            return cuts
        text, offsets = _apply(source, cuts)
        placed = [*zip(cuts, offsets, strict=True)]
        again = document.read_again(text)
        harmful = _find_in_delimiters(again, [pair for pair in placed if pair[0] in inside])
        if harmful:
            continue
        replaced = [(offset, offset + len(cut[2])) for cut, offset in placed if cut[2]]
        stays = {_find_offset(cuts, offsets, cut[0]) for cut in kept}
        uncrossed = _find_uncrossed(again, replaced, drop_content) if may_cross else ()
        spans = sorted({span for span in uncrossed if span[0] not in stays})
        if not spans:
            return cuts
        cuts = _widen(cuts, offsets, spans)
    return _drop_cuts(cuts, _find_after_bracket(source, cuts), left_in_place)


def _leaves_bracket(source: str, cuts: Sequence[Cut]) -> bool:
    """Return whether an opening bracket may be in what stays. This is a quick check."""
    if source.count("[") == len(cuts):
        return False  # each cut has one
    starts, ends = [cut[0] for cut in cuts], [cut[1] for cut in cuts]
    kept = [source[slice(*span)] for span in zip([0, *ends], [*starts, len(source)], strict=True)]
    return "[" in "".join(kept)


def _find_offset(cuts: Sequence[Cut], offsets: Sequence[int], start: int) -> int:
    """Return the offset of what begins at an offset of the source after the cuts are made."""
    index = bisect_right(cuts, start, key=itemgetter(0)) - 1
    if index < 0:
        return start
    _, end, replacement = cuts[index]
    return offsets[index] + len(replacement or "") + start - end


def _find_in_names(source: str, cuts: Sequence[Cut]) -> set[Cut]:
    """Return the cuts over which a bracket and the name of a shortcode, or two parts of a name,
    would come together. Of adjacent ones it is the last.
    """
    in_names: set[Cut] = set()
    is_open, offset = False, 0
    for index, cut in enumerate(cuts):
        if cut[0] > offset or not index:
            bracket = source.rfind("[", offset, cut[0])
            is_open = bracket >= 0 and _is_name(source[bracket + 1 : cut[0]].removeprefix("/"))
        offset = cut[1]
        if cut[2] is not None:
            is_open = False
        next_start = cuts[index + 1][0] if index + 1 < len(cuts) else len(source)
        if is_open and next_start > offset and _is_name(source[offset]):
            in_names.add(cut)
    return in_names


def _is_name(text: str) -> bool:
    """Return whether a text is empty, or may be a part of the name of a shortcode."""
    return text.replace("-", "").replace("_", "").isalnum() or not text.strip("-_")


def _add_partners(document: Document, cuts: Sequence[Cut], some: set[Cut]) -> set[Cut]:
    """Return some of the cuts with those of the other delimiters of their pairs."""
    starts = {cut[0] for cut in some}
    for _, start, _, close_start, *_ in document.items().rows():
        if close_start and (start in starts or close_start in starts):
            starts |= {start, close_start}
    return {cut for cut in cuts if cut[0] in starts}


def _find_after_bracket(source: str, cuts: Iterable[Cut]) -> set[Cut]:
    """Return the cuts before which a bracket is open in what stays."""
    after_bracket: set[Cut] = set()
    is_open, offset = False, 0
    for cut in cuts:
        opens, closes = (source.rfind(bracket, offset, cut[0]) for bracket in "[]")
        if opens >= 0 or closes >= 0:
            is_open = opens > closes
        offset = cut[1]
        if cut[2] is not None:
            is_open = False
        elif is_open:
            after_bracket.add(cut)
    return after_bracket


def _find_in_delimiters(document: Document, cuts: Sequence[tuple[Cut, int]]) -> set[Cut]:
    """Return the cuts whose offsets are inside the delimiters of a document."""
    offsets = [offset for _, offset in cuts]
    return {
        cuts[index][0]
        for start, end in document.delimiter_spans()
        for index in range(bisect_right(offsets, start), bisect_left(offsets, end))
    }


def _leaves_closing_tag(source: str, cuts: Sequence[Cut]) -> bool:
    """Return whether a closing tag may be in what stays."""
    if not cuts or "[/" not in source:
        return False
    offset = 0
    for start, end, _ in cuts:
        if source.find("[/", offset, start) >= 0:
            return True
        offset = end
    return source.find("[/", offset) >= 0


def _find_uncrossed(
    document: Document, replaced: Sequence[Span], drop_content: bool
) -> Iterator[Span]:
    """Yield what to cut of the enclosing shortcodes of a text from which others were cut.

    What replaces an escape stays: it is the text that a reader is to see.
    """
    ends = [end for _, end in replaced]
    split_items = document.split_items

    def is_replaced(span: Span) -> bool:
        index = bisect_right(ends, span[0])
        return index < len(replaced) and replaced[index][0] < span[1]

    for index, row in enumerate(document.items().rows()):
        _, start, open_end, close_start, end, _, is_escape = row
        if is_escape or not close_start or index in split_items:
            continue
        delimiters = (start, open_end), (close_start, end)
        if not any(map(is_replaced, delimiters)):
            yield from [(start, end)] if drop_content else delimiters


def _widen(cuts: Sequence[Cut], offsets: Sequence[int], spans: Iterable[Span]) -> list[Cut]:
    """Return the cuts, with spans of the text that they leave cut out as well."""
    starts = [0, *(offset + len(cut[2] or "") for cut, offset in zip(cuts, offsets, strict=True))]
    origins = [0, *(cut[1] for cut in cuts)]

    def find_origin(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return origins[index] + offset - starts[index]

    wide: list[Cut] = []
    for span_start, span_end in spans:
        start, end = find_origin(span_start), find_origin(span_end - 1) + 1
        if wide and start < wide[-1][1]:
            start, end = wide[-1][0], max(end, wide.pop()[1])
        wide.append((start, end, None))
    wide_starts = [cut[0] for cut in wide]

    def is_outside(cut: Cut) -> bool:
        index = bisect_right(wide_starts, cut[0]) - 1
        return index < 0 or cut[0] >= wide[index][1]

    return sorted([*filter(is_outside, cuts), *wide], key=itemgetter(0))


def _apply(source: str, cuts: Iterable[Cut]) -> tuple[str, list[int]]:
    """Return the text with the cuts made, and the offset of each in it."""
    parts: list[str] = []
    offsets: list[int] = []
    source_offset = length = 0
    for start, end, replacement in cuts:
        parts += source[source_offset:start], replacement or ""
        offsets.append(length + start - source_offset)
        length = offsets[-1] + len(parts[-1])
        source_offset = end
    return "".join([*parts, source[source_offset:]]), offsets


def _keeps_its_meaning(source: str, start: int, end: int, cuts: Sequence[Cut]) -> bool:
    """Return whether the tag in a span keeps its meaning. No address may come together over a cut,
    nor be one that was only in a shortcode.
    """
    marked = _apply_within(source, start, end, cuts, mark=CUT_MARK)
    removed = "".join(source[slice(*cut[:2])] for cut in cuts)
    return keeps_its_meaning(
        source[start:end], _apply_within(source, start, end, cuts), marked, marked, removed
    )


def _apply_within(source: str, start: int, end: int, cuts: Iterable[Cut], *, mark: str = "") -> str:
    """Return a part of the text with the cuts made, and a mark for each."""
    parts: list[str] = []
    for cut_start, cut_end, replacement in cuts:
        parts += source[start:cut_start], mark if replacement is None else replacement
        start = cut_end
    return "".join([*parts, source[start:end]])


def _drop_cuts(
    cuts: Sequence[Cut], dropped: Container[Cut], left_in_place: list[Span] | None
) -> list[Cut]:
    """Return the cuts without dropped ones, whose spans are added to `left_in_place`."""
    if left_in_place is not None:
        left_in_place += sorted(cut[:2] for cut in cuts if cut in dropped)
    return [cut for cut in cuts if cut not in dropped]

"""What must not come together over a cut: shortcodes, names of shortcodes, crossed pairs.

Without the inner shortcode, `[a[b]c]` would be another one, which nobody wrote.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from shortcodes.detection import may_be_alone
from shortcodes.nodes import Document, Span
from shortcodes_strip.cuts import Cut, Cuts

_ROUNDS = 10
"""How often shortcodes are cut out that came together when others were."""


def keep_apart(cuts: Cuts) -> None:
    """Drop the cuts over which a shortcode or its name would come together: `[a[b]c]`.

    Tags that crossed a shortcode are cut as well if they are a pair without it:
    `[a][b][/a][/b]`.

    Without the tags that show that brackets carry backslashes, the text may be read without them;
    what is a shortcode then is cut as well, and so is `[gallery]` once it is alone.

    The number of rounds is limited, so that the time stays linear. Cuts over which a shortcode
    would still come together after the last round are dropped.
    """
    document, source = cuts.document, cuts.source
    if not _leaves_bracket(source, cuts.cuts):
        return
    kept: set[Cut] = set()
    harmful = _find_in_names(source, cuts.cuts)
    is_read_anew = document.escapes_brackets and not document.code_finders
    has_bare_tag = may_be_alone(source)
    for _ in range(_ROUNDS):
        if harmful:
            harmful = add_partners(document, cuts.cuts, harmful)
            kept |= harmful
            cuts.drop(harmful)
        inside = _find_after_bracket(source, cuts.cuts)
        may_cross = _leaves_closing_tag(source, cuts.cuts)
        if not (inside or may_cross or is_read_anew or has_bare_tag):
            return
        text, offsets = cuts.apply()
        gets_alone = has_bare_tag and may_be_alone(text)
        if not (inside or may_cross or is_read_anew or gets_alone):
            return
        placed = [*zip(cuts.cuts, offsets, strict=True)]
        again = document.read_again(text)
        harmful = _find_in_delimiters(again, [pair for pair in placed if pair[0] in inside])
        if harmful:
            continue
        replaced = [(offset, offset + len(cut[2])) for cut, offset in placed if cut[2]]
        stays = {_find_offset(cuts.cuts, offsets, cut[0]) for cut in kept}
        # A cut may be a whole shortcode, whose closing tag stays with it.
        stays_until = {_find_offset(cuts.cuts, offsets, cut[1] - 1) + 1 for cut in kept}
        spans_to_cut: Iterable[Span] = ()
        if gets_alone or (is_read_anew and not again.escapes_brackets):
            spans_to_cut = _find_to_cut(again, replaced, cuts.drop_content)
        elif may_cross:
            spans_to_cut = _find_to_cut(again, replaced, cuts.drop_content, uncrossed_only=True)
        spans = sorted({s for s in spans_to_cut if s[0] not in stays and s[1] not in stays_until})
        if not spans:
            return
        cuts.cuts = _widen(cuts.cuts, offsets, spans)
    cuts.drop(_find_after_bracket(source, cuts.cuts))


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


def keep_all_tags(cuts: Cuts) -> None:
    """Drop the cuts that hold a tag, or an end of a processing instruction, and their partners."""
    source = cuts.source
    holding = {
        cut for cut in cuts.cuts if any(source.find(mark, *cut[:2]) >= 0 for mark in ("<", "?>"))
    }
    if holding:
        cuts.drop(add_partners(cuts.document, cuts.cuts, holding))


def add_partners(document: Document, cuts: Sequence[Cut], some: set[Cut]) -> set[Cut]:
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
        for start, end in [*document.delimiter_spans(), *document.left_over_spans()]
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


def _find_to_cut(
    document: Document,
    replaced: Sequence[Span],
    drop_content: bool,
    *,
    uncrossed_only: bool = False,
) -> Iterator[Span]:
    """Yield what to cut of the shortcodes of a text from which others were cut, or only of those
    that are pairs.

    What replaces an escape stays: it is the text that a reader is to see.
    """
    ends = [end for _, end in replaced]
    split_items = document.split_items

    def is_replaced(span: Span) -> bool:
        index = bisect_right(ends, span[0])
        return index < len(replaced) and replaced[index][0] < span[1]

    for index, row in enumerate(document.items().rows()):
        _, start, open_end, close_start, end, _, is_escape = row
        if is_escape or index in split_items or (uncrossed_only and not close_start):
            continue
        delimiters = [(start, open_end)]
        if close_start:
            delimiters.append((close_start, end))
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

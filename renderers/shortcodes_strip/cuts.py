"""What is taken out of a document when it is stripped, and the text that stays."""

from __future__ import annotations

from collections.abc import Container, Sequence
from operator import itemgetter

from shortcodes.catalogue import catalogue, decode_content
from shortcodes.nodes import Document, Escape, Span
from shortcodes_strip.remains import CLOSING, CLOSING_TAG, NOTHING, OPENING, SEAM, Fragment

# Tuples rather than named ones, which take three times as long to make.
Cut = tuple[int, int, str | None]
"""The start and end of what is taken out, and what is printed in its place, or `None`."""


class Cuts:
    """The cuts in one document, in order.

    Attributes:
        source: The text of the document.
        cuts: The cuts that are to be made.
        left_in_place: The spans of those that were dropped, because without them the text around
            them would mean something else.
    """

    def __init__(
        self, document: Document, *, drop_content: bool = False, keep_escapes: bool = False
    ) -> None:
        """List what a document does not need once its shortcodes are gone.

        Args:
            document: The document to strip.
            drop_content: Whether enclosed content is taken out as well.
            keep_escapes: Whether an escape, `[[x]]`, keeps both pairs of brackets.
        """
        self.document = document
        self.source = document.source
        self.drop_content = drop_content
        self.cuts = _list_cuts(document, drop_content, keep_escapes)
        self.left_in_place: list[Span] = []

    def drop(self, dropped: Container[Cut]) -> None:
        """Leave in place what some of the cuts would take out."""
        self.left_in_place += sorted(cut[:2] for cut in self.cuts if cut in dropped)
        self.cuts = [cut for cut in self.cuts if cut not in dropped]

    def apply(self) -> tuple[str, list[int]]:
        """Return the text with the cuts made, and the offset of each in it."""
        source = self.source
        parts: list[str] = []
        offsets: list[int] = []
        source_offset = length = 0
        for start, end, replacement in self.cuts:
            parts += source[source_offset:start], replacement or ""
            offsets.append(length + start - source_offset)
            length = offsets[-1] + len(parts[-1])
            source_offset = end
        return "".join([*parts, source[source_offset:]]), offsets

    def split(self) -> list[Fragment]:
        """Return what stays of the text, with a gap wherever something was taken out."""
        source = self.source
        fragments: list[Fragment] = []
        offset = 0
        gap = NOTHING
        for start, end, replacement in self.cuts:
            if gap and (start > offset or replacement is not None):
                fragments.append(gap)
                gap = NOTHING
            if start > offset:
                fragments.append(source[offset:start])
            offset = end
            if replacement is not None:
                fragments.append(replacement)
            elif not fragments:
                gap = OPENING  # nothing is before it that a seam could set apart
            elif source.startswith(CLOSING_TAG, start):
                gap |= CLOSING
            else:
                gap |= SEAM if gap & CLOSING else OPENING
        if gap:
            fragments.append(gap)
        if offset < len(source):
            fragments.append(source[offset:])
        return fragments


def _list_cuts(document: Document, drop_content: bool, keep_escapes: bool) -> Sequence[Cut]:
    """Return a cut for everything that a shortcode or an escape makes superfluous, in order."""
    items = document.items()
    left_over = document.left_over_spans()
    if not items and not left_over:
        return ()
    cuts: list[Cut] = [(start, end, None) for start, end in left_over]
    split_items = document.split_items
    encoded_names = catalogue().encodings
    inside_until = 0
    is_sorted = not cuts
    for index, (name, start, open_end, close_start, end, _, is_escape) in enumerate(items.rows()):
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
        elif drop_content or (
            name in encoded_names and decode_content(name, document.source[open_end:close_start])
        ):
            inside_until = end
            cuts.append((start, end, None))
        else:
            cuts += (start, open_end, None), (close_start, end, None)
            is_sorted = False
    if not is_sorted:
        cuts.sort(key=itemgetter(0))
    return _drop_inner(cuts) if drop_content and left_over else cuts


def _drop_inner(cuts: Sequence[Cut]) -> list[Cut]:
    """Return sorted cuts without those inside another one."""
    outer: list[Cut] = []
    for cut in cuts:
        if not outer or cut[0] >= outer[-1][1]:
            outer.append(cut)
    return outer

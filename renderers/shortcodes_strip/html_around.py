"""What a cut must not do to the HTML around it: change a tag, or make one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shortcodes.html.gains import find_gained, touches_html
from shortcodes.html.tag_edit import TagEdit
from shortcodes.html.tags import HtmlTags, may_hold_brackets
from shortcodes.html.values import CUT_MARK
from shortcodes.nodes import Span
from shortcodes_strip.cuts import Cut, Cuts

_TRIES = 3
"""How often cuts near a gained tag are taken back before all of them are."""
_NEAR = 4
"""The distance in code points that counts as near."""


def keep_html(cuts: Cuts) -> None:
    """Drop the cuts without which the HTML of a text would mean something else."""
    if not cuts.cuts or "<" not in cuts.source:
        return
    stop = max(cut[1] for cut in cuts.cuts)
    in_tags = may_hold_brackets(cuts.source)
    if not in_tags and stop > cuts.source.rfind("]") + 1:  # the last one is a tag that is cut off
        in_tags = may_hold_brackets(cuts.source, stop)
    if in_tags:
        _keep_tags(cuts)
    if in_tags or touches_html(cuts.source, (cut[:2] for cut in cuts.cuts)):
        _gain_no_tags(cuts)


def _keep_tags(cuts: Cuts) -> None:
    """Drop the cuts that would change the meaning of the HTML tag around them.

    The others get nothing, rather than `None`, in their place: a line that is left empty in a value
    may be part of an address.
    """
    tags = HtmlTags(cuts.source, cuts.document.code_finders)
    cuts_by_tag: dict[Span, list[Cut]] = {}
    for cut in cuts.cuts:
        for tag in tags.all_around(cut[0]):
            cuts_by_tag.setdefault(tag, []).append(cut)
    if not cuts_by_tag:
        return
    harmful = {
        cut
        for tag, inside in cuts_by_tag.items()
        if inside[-1][1] > tag[1] or not _build_edit(cuts.source, tag, inside).keeps_meaning()
        for cut in inside
    }
    if harmful:
        cuts.drop(harmful)
    in_tags = {cut for inside in cuts_by_tag.values() for cut in inside}
    cuts.cuts = [(*cut[:2], cut[2] or "") if cut in in_tags else cut for cut in cuts.cuts]


def _gain_no_tags(cuts: Cuts) -> None:
    """Drop the cuts that would make a tag of something that was not one."""
    for _ in range(_TRIES):
        text, offsets = cuts.apply()
        gained = find_gained(cuts.source, text, cuts.document.code_finders)
        if gained is None:
            return
        start, end = gained[0] - _NEAR, gained[1] + _NEAR
        placed = zip(cuts.cuts, offsets, strict=True)
        near = {cut for cut, offset in placed if start <= offset <= end}
        if not near:
            break
        cuts.drop(near)
    else:
        text, _ = cuts.apply()
        if find_gained(cuts.source, text, cuts.document.code_finders) is None:
            return
    cuts.drop(set(cuts.cuts))


def _build_edit(source: str, tag: Span, cuts: Sequence[Cut]) -> TagEdit:
    """Return the edit of a tag by the cuts in it. No address may come together over a cut, nor be
    one that was only in a shortcode.
    """
    marked = _apply_within(source, tag, cuts, mark=CUT_MARK)
    removed = "".join(source[slice(*cut[:2])] for cut in cuts)
    return TagEdit(source[slice(*tag)], _apply_within(source, tag, cuts), marked, marked, removed)


def _apply_within(source: str, span: Span, cuts: Iterable[Cut], *, mark: str = "") -> str:
    """Return a part of the text with the cuts made, and a mark for each."""
    start, end = span
    parts: list[str] = []
    for cut_start, cut_end, replacement in cuts:
        parts += source[start:cut_start], mark if replacement is None else replacement
        start = cut_end
    return "".join([*parts, source[start:end]])

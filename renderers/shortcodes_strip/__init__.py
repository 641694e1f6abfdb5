"""The `strip` renderer: takes shortcodes out and leaves the prose as it is.

What counts as a shortcode was decided by the parser. Enclosed text stays unless the option
`content` is "drop". Apart from the delimiters, only what contained nothing else goes: paragraphs
and blocks of WordPress's editor (`wrappers.py`), lines that `<br>` ends (`broken_lines.py`), and
lines (`lines.py`). A space is left where words would come together (`seams.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from shortcodes.common.checks import check_one_of
from shortcodes.html.gains import find_gained
from shortcodes.nodes import Document, Span, shift_span
from shortcodes.parts.cdata import CLOSING, OPENING
from shortcodes.parts.front_matter import find_front_matter
from shortcodes.plugins import Context, Output
from shortcodes_strip.broken_lines import find_tag_lines
from shortcodes_strip.cuts import Cuts
from shortcodes_strip.ends import keep_ends
from shortcodes_strip.html_around import keep_html
from shortcodes_strip.html_left import changes_html
from shortcodes_strip.joined import add_partners, keep_all_tags, keep_apart
from shortcodes_strip.lines import remove_empty_lines
from shortcodes_strip.remains import SEAM, Fragment, Point, find_gap, join_texts, split_at_gaps
from shortcodes_strip.seams import add_seams
from shortcodes_strip.wrappers import find_empty_wrappers

__all__ = [
    "LEFT_IN_PLACE",
    "Fragment",
    "StripRenderer",
    "cut_shortcodes",
    "find_gap",
    "join_fragments",
    "join_texts",
    "strip_text",
]

_OPTIONS = {"content": ("keep", "drop"), "escapes": ("unescape", "keep"), "seams": (True, False)}
"""The values of each option, the default first."""
LEFT_IN_PLACE = (
    "the shortcode was left in place: without it, the text around it would mean something else"
)


def cut_shortcodes(
    document: Document,
    *,
    drop_content: bool = False,
    keep_escapes: bool = False,
    keep_elements: bool = False,
    keep_until: int = 0,
    left_in_place: list[Span] | None = None,
) -> list[Fragment]:
    """Return what stays of a document, with a gap wherever something was taken out.

    Args:
        document: The document to strip.
        drop_content: Whether enclosed content is taken out as well.
        keep_escapes: Whether an escape, `[[x]]`, keeps both pairs of brackets.
        keep_elements: Whether nothing is taken out that holds a tag, as in XML, where its partner
            may be elsewhere.
        keep_until: The offset before which nothing is taken out.
        left_in_place: A list that is filled with the spans of shortcodes that stay, because
            without them the text around them would mean something else.
    """
    cuts = Cuts(document, drop_content=drop_content, keep_escapes=keep_escapes)
    if cuts.cuts:
        keep_apart(cuts)
        if keep_until:
            early = {cut for cut in cuts.cuts if cut[0] < keep_until}
            cuts.drop(add_partners(document, cuts.cuts, early))
        keep_html(cuts)
        keep_ends(cuts)
        if keep_elements:
            keep_all_tags(cuts)
    if left_in_place is not None:
        left_in_place += cuts.left_in_place
    return cuts.split()


def strip_text(
    document: Document,
    *,
    drop_content: bool = False,
    keep_escapes: bool = False,
    keep_elements: bool = False,
    seams: bool = True,
    left_in_place: list[Span] | None = None,
) -> str:
    """Return the text of a document without its shortcodes; each of its parts is stripped alone.

    For the arguments see `cut_shortcodes` and `join_fragments`.
    """
    spans: list[Span] = [] if left_in_place is None else left_in_place
    source = document.source
    if document.composition is None:
        left_here: list[Span] = []
        strip_once = partial(
            cut_shortcodes,
            document,
            drop_content=drop_content,
            keep_escapes=keep_escapes,
            keep_elements=keep_elements,
            left_in_place=left_here,
        )
        text = join_fragments(strip_once(), document, seams=seams)
        if not document.front_matter and (made := find_front_matter(text)):
            # What was text would be a setting, and no page would show it.
            for keep_until in (_find_mark_end(source, made.mark), len(source)):
                left_here.clear()
                fragments = strip_once(keep_until=keep_until)
                text = join_fragments(fragments, document, seams=seams)
                if not find_front_matter(text):
                    break
        spans += left_here
        return text
    texts: list[str] = []
    position = 0
    for offset, part in document.composition.parts:
        left: list[Span] = []
        # An empty section is none of the parts.
        is_section = source.endswith(OPENING, 0, offset) and not source.startswith(CLOSING, offset)
        text = strip_text(
            part,
            drop_content=drop_content,
            keep_escapes=keep_escapes,
            keep_elements=document.composition.is_xml and not is_section,
            seams=seams,
            left_in_place=left,
        )
        spans += (shift_span(span, offset) for span in left)
        texts += source[position:offset], text
        position = offset + len(part.source)
    result = "".join([*texts, source[position:]])
    if document.composition.is_html and find_gained(source, result, document.code_finders):
        spans[:] = document.delimiter_spans()
        return source
    return result


def _find_mark_end(source: str, mark: str) -> int:
    """Return the end of the first line with a mark of front matter."""
    return source.find("\n", max(0, source.find(mark))) + 1


def join_fragments(fragments: list[Fragment], document: Document, *, seams: bool = True) -> str:
    """Return the text that fragments make, without what is left empty.

    Args:
        fragments: The text of a document in order, with a gap wherever something was taken out.
        document: The document.
        seams: Whether a space is left where words would come together. In the WordPress dialect
            none is, since WordPress leaves none.
    """
    remains = split_at_gaps(fragments)
    if not remains.gaps:
        return remains.texts[0]
    cleared = remains
    wrappers: Sequence[tuple[Point, Point]] = ()
    has_html = any("<" in text for text in remains.texts)
    if has_html:
        wrappers = find_empty_wrappers(remains)
        cleared = cleared.erase(wrappers, SEAM)
        cleared = cleared.erase(find_tag_lines(cleared))
    if seams and document.dialect != "wordpress":
        cleared = add_seams(cleared)
    text = remove_empty_lines(cleared.texts)
    if cleared is not remains and changes_html(remains, text, document, wrappers):
        cleared = remains
        text = remove_empty_lines(remains.texts)
    if cleared is remains and has_html and _count_signs([text]) < _count_signs(remains.texts):
        # A line with `<br>` went, which ends an SVG.
        return join_texts(remains.texts) if changes_html(remains, text, document) else text
    return text


def _count_signs(texts: Iterable[str]) -> int:
    return sum(text.count("<") for text in texts)


class StripRenderer:
    """Renders the text without its shortcodes.

    Options:
        content: What becomes of enclosed text: "keep" (default) or "drop".
        escapes: What becomes of `[[x]]` (rule 7.2 of SPEC.md): "unescape" (default) removes one
            bracket on either side, as a reader should see it; "keep" leaves both.
        seams: Whether a space is left where closing tags and then opening tags went from between
            two words; `True` by default. The WordPress dialect leaves none.

    Any other option, and a value of another type, is a `TypeError`; any other value is a
    `ValueError`.
    """

    name = "strip"
    output: Output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the text that is left."""
        options: dict[str, Any] = {name: values[0] for name, values in _OPTIONS.items()}
        for name, value in context.options.items():
            if name not in _OPTIONS:
                raise TypeError(f"the strip renderer has no option {name!r}")
            check_one_of(name, value, _OPTIONS[name])
            options[name] = value
        left_in_place: list[Span] = []
        text = strip_text(
            document,
            drop_content=options["content"] == "drop",
            keep_escapes=options["escapes"] == "keep",
            seams=options["seams"],
            left_in_place=left_in_place,
        )
        for span in left_in_place:
            context.report("SC404", LEFT_IN_PLACE, span)
        return text

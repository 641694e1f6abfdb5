"""WordPress's tags as Markdown: images with their words, lists of images and tracks, links."""

from __future__ import annotations

import re
from functools import cache
from types import NoneType
from typing import Unpack

from markupsafe import Markup

from shortcodes import Call, Context, Diagnostic, Engine, Escape, Shortcode
from shortcodes.catalogue import catalogue
from shortcodes.common.checks import check_type
from shortcodes.dialects import ParseOptions
from shortcodes.html.tags import HtmlTags
from shortcodes_html.failures import describe_error
from shortcodes_strip import LEFT_IN_PLACE
from shortcodes_wordpress.encoded_html import write_encoded
from shortcodes_wordpress.markdown_tags import (
    SELECTOR,
    write_audio,
    write_caption,
    write_embed,
    write_gallery,
    write_playlist,
    write_video,
)
from shortcodes_wordpress.markdown_text import escape_mark_before
from shortcodes_wordpress.media import MediaLibrary
from shortcodes_wordpress.media_selection import MediaSelector

_BLOCKS = frozenset({"caption", "wp_caption", "gallery", "playlist", *catalogue().encodings})
"""Tags that become blocks of their own; the others stay in their line."""

_SPACE = re.compile(r"\s*+")


def to_markdown(
    text: str,
    *,
    media: MediaLibrary | None = None,
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[ParseOptions],
) -> str:
    """Return a text with WordPress's tags as Markdown; nothing else in it changes.

    HTML that page builders encode, as in `[vc_raw_html]`, is decoded and written as Markdown too.
    Captions and lists get blank lines around them if the text has none. A tag that cannot be
    written stays as it is, and so does one that is inside an HTML tag.

    Args:
        text: The text to convert.
        media: What knows the attachments behind the ids of galleries and playlists.
        diagnostics: A list that is filled with the reasons why tags stayed as they are.
        **options: The options of `shortcodes.parse`. With `markdown=True` the text is Markdown
            already, and shortcodes in its code stay.
    """
    check_type("media", media, MediaLibrary, NoneType)
    check_type("diagnostics", diagnostics, list, NoneType)
    engine = _build_engine()
    document = engine.parse(text, **options)
    diagnostics = [] if diagnostics is None else diagnostics
    context = Context("html", {SELECTOR: MediaSelector(media)}, diagnostics=diagnostics)
    writer = _MarkdownWriter(text)
    tags, split_items = HtmlTags(text, document.code_finders), document.split_items
    ends: list[int] = []  # of the items around one that could not be written
    for index, item in enumerate(document.items()):
        if item.span[0] < writer.offset:
            continue  # inside an item that is written already
        while ends and ends[-1] <= item.span[0]:
            ends.pop()
        if isinstance(item, Escape):
            writer.copy_until(item.span[1])
        elif index in split_items or tags.around(item.span[0]):
            context.report("SC404", LEFT_IN_PLACE, item.span)
        elif len(ends) == engine.policy.max_depth:
            message = f"[{item.name}] was left in place: it is nested too deeply"
            context.report("SC402", message, item.span, "error")
            ends.append(item.span[1])  # with it, what it encloses is left in place
        elif len(ends) < engine.policy.max_depth:
            markdown = _write_tag(engine, item, context)
            if markdown is None:
                ends.append(item.span[1])
                continue
            writer.copy_until(item.span[0])
            writer.replace_until(item.span[1], markdown, is_block=item.name in _BLOCKS)
    writer.copy_until(len(text))
    return writer.join()


class _MarkdownWriter:
    """Writes the Markdown of a text from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.offset = 0
        """How much of the text is written."""
        self._text = text
        self._parts: list[str] = []
        self._line_breaks = 2
        """Line breaks in the white space at the end, up to 2; the beginning counts as a blank
        line."""

    def copy_until(self, end: int) -> None:
        """Write the text up to an offset as it is."""
        self._add(self._text[self.offset : end])
        self.offset = end

    def replace_until(self, end: int, markdown: str, *, is_block: bool) -> None:
        """Write Markdown in place of the text up to an offset; a block between blank lines."""
        match = _SPACE.match(self._text, end)
        space = match[0] if match else ""
        is_last = end + len(space) == len(self._text)
        if is_block:
            self._add("\n" * (2 - self._line_breaks))
        elif self._parts:
            self._parts[-1] = escape_mark_before(self._parts[-1], markdown)
        self._add(markdown)
        if is_block and not is_last:
            self._add("\n" * (2 - space.count("\n")))
        self.offset = end

    def join(self) -> str:
        """Return everything that was written."""
        return "".join(self._parts)

    def _add(self, part: str) -> None:
        words_end = len(part.rstrip())
        line_breaks = part.count("\n", words_end)
        self._line_breaks = min(2, line_breaks if words_end else self._line_breaks + line_breaks)
        self._parts.append(part)


def _write_tag(engine: Engine, shortcode: Shortcode, context: Context) -> str | None:
    """Return the Markdown for a shortcode; `None` for one that stays as it is."""
    entry = engine.entry(shortcode.name)
    if entry is None or entry.run is None:
        return None
    content = Markup(shortcode.content or "")  # noqa: S704 - each function sanitises it
    try:
        made = entry.run(Call.of(shortcode, context, content))
    except Exception as error:
        message = f"[{shortcode.name}] was left in place: {describe_error(error)}"
        context.report("SC402", message, shortcode.span, "error")
        return None
    return None if made is None else str(made)


@cache
def _build_engine() -> Engine:
    """Return an engine whose functions write Markdown, for the reading of their attributes."""
    engine = Engine()
    engine.register("caption", write_caption, aliases=("wp_caption",))
    engine.register("gallery", write_gallery)
    engine.register("audio", write_audio)
    engine.register("video", write_video)
    engine.register("playlist", write_playlist)
    engine.register("embed", write_embed)
    first, *aliases = catalogue().encodings
    engine.register(first, write_encoded, aliases=aliases)
    return engine

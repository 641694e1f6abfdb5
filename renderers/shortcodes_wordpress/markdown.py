"""The tags as Markdown: images with their words, lists of images and tracks, links."""

from __future__ import annotations

import re
from functools import cache
from types import NoneType
from typing import Unpack

from markupsafe import Markup

from shortcodes import Call, Context, Diagnostic, Engine, Escape, Shortcode
from shortcodes.checks import check_type
from shortcodes.dialects import ParseOptions
from shortcodes_wordpress.markdown_tags import (
    SHELF,
    audio,
    caption,
    embed,
    gallery,
    playlist,
    video,
)
from shortcodes_wordpress.media import MediaLibrary
from shortcodes_wordpress.media_selection import Shelf

_BLOCKS = frozenset({"caption", "wp_caption", "gallery", "playlist"})
"""What is a block of its own; the others stand in their line."""

_SPACE = re.compile(r"\s*+")


def to_markdown(
    text: str,
    *,
    media: MediaLibrary | None = None,
    diagnostics: list[Diagnostic] | None = None,
    **options: Unpack[ParseOptions],
) -> str:
    """Return a text with WordPress's tags as Markdown; nothing else in it changes.

    `media` resolves the ids of galleries and playlists. What cannot be written stays as it is,
    and `diagnostics` is filled with the reasons. Captions and lists get blank lines around them
    where the text has none. `options` are those of `shortcodes.parse`: with `markdown=True` the
    text is Markdown already, and code in it stays.
    """
    check_type("media", media, MediaLibrary, NoneType)
    check_type("diagnostics", diagnostics, list, NoneType)
    engine = _engine()
    document = engine.parse(text, **options)
    found = [] if diagnostics is None else diagnostics
    context = Context("html", {SHELF: Shelf(media)}, diagnostics=found)
    written = _Written(text)
    for item in document.items():
        if item.span[0] < written.position:
            continue  # inside what is written already
        if isinstance(item, Escape):
            written.until(item.span[1])
        elif (made := _made(engine, item, context)) is not None:
            written.until(item.span[0])
            written.put(made, item.span[1], block=item.name in _BLOCKS)
    written.until(len(text))
    return "".join(written.parts)


class _Written:
    """The text so far."""

    def __init__(self, text: str) -> None:
        self.parts: list[str] = []
        self.position = 0
        self._text = text
        self._breaks = 2
        """Line breaks in the white space at the end; as many as it takes where there is no word."""

    def until(self, end: int) -> None:
        """Take the text to there as it is."""
        self._take(self._text[self.position : end])
        self.position = end

    def put(self, made: str, end: int, *, block: bool) -> None:
        """Put something in place of the text to there; a block between blank lines."""
        space = _SPACE.match(self._text, end)
        following = space[0] if space else ""
        last = end + len(following) == len(self._text)
        if block:
            self._take("\n" * (2 - self._breaks))
        self._take(made)
        if block and not last:
            self._take("\n" * (2 - following.count("\n")))
        self.position = end

    def _take(self, part: str) -> None:
        words = len(part.rstrip())
        found = part.count("\n", words)
        self._breaks = min(2, found if words else self._breaks + found)
        self.parts.append(part)


def _made(engine: Engine, shortcode: Shortcode, context: Context) -> str | None:
    """Return the Markdown for a shortcode; `None` for another's, and for one that fails."""
    entry = engine.entry(shortcode.name)
    if entry is None or entry.run is None:
        return None
    content = Markup(shortcode.content or "")  # noqa: S704 - sanitised by whoever writes it
    try:
        return str(entry.run(Call.of(shortcode, context, content)))
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        message = f"[{shortcode.name}] was left in place: {reason}"
        context.report("SC402", message, shortcode.span, "error")
        return None


@cache
def _engine() -> Engine:
    """Return an engine whose functions write Markdown: it reads their attributes."""
    engine = Engine()
    engine.register("caption", caption, aliases=("wp_caption",))
    engine.register("gallery", gallery)
    engine.register("audio", audio)
    engine.register("video", video)
    engine.register("playlist", playlist)
    engine.register("embed", embed)
    return engine

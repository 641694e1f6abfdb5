"""Writes each tag as Markdown.

Attributes that Markdown has no use for are accepted and ignored. Flags are named, so that `loop`
without a value is not taken for a file.
"""

from __future__ import annotations

from markupsafe import Markup

from shortcodes import Call
from shortcodes.common.markdown_escaping import escape_line_start, escape_words
from shortcodes_wordpress.embed import find_embedded_url
from shortcodes_wordpress.enclosed_html import (
    clean_inline,
    extract_images,
    extract_tracks,
    read_html_value,
)
from shortcodes_wordpress.gallery import find_alt, find_target
from shortcodes_wordpress.markdown_content import is_markdown, read_address, split_images
from shortcodes_wordpress.markdown_text import (
    convert_html,
    write_bare_link,
    write_image,
    write_link,
)
from shortcodes_wordpress.media import Media
from shortcodes_wordpress.media_selection import MediaSelector, Selection
from shortcodes_wordpress.players import MediaFile, list_files
from shortcodes_wordpress.playlist import find_title, format_length
from shortcodes_wordpress.urls import check_url, get_file_name
from shortcodes_wordpress.values import Flag, Ids, Kind, Order

SELECTOR = "selector"
"""The option of a context that holds the `MediaSelector` of galleries and playlists."""

_BREAK = "\\\n"


def write_caption(call: Call, /, *, content: Markup, caption: str = "", **others: str) -> str:
    """Write the images on lines of their own, and the words on the next."""
    if is_markdown(call):
        images, words = split_images(call)
    else:
        parts = extract_images(call, content)
        images, words = [*map(convert_html, parts.media)], convert_html(parts.words)
    title = convert_html(clean_inline(read_html_value(call, "caption", caption)))
    line = escape_line_start(" ".join(filter(None, (title, words))))
    return _BREAK.join(filter(None, [*images, line]))


def write_audio(
    call: Call,
    /,
    src: str = "",
    *,
    content: Markup,
    mp3: str = "",
    m4a: str = "",
    ogg: str = "",
    wav: str = "",
    flac: str = "",
    loop: Flag = False,
    autoplay: Flag = False,
    muted: Flag = False,
    **others: str,
) -> str:
    """Write links to the files."""
    files = list_files(src, mp3=mp3, m4a=m4a, ogg=ogg, wav=wav, flac=flac)
    return _write_links(call, content, files)


def write_video(
    call: Call,
    /,
    src: str = "",
    *,
    content: Markup,
    mp4: str = "",
    m4v: str = "",
    webm: str = "",
    ogv: str = "",
    flv: str = "",
    loop: Flag = False,
    autoplay: Flag = False,
    muted: Flag = False,
    **others: str,
) -> str:
    """Write links to the files."""
    files = list_files(src, mp4=mp4, m4v=m4v, webm=webm, ogv=ogv, flv=flv)
    return _write_links(call, content, files)


def write_embed(call: Call, /, src: str = "", *, content: Markup, **others: str) -> str:
    """Write a link."""
    return write_bare_link(find_embedded_url(Markup(read_address(content)), src))  # noqa: S704


def write_gallery(
    call: Call,
    /,
    *,
    ids: Ids = [],  # noqa: B006 - never changed
    include: Ids = [],  # noqa: B006
    exclude: Ids = [],  # noqa: B006
    id: int | None = None,  # noqa: A002 - attributes have WordPress's names
    order: Order = "ASC",
    orderby: str = "",
    size: str = "thumbnail",
    link: str = "",
    **others: str,
) -> str:
    """Write a list of images."""
    selection = Selection("image", ids, include, exclude, id, order, orderby)
    images = _get_selector(call).select(call, selection)
    return "\n".join(f"- {_write_image(image, size, link)}" for image in images)


def write_playlist(
    call: Call,
    /,
    *,
    type: Kind = "audio",  # noqa: A002
    ids: Ids = [],  # noqa: B006
    include: Ids = [],  # noqa: B006
    exclude: Ids = [],  # noqa: B006
    id: int | None = None,  # noqa: A002
    order: Order = "ASC",
    orderby: str = "",
    artists: Flag = True,
    **others: str,
) -> str:
    """Write a numbered list of links."""
    selection = Selection(type, ids, include, exclude, id, order, orderby)
    tracks = _get_selector(call).select(call, selection)
    return "\n".join(
        f"{number}. {_write_track(track, with_artist=artists)}"
        for number, track in enumerate(tracks, 1)
    )


def _write_links(call: Call, content: Markup, files: list[MediaFile]) -> str:
    html = extract_tracks(call, content).words
    words = convert_html(html, keep_markdown=is_markdown(call))
    links = ", ".join(write_link(escape_words(get_file_name(file.url)), file.url) for file in files)
    return f"{links} {words}" if words else links


def _write_image(media: Media, size: str, link: str) -> str:
    target = check_url(find_target(media, link))
    alt = find_alt(media) if target else media.alt
    image = write_image(alt, check_url(media.sizes.get(size) or media.url), target)
    caption = escape_line_start(escape_words(media.caption))
    return f"{image}{_BREAK}  {caption}" if caption else image


def _write_track(media: Media, *, with_artist: bool) -> str:
    parts = [write_link(escape_words(find_title(media)), check_url(media.url))]
    if with_artist and media.artist:
        parts.append(f"– {escape_words(media.artist)}")
    if length := format_length(media):
        parts.append(f"({length})")
    return " ".join(parts)


def _get_selector(call: Call) -> MediaSelector:
    selector: MediaSelector = call.context.options[SELECTOR]
    return selector

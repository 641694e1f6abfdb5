"""Each tag as Markdown. Attributes that Markdown has no place for are taken and not used; flags are
named, so that `loop` by itself is not taken for a file.
"""

from __future__ import annotations

from markupsafe import Markup

from shortcodes import Call
from shortcodes.markdown_escaping import escape_line_start, escape_words
from shortcodes_wordpress import enclosed_html
from shortcodes_wordpress.embed import embedded
from shortcodes_wordpress.gallery import alt_of, target_of
from shortcodes_wordpress.markdown_text import bare_link, from_html, image, link
from shortcodes_wordpress.media import Media
from shortcodes_wordpress.media_selection import Choice, Shelf
from shortcodes_wordpress.players import Source, sources
from shortcodes_wordpress.playlist import length_of, title_of
from shortcodes_wordpress.urls import address, file_name
from shortcodes_wordpress.values import Flag, Ids, Kind, Order

SHELF = "shelf"
"""The option under which a context holds the shelf that galleries and playlists are from."""

_BREAK = "\\\n"


def caption(call: Call, /, *, content: Markup, caption: str = "", **others: str) -> str:
    """Write the images on lines of their own, and the words on the next."""
    images, behind = enclosed_html.images(call, content)
    texts = (from_html(text) for text in (enclosed_html.inline(caption), behind))
    said = escape_line_start(" ".join(filter(None, texts)))
    return _BREAK.join(filter(None, [*map(from_html, images), said]))


def audio(
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
    files = sources(src, mp3=mp3, m4a=m4a, ogg=ogg, wav=wav, flac=flac)
    return _links(call, content, files)


def video(
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
    files = sources(src, mp4=mp4, m4v=m4v, webm=webm, ogv=ogv, flv=flv)
    return _links(call, content, files)


def embed(call: Call, /, src: str = "", *, content: Markup, **others: str) -> str:
    """Write a link."""
    return bare_link(embedded(content, src))


def gallery(
    call: Call,
    /,
    *,
    ids: Ids = [],  # noqa: B006 - never changed
    include: Ids = [],  # noqa: B006
    exclude: Ids = [],  # noqa: B006
    id: int | None = None,  # noqa: A002 - attributes bear WordPress's names
    order: Order = "ASC",
    orderby: str = "",
    size: str = "thumbnail",
    link: str = "",
    **others: str,
) -> str:
    """Write a list of images."""
    choice = Choice("image", ids, include, exclude, id, order, orderby)
    media = _shelf(call).chosen(call, choice)
    return "\n".join(f"- {_listed(one, size, link)}" for one in media)


def playlist(
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
    choice = Choice(type, ids, include, exclude, id, order, orderby)
    tracks = _shelf(call).chosen(call, choice)
    return "\n".join(
        f"{number}. {_track(media, artist=artists)}" for number, media in enumerate(tracks, 1)
    )


def _links(call: Call, content: Markup, files: list[Source]) -> str:
    said = from_html(enclosed_html.tracks(call, content).words)
    shown = ", ".join(link(escape_words(file_name(file.url)), file.url) for file in files)
    return f"{shown} {said}" if said else shown


def _listed(media: Media, size: str, linked: str) -> str:
    target = address(target_of(media, linked))
    alt = alt_of(media) if target else media.alt
    shown = image(alt, address(media.sizes.get(size) or media.url), target)
    caption = escape_line_start(escape_words(media.caption))
    return f"{shown}{_BREAK}  {caption}" if caption else shown


def _track(media: Media, *, artist: bool) -> str:
    parts = [link(escape_words(title_of(media)), address(media.url))]
    if artist and media.artist:
        parts.append(f"– {escape_words(media.artist)}")
    if length := length_of(media):
        parts.append(f"({length})")
    return " ".join(parts)


def _shelf(call: Call) -> Shelf:
    shelf: Shelf = call.context.options[SHELF]
    return shelf

"""`[gallery]`: images in a grid."""

from __future__ import annotations

from markupsafe import Markup

from shortcodes import Call
from shortcodes_wordpress.elements import element, lines
from shortcodes_wordpress.media import Media
from shortcodes_wordpress.media_selection import Choice, Shelf
from shortcodes_wordpress.styles import styled
from shortcodes_wordpress.urls import address, file_name
from shortcodes_wordpress.values import Columns, Ids, Order, classes


class Gallery:
    """Renders galleries from a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def gallery(
        self,
        call: Call,
        *,
        ids: Ids = [],  # noqa: B006 - never changed
        include: Ids = [],  # noqa: B006
        exclude: Ids = [],  # noqa: B006
        id: int | None = None,  # noqa: A002
        order: Order = "ASC",
        orderby: str = "",
        columns: Columns = 3,
        size: str = "thumbnail",
        link: str = "",
        itemtag: str = "",
        icontag: str = "",
        captiontag: str = "",
    ) -> Markup:
        """Show images of a media library, by their ids or by their post."""
        choice = Choice("image", ids, include, exclude, id, order, orderby)
        media = self._shelf.chosen(call, choice)
        items = [element("li", {}, figure(one, size, link)) for one in media]
        styled(call)
        names = classes("gallery", f"gallery-columns-{columns}", f"gallery-size-{size}")
        return element("ul", {"class": names}, lines(*items))


def figure(media: Media, size: str, link: str) -> Markup:
    """Return one image with its link and its caption."""
    target = address(target_of(media, link))
    shown = media.sizes.get(size, "")
    image = element(
        "img",
        {
            "src": address(shown or media.url),
            "alt": alt_of(media) if target else media.alt,
            # The file's own width and height are not those of its smaller images.
            "width": None if shown else media.width,
            "height": None if shown else media.height,
            "loading": "lazy",
        },
    )
    return element(
        "figure",
        {"class": "gallery-item"},
        element("a", {"href": target}, image) if target else image,
        element("figcaption", {"class": "gallery-caption"}, media.caption) if media.caption else "",
    )


def target_of(media: Media, link: str) -> str:
    """Return where an image leads: to its file, to nothing, else to its page."""
    return {"file": media.url, "none": ""}.get(link.strip().lower(), media.link)


def alt_of(media: Media) -> str:
    """Return words for an image that must have some."""
    return media.alt or media.title or file_name(media.url)

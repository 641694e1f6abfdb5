"""`[gallery]`: images in a grid."""

from __future__ import annotations

from typing import Annotated

from markupsafe import Markup

from shortcodes import Call, Name
from shortcodes_wordpress.elements import build_element, join_lines
from shortcodes_wordpress.media import Media
from shortcodes_wordpress.media_selection import MediaSelector, Selection
from shortcodes_wordpress.styles import add_stylesheet
from shortcodes_wordpress.urls import check_url, get_file_name
from shortcodes_wordpress.values import Columns, Ids, Order, join_classes


class GalleryHandler:
    """Renders galleries of a media library."""

    def __init__(self, selector: MediaSelector) -> None:
        self._selector = selector

    def render(
        self,
        call: Call,
        *,
        ids: Ids = [],  # noqa: B006 - never changed
        include: Ids = [],  # noqa: B006
        exclude: Ids = [],  # noqa: B006
        id: int | None = None,  # noqa: A002 - attributes have WordPress's names
        order: Order = "ASC",
        orderby: str = "",
        columns: Columns = 3,
        size: str = "thumbnail",
        link: str = "",
        itemtag: str = "",
        icontag: str = "",
        captiontag: str = "",
        type: str = "",  # noqa: A002 - Jetpack adds this one and the next two
        autostart: str = "",
        grayscale: str = "",
        td_select_gallery_slide: Annotated[str, Name("td_select_gallery_slide")] = "",
        td_gallery_title_input: Annotated[str, Name("td_gallery_title_input")] = "",
    ) -> Markup:
        """Show images of a media library, by their ids or by their post.

        What plug-ins and themes add to the attributes has no effect here.
        """
        selection = Selection("image", ids, include, exclude, id, order, orderby)
        images = self._selector.select(call, selection)
        items = [build_element("li", {}, _build_figure(image, size, link)) for image in images]
        add_stylesheet(call)
        names = join_classes("gallery", f"gallery-columns-{columns}", f"gallery-size-{size}")
        return build_element("ul", {"class": names}, join_lines(*items))


def _build_figure(media: Media, size: str, link: str) -> Markup:
    """Return one image with its link and its caption."""
    target = check_url(find_target(media, link))
    smaller = media.sizes.get(size, "")
    image = build_element(
        "img",
        {
            "src": check_url(smaller or media.url),
            "alt": find_alt(media) if target else media.alt,
            # The width and height of the file are not those of its smaller images.
            "width": None if smaller else media.width,
            "height": None if smaller else media.height,
            "loading": "lazy",
        },
    )
    caption = build_element("figcaption", {"class": "gallery-caption"}, media.caption)
    return build_element(
        "figure",
        {"class": "gallery-item"},
        build_element("a", {"href": target}, image) if target else image,
        caption if media.caption else "",
    )


def find_target(media: Media, link: str) -> str:
    """Return where an image leads: to its file, nowhere, or else to its page."""
    return {"file": media.url, "none": ""}.get(link.strip().lower(), media.link)


def find_alt(media: Media) -> str:
    """Return the words for an image that must have some."""
    return media.alt or media.title or get_file_name(media.url)

"""`[caption]`: an image with words below it."""

from __future__ import annotations

import re
from typing import Annotated

from markupsafe import Markup

from shortcodes import Call, Name
from shortcodes_wordpress import enclosed_html
from shortcodes_wordpress.elements import element, lines
from shortcodes_wordpress.styles import styled
from shortcodes_wordpress.values import Align, Pixels, classes

_ID = re.compile(r"(?:caption-)?attachment[_-][0-9]{1,15}", re.ASCII)


def caption(
    call: Call,
    *,
    content: Markup,
    id: str = "",  # noqa: A002 - attributes bear WordPress's names
    caption_id: Annotated[str, Name("caption_id")] = "",
    align: Align = "alignnone",
    width: Pixels = None,
    caption: str = "",
    class_: str = "",
) -> Markup:
    """Show an enclosed image, with its link if it has one, and below it the words behind it.

    Raises `ValueError` without an image.
    """
    images, words = enclosed_html.images(call, content)
    text = Markup(" ").join(filter(None, [enclosed_html.inline(caption), words]))
    styled(call)
    return element(
        "figure",
        {"id": _own_id(id), "class": classes("wp-caption", align, class_)},
        lines(
            *(_with_width(image, width) for image in images),
            element("figcaption", {"id": _own_id(caption_id), "class": "wp-caption-text"}, text)
            if text
            else "",
        ),
    )


def _own_id(text: str) -> str:
    """Return an id that WordPress gave, else nothing.

    Any other could hide a global variable of the page's scripts.
    """
    return text if _ID.fullmatch(text) else ""


def _with_width(image: Markup, width: int | None) -> Markup:
    """Return an image that is as wide as its caption was asked to be, unless it says itself."""
    if width is None or " width=" in image:
        return image
    return image.replace(Markup("<img "), Markup('<img width="{}" ').format(width), 1)

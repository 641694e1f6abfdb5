"""`[caption]`: an image with words below it."""

from __future__ import annotations

import re
from typing import Annotated

from markupsafe import Markup

from shortcodes import Call, Name
from shortcodes_wordpress.elements import build_element, join_lines
from shortcodes_wordpress.enclosed_html import clean_inline, extract_images, read_html_value
from shortcodes_wordpress.styles import add_stylesheet
from shortcodes_wordpress.values import Align, Pixels, join_classes

_ID = re.compile(r"(?:caption-)?attachment[_-][0-9]{1,15}", re.ASCII)


def render_caption(
    call: Call,
    *,
    content: Markup,
    id: str = "",  # noqa: A002 - attributes have WordPress's names
    caption_id: Annotated[str, Name("caption_id")] = "",
    align: Align = "alignnone",
    width: Pixels = None,
    caption: str = "",
    class_: str = "",
) -> Markup:
    """Show an enclosed image, with its link if it has one, and below it the words that follow.

    Raises `ValueError` without an image.
    """
    images, words = extract_images(call, content)
    title = clean_inline(read_html_value(call, "caption", caption))
    text = Markup(" ").join(filter(None, [title, words]))
    add_stylesheet(call)
    attributes = {"id": _keep_own_id(caption_id), "class": "wp-caption-text"}
    return build_element(
        "figure",
        {"id": _keep_own_id(id), "class": join_classes("wp-caption", align, class_)},
        join_lines(
            *(_add_width(image, width) for image in images),
            build_element("figcaption", attributes, text) if text else "",
        ),
    )


def _keep_own_id(text: str) -> str:
    """Return an id that WordPress wrote; for any other, an empty string.

    Another id could hide a global variable of the page's scripts.
    """
    return text if _ID.fullmatch(text) else ""


def _add_width(image: Markup, width: int | None) -> Markup:
    """Return an image with the width of its caption, unless it has its own."""
    if width is None or " width=" in image:
        return image
    return image.replace(Markup("<img "), Markup('<img width="{}" ').format(width), 1)

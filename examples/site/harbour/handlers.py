"""The shortcodes of the harbour."""

from __future__ import annotations

import logging
from pathlib import Path

from flask import g, url_for
from flask.helpers import get_debug_flag
from markupsafe import Markup

from harbour.languages import gettext, ngettext
from harbour.readers import Reader
from shortcodes import Call, Data, Engine

logger = logging.getLogger("harbour")

SCHEMAS = {
    "gallery": {"attributes": {"ids": {"type": "strings", "required": True}}},
    "link": {"attributes": {"to": {"choices": ["home", "visit"], "required": True}}},
}
"""What the shortcodes take that are rendered by templates."""

engine = Engine(
    installed=True,
    templates=Path(__file__).parent / "shortcodes",
    schemas=SCHEMAS,
    replace=True,  # the template gallery.html takes the place of WordPress's [gallery]
    globals={"g": g, "gettext": gettext, "ngettext": ngettext, "url_for": url_for},
    on_error="debug" if get_debug_flag() else "diagnostic",
)


@engine.shortcode("welcome")
def greet(reader: Data[Reader | None]) -> str:
    """Greet whoever reads the page."""
    if reader is None:
        return gettext("Welcome!")
    return gettext("Welcome back, {name}!").format(name=reader.name)


@engine.shortcode("members", order="outer")
def show_to_members(call: Call) -> Markup:
    """Show what is enclosed to members only. For others it is not even rendered."""
    reader = call.data["reader"]
    if reader is not None and reader.is_member:
        return call.render_children()
    return Markup('<p class="closed">{}</p>').format(gettext("This part is for members."))


@engine.shortcode("berths")
def count_berths() -> str:
    """Count the free berths."""
    logger.info("asked the ledger")  # stands for a costly query
    return "7"


@engine.shortcode("crew", order="outer")
def show_to_crew(call: Call) -> Markup:
    """Show what is enclosed to the crew. The roster is out of reach, so nobody sees it."""
    raise ConnectionError("the roster does not answer")


@engine.shortcode("tide", cache=600)
def measure_tide() -> str:
    """Give the height of the water in metres.

    The result is kept for all readers, so it must not depend on one: nor on a language.
    """
    logger.info("asked the tide gauge")
    return "4.2"


@engine.shortcode("weather")
def forecast_weather(*, content: Markup) -> str:
    """Give the weather. The station is down; in production, readers see what is enclosed."""
    raise ConnectionError("the weather station does not answer")

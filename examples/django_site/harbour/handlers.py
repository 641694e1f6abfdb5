"""The shortcodes of the harbour."""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from markupsafe import Markup

from shortcodes import Call, Data, Engine

logger = logging.getLogger("harbour")

SCHEMAS = {
    "gallery": {"attributes": {"ids": {"type": "strings", "required": True}}},
    "link": {"attributes": {"to": {"choices": ["home", "visit"], "required": True}}},
}
"""What the shortcodes take that are rendered by the templates of the site."""

engine = Engine(
    installed=True,
    schemas=SCHEMAS,
    replace=True,  # the template gallery.html takes the place of WordPress's [gallery]
    globals={"gettext": gettext, "ngettext": ngettext, "reverse": reverse, "static": static},
    on_error="debug" if settings.DEBUG else "diagnostic",
)


@engine.shortcode("welcome")
def greet(user: Data[User | AnonymousUser]) -> str:
    """Greet whoever reads the page."""
    if user.is_anonymous:
        return gettext("Welcome!")
    return gettext("Welcome back, {name}!").format(name=user.first_name)


@engine.shortcode("members", order="outer")
def show_to_members(call: Call) -> Markup:
    """Show what is enclosed to members only. For others it is not even rendered."""
    if call.data["user"].groups.filter(name="members").exists():
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

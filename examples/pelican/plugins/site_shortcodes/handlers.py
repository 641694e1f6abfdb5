"""The shortcodes of the site."""

from markupsafe import Markup

from shortcodes import Call, Engine
from shortcodes.engine import Url

engine = Engine()


@engine.shortcode("island")
def island(*, content: Markup) -> Markup:
    """Mark the name of an island."""
    return Markup('<b class="island">{}</b>').format(content)


@engine.shortcode("note")
def note(call: Call, *, content: Markup) -> Markup:
    """Put the enclosed text into a box."""
    call.context.stylesheets["note"] = ".note { border-left: 4px solid teal; padding: 1em }"
    return Markup('<aside class="note">{}</aside>').format(content)


@engine.shortcode("button")
def button(to: Url, *, content: Markup) -> Markup:
    """Link to an address, or to a text of the site, as a link in Markdown does."""
    return Markup('<a class="button" href="{}">{}</a>').format(to, content)

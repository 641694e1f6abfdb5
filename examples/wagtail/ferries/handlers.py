"""The shortcodes of the site."""

from django.http import HttpRequest
from markupsafe import Markup
from wagtail.models import Page, Site

from shortcodes import Call, Data, Engine

engine = Engine()


@engine.shortcode("note")
def note(call: Call, *, content: Markup) -> Markup:
    """Put the enclosed text into a box."""
    call.context.stylesheets["note"] = ".note { border-left: 4px solid teal; padding: 1em }"
    return Markup('<aside class="note">{}</aside>').format(content)


@engine.shortcode("button")
def button(to: str, request: Data[HttpRequest], *, content: Markup) -> Markup:
    """Link to a published page of the site, by the last part of its address."""
    page = Page.objects.live().in_site(Site.find_for_request(request)).get(slug=to)
    return Markup('<a class="button" href="{}">{}</a>').format(page.get_url(request), content)

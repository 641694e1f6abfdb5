"""The pages of the site."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from ferries.blocks import MarkdownBlock, RichBlock, check_shortcodes


class TextPage(Page):
    """A page with an introduction and a body, both with shortcodes."""

    introduction = RichTextField(blank=True, validators=[check_shortcodes])
    body = StreamField([("rich", RichBlock()), ("markdown", MarkdownBlock())], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    template = "ferries/page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Render the body before the template prints the style sheets into the head."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["stylesheets"] = {}
        context["body"] = self.body.render_as_block(context)
        return context

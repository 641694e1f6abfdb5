"""The filter and the block, for `{% load shortcodes %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from shortcodes.integrations import template_values
from shortcodes.integrations.django import conf
from shortcodes.plugins import Format

register = template.Library()


@register.filter(name="shortcodes")
def shortcodes_filter(value: object, format: Format | None = None) -> SafeString:  # noqa: A002
    """Render a value: `{{ text|shortcodes }}`, `{{ text|shortcodes:"markdown" }}`.

    Without a format, a value that is marked as safe is HTML, and any other is text.
    """
    return _render(value, format)


@register.simple_block_tag(name="shortcodes")
def shortcodes_block(content: str, format: Format = "html", **options: Any) -> SafeString:  # noqa: A002
    """Render the content of a block: `{% shortcodes "markdown" unknown="strip" %}`."""
    return _render(content, format, **options)


def _render(value: object, format: Format | None, **options: Any) -> SafeString:  # noqa: A002
    settings = conf.get_valid_settings()
    text, text_format, options = template_values.read_value(
        value, format, {**settings.options, **options}
    )
    return SafeString(settings.engine.render(text, format=text_format, options=options))

"""The filter and the block, for `{% load shortcodes %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from shortcodes.integrations import template_values
from shortcodes.integrations.django import conf
from shortcodes.plugins import Format
from shortcodes_html import write_styles

register = template.Library()


@register.filter(name="shortcodes")
def shortcodes_filter(value: object, format: Format | None = None) -> SafeString:  # noqa: A002
    """Render a value: `{{ text|shortcodes }}`, `{{ text|shortcodes:"markdown" }}`.

    Without a format, a value that is marked as safe is HTML, and any other is text.
    """
    return _render(value, format)


@register.simple_block_tag(name="shortcodes")
def shortcodes_block(
    content: str,
    format: Format = "html",  # noqa: A002
    stylesheets: dict[str, str] | None = None,
    **options: Any,
) -> SafeString:
    """Render the content of a block: `{% shortcodes "markdown" unknown="strip" %}`.

    The CSS of handlers is added to `stylesheets`.
    """
    return _render(content, format, stylesheets, **options)


@register.filter(name="shortcode_styles")
def shortcode_styles(stylesheets: dict[str, str]) -> SafeString:
    """Return a `<style>` element for each style sheet: `{{ stylesheets|shortcode_styles }}`."""
    return SafeString(write_styles(stylesheets))


def _render(
    value: object,
    format: Format | None,  # noqa: A002
    stylesheets: dict[str, str] | None = None,
    **options: Any,
) -> SafeString:
    settings = conf.get_valid_settings()
    text, text_format, options = template_values.read_value(
        value, format, {**settings.options, **options}
    )
    html = settings.engine.render(
        text, format=text_format, stylesheets=stylesheets, options=options
    )
    return SafeString(html)

"""The filter, the tag and the block, for `{% load shortcodes %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from shortcodes.integrations import template_values
from shortcodes.integrations.django import conf
from shortcodes.plugins import Format
from shortcodes_html import write_styles

register = template.Library()


@register.filter(name="shortcodes")
def shortcodes_filter(value: object, format: Format | None = None) -> SafeString:  # noqa: A002
    """Render a value: `{{ text|shortcodes }}`, `{{ text|shortcodes:"markdown" }}`.

    Without a format, a value that is marked as safe is HTML, and any other is text. Django gives a
    filter no template variables, so handlers find nothing in `Call.data`; `render_shortcodes` does
    the same with them.
    """
    return _render({}, value, format)


@register.simple_tag(takes_context=True)
def render_shortcodes(
    context: Context,
    value: object,
    format: Format | None = None,  # noqa: A002
    stylesheets: dict[str, str] | None = None,
    data: Mapping[str, Any] | None = None,
    **options: Any,
) -> SafeString:
    """Render a value: `{% render_shortcodes text "markdown" data=more %}`.

    Handlers find `data` in `Call.data`, and the template variables that the setting names.
    """
    return _render(context, value, format, stylesheets, data, **options)


@register.simple_block_tag(name="shortcodes", takes_context=True)
def shortcodes_block(
    context: Context,
    content: str,
    format: Format = "html",  # noqa: A002
    stylesheets: dict[str, str] | None = None,
    data: Mapping[str, Any] | None = None,
    **options: Any,
) -> SafeString:
    """Render the content of a block: `{% shortcodes "markdown" unknown="strip" %}`.

    The CSS of handlers is added to `stylesheets`. Handlers find `data` in `Call.data`, and the
    template variables that the setting names.
    """
    return _render(context, content, format, stylesheets, data, **options)


@register.filter(name="shortcode_styles")
def shortcode_styles(stylesheets: dict[str, str]) -> SafeString:
    """Return a `<style>` element for each style sheet: `{{ stylesheets|shortcode_styles }}`."""
    return SafeString(write_styles(stylesheets))


def _render(
    variables: Context | Mapping[str, Any],
    value: object,
    format: Format | None,  # noqa: A002
    stylesheets: dict[str, str] | None = None,
    data: Mapping[str, Any] | None = None,
    **options: Any,
) -> SafeString:
    settings = conf.get_valid_settings()
    text, text_format, options = template_values.read_value(
        value, format, {**settings.options, **options}
    )
    html = settings.engine.render(
        text,
        format=text_format,
        stylesheets=stylesheets,
        data=template_values.select_data(variables, settings.data, data),
        options=options,
    )
    return SafeString(html)

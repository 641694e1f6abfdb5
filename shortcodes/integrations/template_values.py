"""Values of templates: a value that is marked as safe is HTML, any other is text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcodes.plugins import Format


def read_value(
    value: object,
    format: Format | None,  # noqa: A002
    options: Mapping[str, Any],
) -> tuple[str, Format, dict[str, Any]]:
    """Return the value of a template as text, its format, and the options to render it with.

    Without a format, a value with `__html__`, by which MarkupSafe and Django mark safe markup, is
    "html", and any other is "text".
    """
    text = value if hasattr(value, "__html__") else str(value)
    is_markup = hasattr(text, "__html__")
    plain = str(text.__html__()) if is_markup else str(text)
    # What is marked as safe may hold variables, which were escaped as HTML and not as Markdown.
    options = {"from_template": is_markup, **options}
    return plain, format or ("html" if is_markup else "text"), options

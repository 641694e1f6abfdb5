"""Values of templates: a value that is marked as safe is HTML, any other is text; and variables of
templates that handlers may know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shortcodes.common.checks import check_mapping
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


def select_data(
    variables: Any, names: Iterable[str], data: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the data for handlers: the template variables with some names, and `data` over them.

    A name that the template does not have is left out. Raises `TypeError` if `data` is not a
    mapping of names.
    """
    if data is not None:
        check_mapping("data", data, object)
    return {**{name: variables[name] for name in names if name in variables}, **(data or {})}

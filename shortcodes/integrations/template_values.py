"""Values of templates: a value that is marked as safe is HTML, any other is text."""

from __future__ import annotations

from shortcodes.lenient.markdown_code import join_lines_in_values
from shortcodes.plugins import Format


def read_value(value: object, format: Format | None = None) -> tuple[str, Format]:  # noqa: A002
    """Return the value of a template as text, and its format.

    Without a format, a value with `__html__`, by which MarkupSafe and Django mark safe markup, is
    "html", and any other is "text".
    """
    text = value if hasattr(value, "__html__") else str(value)
    is_markup = hasattr(text, "__html__")
    plain = str(text.__html__()) if is_markup else str(text)
    if is_markup and format == "markdown":
        # A variable is escaped as HTML, not as Markdown: a blank line in it would end the tag.
        plain = join_lines_in_values(plain)
    return plain, format or ("html" if is_markup else "text")

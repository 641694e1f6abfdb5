"""What a template hands over: markup that is marked as safe is HTML, anything else is text."""

from __future__ import annotations

from shortcodes.plugins import Format


def read_value(value: object, format: Format | None = None) -> tuple[str, Format]:  # noqa: A002
    """Return a template's value as text, and the format it is written in.

    A value with `__html__`, as MarkupSafe and Django mark what is safe, is "html", any other
    "text", unless a format is given.
    """
    text = value if hasattr(value, "__html__") else str(value)
    is_markup = hasattr(text, "__html__")
    plain = str(text.__html__()) if is_markup else str(text)
    return plain, format or ("html" if is_markup else "text")

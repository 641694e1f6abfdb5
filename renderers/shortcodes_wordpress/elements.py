"""Builds HTML elements; everything that is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

_VOID = frozenset({"img", "source", "track"})

Value = str | int | bool | None
"""The value of an attribute. `True` is its name without a value; for `False`, `None` and empty text
the attribute is left out."""


def build_element(name: str, attributes: Mapping[str, Value], *children: str) -> Markup:
    """Return an element. An empty attribute is left out, except `alt`, where it has a meaning."""
    written = "".join(
        f" {key}" if value is True else f' {key}="{escape(value)}"'
        for key, value in attributes.items()
        if value or (key == "alt" and value is not None)
    )
    content = "".join(escape(child) for child in children)
    end = "" if name in _VOID else f"{content}</{name}>"
    return Markup(f"<{name}{written}>{end}")  # noqa: S704 - all of it is escaped, or was markup


def join_lines(*children: str) -> Markup:
    """Return children for an element, each on a line of its own."""
    return Markup("").join(Markup("\n{}").format(child) for child in children if child) + "\n"

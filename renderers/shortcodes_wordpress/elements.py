"""Writes HTML elements; whatever is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

_VOID = frozenset({"img", "source", "track"})

Value = str | int | bool | None
"""Of an attribute: true stands for its bare name; without false, `None` and empty text."""


def element(name: str, attributes: Mapping[str, Value], *children: str) -> Markup:
    """Return an element; an empty attribute is left out, but for `alt`, where it has a meaning."""
    written = "".join(
        f" {key}" if value is True else f' {key}="{escape(value)}"'
        for key, value in attributes.items()
        if value or (key == "alt" and value is not None)
    )
    inside = "".join(escape(child) for child in children)
    end = "" if name in _VOID else f"{inside}</{name}>"
    return Markup(f"<{name}{written}>{end}")  # noqa: S704 - all of it is escaped, or was markup


def lines(*children: str) -> Markup:
    """Return children for an element that puts each on a line of its own."""
    return Markup("").join(Markup("\n{}").format(child) for child in children if child) + "\n"

"""How a document was parsed: what is needed to read its text again, and to read it alike."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from shortcodes import parse
from shortcodes.checks import check_names
from shortcodes.nodes import Document

DEFAULTS: Mapping[str, Any] = {
    "dialect": "lenient",
    "tags": None,
    "known": [],
    "skip_code": True,
    "markdown": False,
    "undo_typography": False,
}
"""The options of `shortcodes.parse`, each with its default."""

_NAMES = ("tags", "known")


def parse_options(given: Mapping[str, Any], whose: str) -> dict[str, Any]:
    """Return all options of `shortcodes.parse`, those given and the defaults of the others.

    Collections of names become lists; sets are sorted. Raises `TypeError` for an option that
    `parse` does not have, where `whose` says who was called, and what `parse` raises for others.
    """
    for name in given:
        if name not in DEFAULTS:
            raise TypeError(f"{whose} has no option {name!r}")
    options = {**DEFAULTS, **given}
    for name in _NAMES:
        names = options[name]
        if name == "known" or not (names is None or names == "any"):
            names = check_names(name, names)
            options[name] = sorted(names) if isinstance(names, Set) else list(names)
    read_again("", options)  # which checks the others
    return options


def read_again(text: str, options: Mapping[str, Any]) -> Document:
    """Return the document that a text is with these options."""
    return parse(text, **options)

"""The options that a document was parsed with, which its text has to be parsed with again."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from shortcodes import parse
from shortcodes.common.checks import check_names
from shortcodes.nodes import Document

DEFAULTS: Mapping[str, Any] = {
    "dialect": "lenient",
    "tags": None,
    "known": [],
    "skip_code": True,
    "markdown": None,
    "undo_typography": False,
}
"""The options of `shortcodes.parse`, each with its default."""

_NAMES = ("tags", "known")


def complete_options(options: Mapping[str, Any], owner: str) -> dict[str, Any]:
    """Return the options of `shortcodes.parse`, with the defaults of those that are missing.

    Collections of names become lists; sets are sorted. Raises `TypeError` for an option that
    `parse` does not have, with `owner` as the subject of the message, and whatever `parse` raises
    for wrong values.
    """
    for name in options:
        if name not in DEFAULTS:
            raise TypeError(f"{owner} has no option {name!r}")
    complete = {**DEFAULTS, **options}
    for name in _NAMES:
        names = complete[name]
        if name == "known" or not (names is None or names == "any"):
            names = check_names(name, names)
            complete[name] = sorted(names) if isinstance(names, Set) else list(names)
    parse_with("", complete)  # which checks the others
    return complete


def parse_with(text: str, options: Mapping[str, Any]) -> Document:
    """Return the document of a text, parsed with these options."""
    return parse(text, **options)

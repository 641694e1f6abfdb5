"""The `data` renderer: every shortcode as a plain dict, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType
from typing import Any

from shortcodes.checks import check_type
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_data.items import items

__all__ = ["DataRenderer"]


class DataRenderer:
    """Gives the shortcodes of a document, children inside their parents.

    Each is a dict with exactly `name`, `attributes`, `positional`, `content`, `start`, `end` (code
    points), `line`, `column` (from 1), `source` and `children`.

    Options: `tag`, a name. Only shortcodes of that name are given, each as an item of its own in
    document order, wherever it stood; one inside another of the same name is not repeated among
    the other's children. Any other option, and a `tag` that is no `str`, is a `TypeError`.
    """

    name = "data"
    output: Output = "json"

    def render(self, document: Document, context: Context) -> Iterator[dict[str, Any]]:
        """Return an iterator of dicts in document order."""
        options = dict(context.options)
        tag = options.pop("tag", None)
        if options:
            raise TypeError(f"the data renderer has no option {next(iter(options))!r}")
        check_type("tag", tag, str, NoneType)
        return items(document, context, tag)

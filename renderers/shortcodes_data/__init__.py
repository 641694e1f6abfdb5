"""The `data` renderer: every shortcode as a plain dict, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType
from typing import Any

from shortcodes.common.checks import check_type
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_data.items import list_items

__all__ = ["DataRenderer"]


class DataRenderer:
    """Renders the shortcodes of a document as data, children inside their parents.

    Each is a dict with exactly these keys: `name`, `attributes`, `positional`, `content`, `start`
    and `end` (offsets), `line` and `column` (from 1), `source`, `children`.

    Options:
        tag: A tag name. Only shortcodes with that name are listed, each as an item of its own in
            document order, wherever it stands; one inside another with the same name is not
            repeated among the other's children.
        evidence: Whether each dict has one key more, `evidence`: why the name counts. Its value is
            a dict with `reason`, such as "an attribute in quotes", and the `line` and `column` of
            the first tag that is evidence, which are `None` if the name itself is.

    Any other option, and a value of a wrong type, is a `TypeError`.
    """

    name = "data"
    output: Output = "json"

    def render(self, document: Document, context: Context) -> Iterator[dict[str, Any]]:
        """Return an iterator of dicts in document order."""
        options = dict(context.options)
        tag = options.pop("tag", None)
        evidence = options.pop("evidence", False)
        if options:
            raise TypeError(f"the data renderer has no option {next(iter(options))!r}")
        check_type("tag", tag, str, NoneType)
        check_type("evidence", evidence, bool)
        return list_items(document, context, tag, with_evidence=evidence)

"""Consequences: what schemas find wrong with a tag only because something else is wrong with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shortcodes.diagnostics import Diagnostic, Edit
from shortcodes.dialects import read
from shortcodes.linting.damage import apply_to_tag
from shortcodes.nodes import Shortcode

if TYPE_CHECKING:
    from shortcodes.schemas.schema import Schema

FindCause = Callable[[Shortcode], Sequence[Edit] | None]
"""Returns the edits that mend what else is wrong with a tag, which may be none, or `None` if
nothing is."""


def drop_consequences(
    misfits: Iterable[Diagnostic],
    shortcodes: Sequence[Shortcode],
    find_cause: FindCause,
    schemas: Mapping[str, Schema],
    options: Mapping[str, Any],
) -> Iterator[Diagnostic]:
    """Yield the misfits without those that are gone once a tag is mended.

    Only the tag itself is read again, so that this takes linear time for all tags together.
    """
    starts = [shortcode.open_span[0] for shortcode in shortcodes]
    left: dict[int, set[tuple[str, str]] | None] = {}
    for misfit in misfits:
        index = bisect_right(starts, misfit.span[0]) - 1
        if index not in left:
            left[index] = None
            if index >= 0 and (edits := find_cause(shortcodes[index])) is not None:
                left[index] = _check_mended(shortcodes[index], edits, schemas, options)
        still = left[index]
        if still is None or (misfit.code, misfit.message) in still:
            yield misfit


def _check_mended(
    shortcode: Shortcode,
    edits: Sequence[Edit],
    schemas: Mapping[str, Schema],
    options: Mapping[str, Any],
) -> set[tuple[str, str]]:
    """Return what is wrong with a tag after edits; nothing if there are none."""
    if not edits:
        return set()
    tag = apply_to_tag(shortcode, edits)
    again = {**options, "dialect": "lenient", "tags": [shortcode.name]}
    mended = next(read(tag, **again).shortcodes(), None)
    if mended is None:
        return set()
    return {(found.code, found.message) for found in schemas[mended.name].check(mended)}

"""Fixes that several findings share: a long one is written once, so that output stays linear."""

from __future__ import annotations

from shortcodes.diagnostics import Fix

LONGEST_REPEATED = 1000
"""How many code points of new text, with `_EDIT_SIZE` for each edit, are written repeatedly."""
_EDIT_SIZE = 50


class SharedFixes:
    """The long fixes of the findings that were written so far, for one file."""

    def __init__(self) -> None:
        self._indexes: dict[Fix, int] = {}

    def find(self, fix: Fix | None, index: int) -> int | None:
        """Return the index of an earlier finding whose output contains this fix, if it is long.

        Args:
            fix: The fix of a finding.
            index: The index of that finding in the output.
        """
        if fix is None:
            return None
        size = sum(len(edit.text) + _EDIT_SIZE for edit in fix.edits)
        if size <= LONGEST_REPEATED:
            return None
        first = self._indexes.setdefault(fix, index)
        return None if first == index else first

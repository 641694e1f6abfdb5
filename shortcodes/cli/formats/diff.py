"""What the fixes would change, as a unified diff; patch(1) takes it.

It holds the text as it is, but on a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from shortcodes.cli.checking.findings import Checked
from shortcodes.cli.io.diff import diff
from shortcodes.cli.io.files import encode
from shortcodes.cli.io.printing import escape_lines


def write(results: Iterable[Checked], output: IO[bytes]) -> None:
    """Write the diff of every file that would change."""
    for checked in results:
        if checked.after is not None:
            output.write(encode(diff(checked.name, checked.before, checked.after)))


def write_for_people(results: Iterable[Checked], output: IO[bytes]) -> None:
    """Write the diff of every file that would change, for a terminal."""
    for checked in results:
        if checked.after is not None:
            shown = escape_lines(diff(checked.name, checked.before, checked.after))
            output.write(shown.encode())

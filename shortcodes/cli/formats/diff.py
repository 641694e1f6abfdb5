"""The changes that the fixes would make, as a unified diff for patch(1).

It contains the text as it is, except on a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from shortcodes.cli.checking.findings import FileResult
from shortcodes.cli.io.diff import diff, show_diff
from shortcodes.cli.io.files import encode


def write(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write the diff of every file that would change."""
    for result in results:
        if result.after is not None:
            output.write(encode(diff(result.name, result.before, result.after)))


def write_for_people(results: Iterable[FileResult], output: IO[bytes]) -> None:
    """Write the diff of every file that would change, for a terminal."""
    for result in results:
        if result.after is not None:
            shown = show_diff(diff(result.name, result.before, result.after))
            output.write(shown.encode())

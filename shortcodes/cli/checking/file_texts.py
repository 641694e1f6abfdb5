"""Linting and fixing the text of a file, or each text in its strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from shortcodes.cli.containers.strings import Container, HeldText
from shortcodes.diagnostics import Diagnostic

if TYPE_CHECKING:
    from shortcodes.linting.run import Linter


def lint_file(linter: Linter, text: str, container: Container | None) -> list[Diagnostic]:
    """Return what is wrong with the shortcodes in a file; all offsets are those in the file.

    Args:
        linter: The linter.
        text: The text of the file.
        container: The texts in its strings, if there are any.
    """
    from shortcodes.linting.in_parts import lint_with  # loads the rules

    if container is None:
        return lint_with(linter, text)
    return [
        diagnostic.move(held.find_span, held.encode)
        for held in container.texts
        for diagnostic in lint_with(linter, held.text, container.locate(held))
    ]


class FixedFile(NamedTuple):
    """A file after its fixes."""

    text: str
    fixed: int
    """How many problems the fixes solve."""
    left: Sequence[Diagnostic]
    """What is still wrong."""


def fix_file(linter: Linter, text: str, container: Container | None, *, unsafe: bool) -> FixedFile:
    """Return a file with its fixes. For the arguments see `lint_file`."""
    from shortcodes.linting.in_parts import fix_and_lint_with  # loads the rules

    if container is None:
        result = fix_and_lint_with(linter, text, unsafe=unsafe)
        return FixedFile(result.text, len(result.fixed), result.left)
    fixed = 0

    def fix(held: HeldText) -> str:
        nonlocal fixed
        result = fix_and_lint_with(linter, held.text, unsafe=unsafe)
        fixed += len(result.fixed)
        return result.text

    after = container.change(fix)
    return FixedFile(after, fixed, lint_file(linter, after, container.read(after)))

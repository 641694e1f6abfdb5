"""Diagnostics: problems in a text, each with its span, its severity and, if possible, a fix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement for a span of the text."""

    span: tuple[int, int]
    """The start and end in code points; equal if text is inserted."""
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: either all of them are made or none."""

    message: str
    """What it does, in the imperative: "write straight quotes"."""
    edits: tuple[Edit, ...]
    """The edits in order, without overlaps."""
    safe: bool = True
    """Whether the dialect reads the same shortcodes after the fix."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem in a text."""

    code: str
    """`SC` and three digits, of which the first one or two are the group
    (`shortcodes.linting.codes`)."""
    message: str
    """A lower-case fact."""
    span: tuple[int, int]
    """The start and end in code points."""
    severity: Severity = "warning"
    hint: str = ""
    """What a person can do about it; empty if the message says it."""
    fix: Fix | None = None
    """Edits that would fix it, if they are known."""
    exception: BaseException | None = field(default=None, compare=False, repr=False)
    """What a handler raised, if that is the problem."""

    @property
    def traceback(self) -> str:
        """The traceback of the exception, as Python prints it; empty without an exception."""
        from traceback import format_exception  # imported late: it is rarely needed

        return "".join(format_exception(self.exception)) if self.exception else ""

    def shift(self, offset: int) -> Diagnostic:
        """Return the same for a text of which this one begins at an offset."""
        if not offset:
            return self
        return self.move(lambda start, end: (start + offset, end + offset), str)

    def move(
        self, find_span: Callable[[int, int], tuple[int, int]], write: Callable[[str], str]
    ) -> Diagnostic:
        """Return the same for a text that holds this one.

        Args:
            find_span: Returns the span in that text for a start and an end.
            write: Returns a text as it is written there.
        """
        fix = self.fix and replace(
            self.fix,
            edits=tuple(Edit(find_span(*edit.span), write(edit.text)) for edit in self.fix.edits),
        )
        return replace(self, span=find_span(*self.span), fix=fix)

"""Errors: one hierarchy for everything that a wrong call or a wrong configuration raises.

Text never raises: wrong markup is a diagnostic. An argument of a wrong type is a plain `TypeError`,
an argument of a wrong value a `ValueError`; files that cannot be read or written are an `OSError`.

    error                    is also a      package
    ShortcodeError                          shortcodes
    ├── MissingExtra         ImportError    shortcodes
    ├── StrictError                         shortcodes
    ├── UnknownDialect       ValueError     shortcodes
    ├── UnknownRenderer      LookupError    shortcodes
    ├── UnknownRule          LookupError    shortcodes
    ├── BadValueError        ValueError     shortcodes.schemas
    ├── ConfigError                         shortcodes.config
    ├── FailureLimitError                   shortcodes_html
    ├── OutputLimitError                    shortcodes_html
    ├── OutsideError         ValueError     shortcodes.files
    ├── SourceError                         shortcodes_covid19
    ├── TimeLimitError                      shortcodes_html
    └── UnfitError                          shortcodes.schemas
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ShortcodeError(Exception):
    """The root of every error that this library raises on purpose."""


class UnknownDialect(ShortcodeError, ValueError):  # noqa: N818 - the name says what is wrong
    """There is no dialect with this name."""


class UnknownRenderer(ShortcodeError, LookupError):  # noqa: N818
    """No renderer with this name is built in or installed."""


class UnknownRule(ShortcodeError, LookupError):  # noqa: N818
    """No rule has this code, beginning of a code, or name."""


class MissingExtra(ShortcodeError, ImportError):  # noqa: N818
    """A part of the library needs a package that is not installed."""


class StrictError(ShortcodeError):
    """Rendering a text was strict, and reported problems."""

    def __init__(self, message: str, diagnostics: Sequence[Any] = ()) -> None:
        super().__init__(message, diagnostics)
        self.message = message  # the number of the problems, and a line for each of the first ones
        self.diagnostics: list[Any] = list(diagnostics)  # `Diagnostic`

    def __str__(self) -> str:
        return self.message

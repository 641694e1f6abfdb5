"""What a wrong call raises. Text never raises: bad markup is a diagnostic.

ShortcodeError
├── UnknownDialect   (also a ValueError)
├── UnknownRenderer  (also a LookupError)
└── MissingExtra     (also an ImportError)

`ConfigError` of `shortcodes.config` and `SourceError` of `shortcodes_covid19` have this root too.
"""

from __future__ import annotations


class ShortcodeError(Exception):
    """The root of every error that this library raises on purpose."""


class UnknownDialect(ShortcodeError, ValueError):  # noqa: N818 - the name says what is wrong
    """There is no dialect of that name."""


class UnknownRenderer(ShortcodeError, LookupError):  # noqa: N818
    """No renderer of that name is built in or installed."""


class MissingExtra(ShortcodeError, ImportError):  # noqa: N818
    """A part of the library needs a package that is not installed."""

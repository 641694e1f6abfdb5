"""Standard output, the same for whatever writes to it: UTF-8 in every locale, or an error.

Texts are written as bytes (see `files.written`). Pages, tables and help are written as text, by
Click and by Rich, in the encoding of the locale, and to nowhere where standard output is closed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

import click


@contextmanager
def standard_output() -> Iterator[None]:
    """Let text go out as UTF-8, and raise `ClickException` for any output if it is closed."""
    stream = sys.stdout
    if stream is None:
        sys.stdout = _Closed()
        try:
            yield
        finally:
            sys.stdout = stream
    elif isinstance(stream, io.TextIOWrapper):
        encoding, errors = stream.encoding, stream.errors
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            yield
        finally:
            with suppress(OSError, ValueError):  # what cannot be written, or is closed meanwhile
                stream.reconfigure(encoding=encoding, errors=errors)
    else:
        yield


class _Closed(io.TextIOBase):
    """Standard output that is closed."""

    def write(self, _text: str) -> NoReturn:
        raise _closed()

    @property
    def buffer(self) -> Any:
        raise _closed()


def _closed() -> click.ClickException:
    return click.ClickException("standard output is closed")

"""Standard output and standard error, the same for whatever writes to them.

Texts are written as bytes (see `files.written`). Pages, tables and help are written as text, by
Click and by Rich, in the encoding of the locale, and to nowhere where standard output is closed:
here they are UTF-8 in every locale, or an error.

A pipe may not block, since others who have it said so: it is waited for. Once nobody reads it any
more, `UnreadError` is raised, and all else that comes is dropped. What cannot be written to
standard error is dropped too: no work depends on whether anybody hears of it.
"""

from __future__ import annotations

import io
import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, TextIO

import click


class UnreadError(Exception):
    """Whoever read an output has had enough of it."""


class Output(io.FileIO):
    """A descriptor that is written to, however that takes it."""

    _is_left = False

    def write(self, data: Any) -> int:
        """Write bytes, and return how many; it may take a while."""
        while not self._is_left:
            try:
                count = super().write(data)
            except BrokenPipeError:
                self.leave()
                raise UnreadError from None
            if count is not None:
                return count
            select.select([], [self.fileno()], [])
        return memoryview(data).nbytes

    def leave(self) -> None:
        """Drop what comes from now on."""
        self._is_left = True


class _Said(Output):
    """Standard error."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except (OSError, UnreadError):
            self.leave()
            return super().write(data)


@contextmanager
def standard_streams() -> Iterator[None]:
    """Let standard output and error be as this module says they are."""
    before = sys.stdout, sys.stderr
    with _in_place_of(sys.stdout, Output) as out, _in_place_of(sys.stderr, _Said) as error:
        sys.stdout, sys.stderr = out or _Closed(), error
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before


@contextmanager
def _in_place_of(stream: TextIO | None, kind: Callable[..., Output]) -> Iterator[TextIO | None]:
    """Give a stream that writes to the same place as another one, which is given back then."""
    if not isinstance(stream, io.TextIOWrapper):
        yield stream
        return
    with suppress(OSError):
        stream.flush()
    is_output = kind is Output
    encoding, errors = ("utf-8" if is_output else stream.encoding), "backslashreplace"
    raw = None
    if os.name == "posix":  # elsewhere a terminal takes no bytes
        with suppress(OSError):  # it is in memory
            raw = kind(stream.fileno(), "wb", closefd=False)
    if raw is None:
        with _reconfigured(stream, encoding, errors):
            yield stream
        return
    is_by_line = not is_output or raw.isatty()
    made = io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=encoding, errors=errors, line_buffering=is_by_line
    )
    try:
        yield made
    finally:
        with suppress(OSError, UnreadError):
            made.flush()
        raw.leave()


@contextmanager
def _reconfigured(stream: io.TextIOWrapper, encoding: str, errors: str) -> Iterator[None]:
    before = stream.encoding, stream.errors
    stream.reconfigure(encoding=encoding, errors=errors)
    try:
        yield
    finally:
        with suppress(OSError, ValueError):  # what cannot be written, or is closed meanwhile
            stream.reconfigure(encoding=before[0], errors=before[1])


class _Closed(io.TextIOBase):
    """Standard output that is closed."""

    def write(self, _text: str) -> NoReturn:
        raise _closed()

    @property
    def buffer(self) -> Any:
        raise _closed()


def _closed() -> click.ClickException:
    return click.ClickException("standard output is closed")

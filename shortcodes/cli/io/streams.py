"""Standard output and standard error, the same for whatever writes to them.

Texts are written as bytes (see `files.open_output`). Pages, tables and help are written as text, by
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
from typing import Any, BinaryIO, NoReturn, TextIO

import click


_PART = 1 << 20
"""Bytes that are read at a time."""


def read_stream(stream: BinaryIO) -> bytes:
    """Return all bytes of a stream, even if it is a pipe that does not block.

    Another process may have made it so; then Python's own reading stops where nothing has come yet.
    """
    raw = getattr(stream, "raw", stream)
    parts: list[bytes] = []
    while (part := raw.read(_PART)) != b"":
        if part is None:
            select.select([raw], [], [])
        else:
            parts.append(part)
    return b"".join(parts)


class UnreadError(Exception):
    """Whoever read an output has had enough of it."""


class OutputFile(io.FileIO):
    """A descriptor that is written to, however that takes it."""

    _is_dropping = False

    def write(self, data: Any) -> int:
        """Write bytes, and return how many; it may take a while."""
        while not self._is_dropping:
            try:
                count = super().write(data)
            except BrokenPipeError:
                self.close_quietly()
                raise UnreadError from None
            if count is not None:
                return count
            select.select([], [self.fileno()], [])
        return memoryview(data).nbytes

    def close_quietly(self) -> None:
        """Drop what comes from now on."""
        self._is_dropping = True


class _ErrorFile(OutputFile):
    """Standard error."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except (OSError, UnreadError):
            self.close_quietly()
            return super().write(data)


@contextmanager
def replace_standard_streams() -> Iterator[None]:
    """Let standard output and error be as this module says they are."""
    before = sys.stdout, sys.stderr
    with _replace_stream(sys.stdout, OutputFile) as out, _replace_stream(sys.stderr, _ErrorFile) as error:
        sys.stdout, sys.stderr = out or _Closed(), error
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before


@contextmanager
def _replace_stream(stream: TextIO | None, kind: Callable[..., OutputFile]) -> Iterator[TextIO | None]:
    """Give a stream that writes to the same place as another one, which is given back then."""
    if not isinstance(stream, io.TextIOWrapper):
        yield stream
        return
    with suppress(OSError):
        stream.flush()
    is_output = kind is OutputFile
    encoding, errors = ("utf-8" if is_output else stream.encoding), "backslashreplace"
    raw = None
    if os.name == "posix":  # elsewhere a terminal takes no bytes
        with suppress(OSError):  # it is in memory
            raw = kind(stream.fileno(), "wb", closefd=False)
    if raw is None:
        with _reconfigure(stream, encoding, errors):
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
        raw.close_quietly()


@contextmanager
def _reconfigure(stream: io.TextIOWrapper, encoding: str, errors: str) -> Iterator[None]:
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
        raise _make_closed_error()

    @property
    def buffer(self) -> Any:
        raise _make_closed_error()


def _make_closed_error() -> click.ClickException:
    return click.ClickException("standard output is closed")

"""Standard input, output and error, behaving alike for everything that uses them.

Texts are written as bytes (see `files.open_output`). Click and Rich write pages, tables and help as
text. By themselves they would use the encoding of the locale, and drop the text if standard output
is closed. Here it is UTF-8 in every locale, and a closed output is an error.

Another process that shares a pipe may have set it not to block; then reading and writing wait. When
the reader of a pipe is gone, `UnreadError` is raised, and further output is dropped. Text that
cannot be written to standard error is dropped too: no work depends on its being read.
"""

from __future__ import annotations

import codecs
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
    """The reader of an output is gone."""


class OutputFile(io.FileIO):
    """A file that waits while its descriptor accepts no bytes."""

    _is_dropping = False

    def write(self, data: Any) -> int:
        """Write bytes, waiting if necessary, and return their number."""
        while not self._is_dropping:
            try:
                count = super().write(data)
            except BrokenPipeError:
                self.drop_output()
                raise UnreadError from None
            if count is not None:
                return count
            select.select([], [self.fileno()], [])
        return memoryview(data).nbytes

    def drop_output(self) -> None:
        """Drop everything that is written from now on."""
        self._is_dropping = True


class TextOutput(io.RawIOBase):
    """Passes bytes on to a stream that takes only text, such as `io.StringIO`."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        """Return true."""
        return True

    def write(self, data: Any) -> int:
        """Write bytes as text, and return their number."""
        self._stream.write(self._decoder.decode(data))
        return memoryview(data).nbytes


class _ErrorFile(OutputFile):
    """Standard error, where a failure to write is ignored."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except (OSError, UnreadError):
            self.drop_output()
            return super().write(data)


@contextmanager
def replace_standard_streams() -> Iterator[None]:
    """Replace standard output and standard error by streams as this module describes them."""
    before = sys.stdout, sys.stderr
    with (
        _replace_stream(sys.stdout, OutputFile) as out,
        _replace_stream(sys.stderr, _ErrorFile) as error,
    ):
        sys.stdout, sys.stderr = out or _Closed(), error
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before


@contextmanager
def _replace_stream(
    stream: TextIO | None, kind: Callable[..., OutputFile]
) -> Iterator[TextIO | None]:
    """Return a stream that writes to the same descriptor as another one."""
    if not isinstance(stream, io.TextIOWrapper):
        yield stream
        return
    with suppress(OSError):
        stream.flush()
    is_output = kind is OutputFile
    encoding, errors = ("utf-8" if is_output else stream.encoding), "backslashreplace"
    raw = None
    if os.name == "posix":  # elsewhere a terminal accepts no bytes
        with suppress(OSError):  # the stream is in memory
            raw = kind(stream.fileno(), "wb", closefd=False)
    if raw is None:
        with _reconfigure(stream, encoding, errors):
            yield stream
        return
    is_line_buffered = not is_output or raw.isatty()
    replacement = io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=encoding, errors=errors, line_buffering=is_line_buffered
    )
    try:
        yield replacement
    finally:
        with suppress(OSError, UnreadError):
            replacement.flush()
        raw.drop_output()


@contextmanager
def _reconfigure(stream: io.TextIOWrapper, encoding: str, errors: str) -> Iterator[None]:
    before = stream.encoding, stream.errors
    stream.reconfigure(encoding=encoding, errors=errors)
    try:
        yield
    finally:
        with suppress(OSError, ValueError):  # it cannot be written to, or has been closed
            stream.reconfigure(encoding=before[0], errors=before[1])


class _Closed(io.TextIOBase):
    """Stands in for a standard output that is closed; writing to it is an error."""

    def write(self, _text: str) -> NoReturn:
        raise _make_closed_error()

    @property
    def buffer(self) -> Any:
        raise _make_closed_error()


def _make_closed_error() -> click.ClickException:
    return click.ClickException("standard output is closed")

"""Bytes in, bytes out: files are read and written without touching a line break."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

STDIN = "-"


def fail(name: str, error: OSError) -> click.ClickException:
    """Return an error that says in one sentence what is wrong with a file."""
    known = {
        FileNotFoundError: "no such file",
        IsADirectoryError: "is a folder, not a file",
        PermissionError: "permission denied",
        NotADirectoryError: "no such file",
    }
    reason = known.get(type(error)) or (error.strerror or str(error)).lower()
    return click.ClickException(f"{name}: {reason}")


def check(names: tuple[str, ...]) -> None:
    """Raise for the first file that is missing or a folder, before anything is written."""
    if names.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")
    for name in names:
        if name != STDIN:
            try:
                if stat.S_ISDIR(os.stat(name).st_mode):
                    raise IsADirectoryError
            except OSError as error:
                raise fail(name, error) from None
            except ValueError:  # a null character in the name
                raise fail(name, FileNotFoundError()) from None


def read(name: str) -> tuple[str, bool]:
    """Return the text of a file and whether it was valid UTF-8; a byte order mark stays in it."""
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise fail(name, error) from None
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), False


@contextmanager
def written(name: str | None) -> Iterator[IO[bytes]]:
    """Give a place for bytes: a file that appears whole or not at all, or standard output."""
    if name is None or name == STDIN:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = os.path.realpath(name)
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            # Not a regular file: a device or a pipe is written to, never replaced.
            with open(path, "wb") as special:
                yield special
            return
        if os.path.exists(path) and not os.access(path, os.W_OK):
            raise PermissionError
        with _replacing(path) as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise fail(name, error) from None


@contextmanager
def _replacing(path: str) -> Iterator[IO[bytes]]:
    """Give a temporary file in the same folder that takes the place of `path` at the end."""
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        _copy_mode(path, temporary)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _copy_mode(path: str, to: str) -> None:
    """Give a file the mode of another, or where there is none, the mode of any new file."""
    try:
        shutil.copymode(path, to)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(to, 0o666 & ~mask)

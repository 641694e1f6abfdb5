"""Bytes in, bytes out: files are read and written without touching a line break."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import IO, BinaryIO, NamedTuple, TextIO

import click

from shortcodes.cli.io import replacing
from shortcodes.cli.io.streams import OutputFile, UnreadError, read_stream
from shortcodes.files.held_folders import ChangedError, Identity, hold_folder, identify

STDIN = "-"

_DESCRIPTOR = re.compile("(?:/dev|/proc/self)/fd/([0-9]++)|/dev/std(out|err)")
"""The names of what this process has open already; a file behind them may be open to append."""


def make_error(name: str, error: OSError) -> click.ClickException:
    """Return an error that says in one sentence what is wrong with a file."""
    known = {
        FileNotFoundError: "no such file",
        IsADirectoryError: "is a folder, not a file",
        PermissionError: "permission denied",
        NotADirectoryError: "no such file",
    }
    reason = known.get(type(error)) or (error.strerror or str(error)).lower()
    return click.ClickException(f"{name}: {reason}")


def make_no_match_error(pattern: str) -> click.ClickException:
    """Return an error that says that a pattern matches nothing."""
    return click.ClickException(f"{pattern}: no file matches")


def check_readable(names: tuple[str, ...]) -> None:
    """Raise for the first file that is missing or a folder, before anything is written."""
    if names.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")
    for name in names:
        check_name(name)
        if name != STDIN:
            try:
                if stat.S_ISDIR(os.stat(name).st_mode):
                    raise IsADirectoryError
            except OSError as error:
                raise make_error(name, error) from None


def check_name(name: str) -> None:
    """Raise for a name that no file can have."""
    if not name:
        raise click.UsageError("a file name is empty")
    try:
        if "\0" not in name:
            os.fsencode(name)
            return
    except UnicodeEncodeError:  # half of a surrogate pair that is no byte
        pass
    raise make_error(name, FileNotFoundError())


def check_not_overwritten(option: str, name: str | None, others: Iterable[str]) -> None:
    """Raise where what an option names is one of other files, which would be lost."""
    if name is not None and name != STDIN:
        check_name(name)
        for other in others:
            if other != STDIN and _is_same_file(name, other):
                raise click.UsageError(f"{option}: {name} is a file of this call already")


def _is_same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other) and os.path.isfile(one)  # a terminal may be both
    except OSError:  # one of them is still to be made
        return os.path.realpath(one) == os.path.realpath(other)


def encode(text: str) -> bytes:
    """Return text as UTF-8; the name of a file that is not UTF-8 as the bytes that it has."""
    return text.encode("utf-8", "surrogateescape")


def replace_bad_bytes(name: str) -> str:
    """Return the name of a file as text that is valid everywhere."""
    return encode(name).decode("utf-8", "replace")


class FileText(NamedTuple):
    """What a file held."""

    text: str
    """A byte order mark stays in it."""
    is_utf8: bool
    which: Identity | None
    """The file itself, by which it is known again; standard input is none."""


def read(name: str, folder: Identity | None = None) -> FileText:
    """Return what a file holds. Raises `ClickException`.

    One that was found in a folder has to be in that folder, and a regular file, still.
    """
    try:
        data, which = _read_bytes(name, folder)
    except ChangedError:
        raise click.ClickException(f"{name}: changed meanwhile, not read") from None
    except OSError as error:
        raise make_error(name, error) from None
    try:
        return FileText(data.decode("utf-8"), True, which)
    except UnicodeDecodeError:
        return FileText(data.decode("utf-8", "replace"), False, which)


def _read_bytes(name: str, folder: Identity | None) -> tuple[bytes, Identity | None]:
    if name == STDIN:
        return read_stream(_get_stream(sys.stdin, "input")), None
    if folder is None:
        with open(name, "rb") as file:
            return file.read(), identify(os.fstat(file.fileno()))
    above, below = os.path.split(name)
    with hold_folder(above, folder) as place, open(place.open_regular(below), "rb") as file:
        return file.read(), identify(os.fstat(file.fileno()))


def describe_bad_encoding(name: str) -> str:
    """Return what is to be said of a file that was not valid UTF-8."""
    return f"{name}: not valid UTF-8, bad bytes are read as U+FFFD"


def write_back(
    name: str, before: str, after: str, which: Identity | None, *, break_links: bool = False
) -> None:
    """Write a file again, if it still is and holds what was read, and is one that can hold it.

    Raises `ClickException` otherwise; then it is as it was.
    """
    if not os.path.isfile(name):
        raise click.ClickException(f"{name}: is not a regular file, left as it is")
    seen = replacing.ExpectedFile(which, before.encode())
    with _explain_errors(name), _open_replacement(name, break_links, seen) as file:
        file.write(after.encode())


@contextmanager
def open_output(
    name: str | None, *, break_links: bool = False, is_real: bool = False
) -> Iterator[IO[bytes]]:
    """Give a place for bytes: a file that appears whole or not at all, or standard output.

    A hard-linked file is refused unless `break_links` is true. A pipe, a device or a descriptor,
    such as /dev/stdout, is written to and never replaced. In a real path no link is followed, and
    what it leads to has to be a file. Writing to one that nobody reads any
    more raises `UnreadError`, which ends here: it is no mistake.
    """
    with suppress(UnreadError):
        if name is None or name == STDIN:
            output = _get_stream(sys.stdout, "output")
            yield output
            output.flush()
            return
        check_name(name)
        with _explain_errors(name), _open_file(name, break_links, is_real) as file:
            yield file


def _open_file(name: str, break_links: bool, is_real: bool) -> AbstractContextManager[IO[bytes]]:
    if is_real:
        return replacing.open_replacement(name, break_links=break_links)
    return _open_unreplaceable(name) or _open_replacement(name, break_links)


def _open_unreplaceable(name: str) -> IO[bytes] | None:
    """Return what can be written to but not replaced; `None` for a regular file or none yet."""
    if descriptor := _DESCRIPTOR.fullmatch(name):
        number = descriptor[1] or {"out": 1, "err": 2}[descriptor[2]]
        return io.BufferedWriter(OutputFile(_duplicate(int(number)), "wb"))
    try:
        is_regular = stat.S_ISREG(os.stat(name).st_mode)
    except FileNotFoundError:
        return None
    return None if is_regular else io.BufferedWriter(OutputFile(os.open(name, os.O_WRONLY), "wb"))


def _duplicate(number: int) -> int:
    """Return another descriptor of what is open. Raises `OSError`."""
    try:
        return os.dup(number)
    except OverflowError:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF)) from None


def _open_replacement(
    name: str, break_links: bool, expected: replacing.ExpectedFile | None = None
) -> AbstractContextManager[IO[bytes]]:
    """Return the place for the bytes of a regular file, of which `name` may be a symbolic link."""
    return replacing.open_replacement(os.path.realpath(name), break_links=break_links, expected=expected)


@contextmanager
def _explain_errors(name: str) -> Iterator[None]:
    """Say in one sentence why a file is not written."""
    try:
        yield
    except replacing.RefusalError as refusal:
        raise click.ClickException(f"{name}: {refusal}") from None
    except OSError as error:
        raise make_error(name, error) from None


def _get_stream(stream: TextIO | None, what: str) -> BinaryIO:
    if stream is None:
        raise click.ClickException(f"standard {what} is closed")
    return stream.buffer

"""Files, read and written as bytes so that no line break changes."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import IO, BinaryIO, NamedTuple, TextIO, cast

import click

from shortcodes.cli.io import encodings, replacing
from shortcodes.cli.io.encodings import UTF8, decode, format_name
from shortcodes.cli.io.streams import OutputFile, TextOutput, UnreadError, read_stream
from shortcodes.files.folders import BoundPath, OutsideError
from shortcodes.files.held_folders import (
    ChangedError,
    FoundFolder,
    Identity,
    hold_found_folder,
    identify,
)

STDIN = "-"

_DESCRIPTOR = re.compile("(?:/dev|/proc/self)/fd/([0-9]++)|/dev/std(out|err)")
"""Names of descriptors that this process has open; the file of one may be open for appending."""

_BINARY_START = 8000
"""Code points in which a null character shows that a file is binary, as in git."""
_LONGEST_CHARACTER = 4
"""The bytes of a code point in UTF-8, at most."""


def make_error(name: str, error: OSError) -> click.ClickException:
    """Return an exception that says in one sentence what is wrong with a file."""
    reasons = {
        FileNotFoundError: "no such file",
        IsADirectoryError: "is a folder, not a file",
        PermissionError: "permission denied",
        NotADirectoryError: "no such file",
    }
    reason = reasons.get(type(error)) or (error.strerror or str(error)).lower()
    return click.ClickException(f"{name}: {reason}")


def make_no_match_error(pattern: str) -> click.ClickException:
    """Return an exception for a pattern that matches nothing."""
    return click.ClickException(f"{pattern}: no file matches")


def check_readable(names: tuple[str, ...]) -> None:
    """Raise for the first file that does not exist or is a folder, before anything is written."""
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
    except UnicodeEncodeError:  # a lone surrogate that stands for no byte
        pass
    raise make_error(name, FileNotFoundError())


def check_not_overwritten(option: str, name: str | None, others: Iterable[str]) -> None:
    """Raise if the file that an option names is one of the others, which would be overwritten."""
    if name is not None and name != STDIN:
        check_name(name)
        for other in others:
            if other != STDIN and _is_same_file(name, other):
                raise click.UsageError(f"{option}: {name} is a file of this call already")


def _is_same_file(name: str, other: str) -> bool:
    try:
        return os.path.samefile(name, other) and os.path.isfile(name)  # not a terminal
    except OSError:  # one of them does not exist yet
        return os.path.realpath(name) == os.path.realpath(other)


def encode(text: str) -> bytes:
    """Return text as UTF-8. The name of a file that is not UTF-8 keeps its bytes."""
    return text.encode("utf-8", "surrogateescape")


def replace_bad_bytes(name: str) -> str:
    """Return the name of a file as valid text: U+FFFD replaces bytes that are not UTF-8."""
    return encode(name).decode("utf-8", "replace")


class FileText(NamedTuple):
    """The text of a file."""

    text: str
    """The text, including a byte order mark."""
    encoding: str
    is_exact: bool
    """Whether the text, written in this encoding, gives the same bytes."""
    identity: Identity | None
    """Which file it is; `None` for standard input."""


def read(
    name: str,
    folder: FoundFolder | None = None,
    *,
    encoding: str | None = None,
    limit: int | None = None,
    skip_binary: bool = False,
) -> FileText:
    """Return the text of a file.

    Args:
        name: The name of the file, or "-" for standard input.
        folder: The folder in which the file must still be, as a regular file.
        encoding: Its encoding; by default that of its byte order mark, or UTF-8.
        limit: The most bytes that the file may have.
        skip_binary: Whether to return only the beginning of a file that is binary.

    Raises:
        ClickException: The file cannot be read, or is too large.
    """
    try:
        data, file_identity = _read_bytes(name, folder, encoding, limit, skip_binary)
    except ChangedError:
        raise click.ClickException(f"{name}: changed meanwhile, not read") from None
    except OSError as error:
        raise make_error(name, error) from None
    return FileText(*decode(data, encoding), file_identity)


def _read_bytes(
    name: str,
    folder: FoundFolder | None,
    encoding: str | None,
    limit: int | None,
    skip_binary: bool,
) -> tuple[bytes, Identity | None]:
    if name == STDIN:
        return read_stream(_get_stream(sys.stdin, "input")), None
    with _open_file(name, folder) as file:
        status = os.fstat(file.fileno())
        start = file.read(_BINARY_START * _LONGEST_CHARACTER) if skip_binary else b""
        if start and is_binary(decode(start, encoding).text):
            return start, identify(status)
        if limit is not None and status.st_size > limit:
            raise OSError(errno.EFBIG, f"it is larger than {limit:,} bytes")
        return start + file.read(), identify(status)


@contextmanager
def _open_file(name: str, folder: FoundFolder | None) -> Iterator[BinaryIO]:
    if folder is None:
        with open(name, "rb") as file:
            yield file
        return
    path, entry = os.path.split(name)
    with hold_found_folder(folder, path) as held, open(held.open_regular(entry), "rb") as file:
        yield file


def is_binary(text: str) -> bool:
    """Return whether a text is from a binary file, which no command changes."""
    return "\0" in text[:_BINARY_START]


def describe_binary(name: str) -> str:
    """Return the warning about a binary file."""
    return f"{name}: binary, not checked"


def make_binary_error(name: str) -> click.ClickException:
    """Return an exception for a binary file."""
    return click.ClickException(f"{name}: binary, or in an encoding that --encoding has to name")


def make_encoding_error(name: str, encoding: str) -> click.ClickException:
    """Return an exception for a text that cannot be written, since bytes of it would be lost."""
    return click.ClickException(f"{name}: not valid {format_name(encoding)}, nothing is written")


def describe_bad_encoding(name: str, encoding: str) -> str:
    """Return the warning about a file with bytes that its encoding does not have."""
    return f"{name}: not valid {format_name(encoding)}, bad bytes are read as U+FFFD"


def describe_unwritten(name: str, encoding: str) -> str:
    """Return why such a file is not changed."""
    return f"{name}: not valid {format_name(encoding)}, left as it is"


def write_back(
    name: str,
    before: str,
    after: str,
    identity: Identity | None,
    folder: FoundFolder | None = None,
    *,
    encoding: str = UTF8,
    break_links: bool = False,
) -> None:
    """Replace the text of a file, unless the file has changed since it was read.

    Args:
        name: The name of the file.
        before: The text that was read.
        after: The text to write.
        identity: Which file was read.
        folder: The folder in which the file must still be, as a regular file.
        encoding: The encoding of both texts.
        break_links: Whether to write to a file that has hard links.

    Raises:
        ClickException: The file has changed, or cannot be written. It stays as it is.
    """
    data = encodings.encode(name, after, encoding)
    expected = replacing.ExpectedFile(identity, before.encode(encoding))
    with ExitStack() as stack:
        stack.enter_context(_explain_errors(name))
        if folder is not None:
            path, entry = os.path.split(name)
            opened: AbstractContextManager[IO[bytes]] = replacing.open_replacement_in(
                stack.enter_context(hold_found_folder(folder, path)),
                entry,
                break_links=break_links,
                expected=expected,
            )
        elif os.path.isfile(name):
            opened = _open_replacement(name, break_links, expected)
        else:
            raise replacing.RefusalError("is not a regular file, left as it is")
        stack.enter_context(opened).write(data)


@contextmanager
def open_output(name: str | None, *, break_links: bool = False) -> Iterator[IO[bytes]]:
    """Open a file that appears complete or not at all, or standard output.

    A pipe, a device or a descriptor, such as /dev/stdout, is written to but never replaced. An
    `UnreadError`, which says that the reader of a pipe is gone, is no failure and ends here.

    Args:
        name: The name of the file; `None` or "-" for standard output.
        break_links: Whether to write to a file that has hard links.

    Raises:
        ClickException: The file cannot be written.
    """
    with suppress(UnreadError):
        if name is None or name == STDIN:
            output = _get_stream(sys.stdout, "output")
            yield output
            output.flush()
            return
        check_name(name)
        with (
            _explain_errors(name),
            _open_unreplaceable(name) or _open_replacement(name, break_links) as file,
        ):
            yield file


@contextmanager
def open_bound_output(
    path: BoundPath,
    check: Callable[[bytes], None],
    limit: int,
    *,
    break_links: bool = False,
) -> Iterator[IO[bytes]]:
    """Open a regular file that appears complete or not at all, in a folder that is created.

    Args:
        path: The path, whose links are not followed.
        check: Raises `RefusalError` if the bytes of the file must not be replaced.
        limit: How many bytes the file may have.
        break_links: Whether to write to a file that has hard links.

    Raises:
        ClickException: The file cannot be written, or must not be replaced.
    """
    with ExitStack() as stack:
        try:
            folder, name = stack.enter_context(path.hold_parent())
        except OutsideError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise make_error(os.path.dirname(path), error) from None
        stack.enter_context(_explain_errors(str(path)))
        data = replacing.read_original(folder, name, limit)
        if data is not None:
            check(data)
        expected = replacing.ExpectedFile(None, data)
        yield stack.enter_context(
            replacing.open_replacement_in(folder, name, break_links=break_links, expected=expected)
        )


def _open_unreplaceable(name: str) -> IO[bytes] | None:
    """Open a file that cannot be replaced; return `None` for a regular or a new file."""
    if descriptor := _DESCRIPTOR.fullmatch(name):
        number = descriptor[1] or {"out": 1, "err": 2}[descriptor[2]]
        return io.BufferedWriter(OutputFile(_duplicate(int(number)), "wb"))
    try:
        is_regular = stat.S_ISREG(os.stat(name).st_mode)
    except FileNotFoundError:
        return None
    return None if is_regular else io.BufferedWriter(OutputFile(os.open(name, os.O_WRONLY), "wb"))


def _duplicate(number: int) -> int:
    """Return a duplicate of a descriptor. Raises `OSError`."""
    try:
        return os.dup(number)
    except OverflowError:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF)) from None


def _open_replacement(
    name: str, break_links: bool, expected: replacing.ExpectedFile | None = None
) -> AbstractContextManager[IO[bytes]]:
    """Open the replacement of a regular file, to which `name` may be a symbolic link."""
    return replacing.open_replacement(
        os.path.realpath(name), break_links=break_links, expected=expected
    )


@contextmanager
def _explain_errors(name: str) -> Iterator[None]:
    """Turn errors of writing a file into one sentence."""
    try:
        yield
    except replacing.RefusalError as refusal:
        raise click.ClickException(f"{name}: {refusal}") from None
    except ChangedError as error:
        raise click.ClickException(f"{name}: {error.strerror}, left as it is") from None
    except (FileNotFoundError, NotADirectoryError) as error:
        folder = os.path.dirname(os.path.realpath(name))
        if os.path.isdir(folder):
            raise make_error(name, error) from None
        written = os.path.dirname(name) or folder
        raise click.ClickException(f"{name}: the folder {written} does not exist") from None
    except OSError as error:
        raise make_error(name, error) from None


def read_ahead() -> bool:
    """Read standard input, which is read again later; return whether there is anything in it.

    A terminal is not read: who calls a command there without files has forgotten them.
    """
    stream = sys.stdin
    try:
        if stream is None or stream.isatty():
            return False
        data = read_stream(_get_stream(stream, "input"))
    except (OSError, ValueError):  # it is closed
        return False
    sys.stdin = io.TextIOWrapper(io.BytesIO(data), "utf-8", "surrogateescape")
    click.get_current_context().call_on_close(lambda: setattr(sys, "stdin", stream))
    return bool(data)


def _get_stream(stream: TextIO | None, name: str) -> BinaryIO:
    if stream is None:
        raise click.ClickException(f"standard {name} is closed")
    if hasattr(stream, "buffer"):
        return stream.buffer
    if name == "input":  # a program that calls `main` may use streams of text alone
        return io.BytesIO(encode(stream.read()))
    return cast("BinaryIO", TextOutput(stream))

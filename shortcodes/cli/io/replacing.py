"""Files that are written whole or not at all: a finished copy beside a file takes its place.

Whoever may write to the folder may put something else in the place of the copy, or of the file, at
any moment. So the folder is held open, and all that is done to the copy is done to what is open.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, NamedTuple

from shortcodes.cli.io import interrupts
from shortcodes.cli.io.metadata import copy_metadata
from shortcodes.files.held_folders import (
    ChangedError,
    HeldFolder,
    Identity,
    hold_real_folder,
    identify,
)

_PREFIX, _SUFFIX = ".shortcodes-", ".tmp"
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL

_LINKED = "has hard links, left as it is; --break-links gives the new text to this name alone"
_CHANGED = "changed meanwhile, left as it is"
_COPY_GONE = "its copy was changed meanwhile by another process, left as it is"
_NOT_REGULAR = "is not a regular file, left as it is"


class RefusalError(Exception):
    """A file is left as it is; the message says why, in words that follow its name."""


class ExpectedFile(NamedTuple):
    """What was read of a file that is to be written."""

    which: Identity | None
    """The file itself, where that is known."""
    data: bytes


def is_temporary(name: str) -> bool:
    """Return whether a file name is one of a copy that a killed process left behind."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


@contextmanager
def open_replacement(
    path: str, *, break_links: bool = False, expected: ExpectedFile | None = None
) -> Iterator[IO[bytes]]:
    """Give a temporary file, which takes the place of `path` once it is complete and on the disk.

    Until then nothing of `path` is touched. It keeps its mode, and its owner, group and extended
    attributes as far as this user may set them. `path` must be real: no link in it is followed.

    Raises `RefusalError` if it is no regular file, if it has hard links and `break_links` is false,
    if no file can be written beside it, or if it is not, or at the end does not hold, what is
    expected; otherwise `OSError`.
    """
    place, name = os.path.split(path)
    with hold_real_folder(place) as folder:
        old = _check_original(folder, name)
        if expected is not None and expected.which not in (None, old and identify(old)):
            raise RefusalError(_CHANGED)
        if old is not None and old.st_nlink > 1 and not break_links:
            raise RefusalError(_LINKED)
        copy = None
        try:
            with interrupts.hold_interrupts():
                descriptor, copy = _create_copy(folder, is_new=old is None)
                made = identify(os.fstat(descriptor))
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                if old is not None:
                    with _open_original(folder, name, old) as source:
                        copy_metadata(descriptor, source, old)
                os.fsync(descriptor)
                if folder.is_open:  # the number of a file that is closed and gone may come again
                    _rename_copy(folder, copy, made, name, expected)
            if not folder.is_open:  # such a system moves no file that is open
                _rename_copy(folder, copy, made, name, expected)
        except BaseException:
            if copy is not None:
                with suppress(OSError):
                    if _identify(folder, copy) == made:
                        folder.unlink(copy)
            raise
        _sync_folder(folder)


def _check_original(folder: HeldFolder, name: str) -> os.stat_result | None:
    """Return the status of a file that may be written, `None` where there is none yet."""
    try:
        old = folder.read_status(name)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(old.st_mode):
        raise RefusalError(_NOT_REGULAR)
    if not folder.may_write(name):
        raise PermissionError
    return old


def _create_copy(folder: HeldFolder, *, is_new: bool) -> tuple[int, str]:
    """Return descriptor and name of a new file.

    If it takes the place of another one, only this user can read it. Else it is as any new file,
    and its mode and ACL are those that the process and the folder give to one.
    """
    name = f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"
    try:
        return folder.open(name, _CREATE, 0o666 if is_new else 0o600), name
    except OSError as error:
        if is_new:
            raise
        reason = (error.strerror or str(error)).lower()
        said = f"no file can be written beside it ({reason}), left as it is"
        raise RefusalError(said) from None


@contextmanager
def _open_original(folder: HeldFolder, name: str, old: os.stat_result) -> Iterator[int | None]:
    """Give the descriptor of a file; `None` where it cannot be read, or is not that one now."""
    descriptor = None
    with suppress(OSError):
        descriptor = folder.open_regular(name)
    try:
        is_old = descriptor is not None and identify(os.fstat(descriptor)) == identify(old)
        yield descriptor if is_old else None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _rename_copy(
    folder: HeldFolder, copy: str, made: Identity, name: str, expected: ExpectedFile | None
) -> None:
    """Give a finished copy the name of the file, if both still are what they were."""
    if expected is not None and not _is_expected(folder, name, expected):
        raise RefusalError(_CHANGED)
    if _identify(folder, copy) != made:
        raise RefusalError(_COPY_GONE)
    folder.replace(copy, name)


def _identify(folder: HeldFolder, name: str) -> Identity | None:
    try:
        return identify(folder.read_status(name))
    except FileNotFoundError:
        return None


def _is_expected(folder: HeldFolder, name: str, expected: ExpectedFile) -> bool:
    """Return whether a file still is and holds what was read."""
    try:
        with open(folder.open_regular(name), "rb") as file:
            which = identify(os.fstat(file.fileno()))
            return expected.which in (None, which) and file.read() == expected.data
    except ChangedError:
        return False


def _sync_folder(folder: HeldFolder) -> None:
    """Put the names in a folder on the disk, where the system can."""
    with suppress(OSError):
        descriptor = folder.open(os.curdir)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

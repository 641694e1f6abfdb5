"""Writes files completely or not at all: a finished copy beside the file replaces it.

Anyone who may write to the folder may exchange the copy, or the file, at any moment. So the folder
is held open, and whatever is done to the copy is done to its open descriptor.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, NamedTuple

from shortcodes.cli.io import interrupts
from shortcodes.cli.io.metadata import copy_metadata
from shortcodes.files.folders import read_limited
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
    """A file is left as it is; the message is the reason, and reads well after its name."""


class ExpectedFile(NamedTuple):
    """What a file must still be when it is written."""

    identity: Identity | None
    """Which file it is, if that is known."""
    data: bytes | None
    """Its bytes; `None` if it must not exist yet."""


def is_temporary(name: str) -> bool:
    """Return whether a file name is that of a copy, which a killed process may have left."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


@contextmanager
def open_replacement(
    path: str, *, break_links: bool = False, expected: ExpectedFile | None = None
) -> Iterator[IO[bytes]]:
    """Open a temporary file that replaces `path` once it is complete and on the disk.

    Until then the original is not touched. The new file gets its mode, and its owner, group and
    extended attributes as far as this user may set them.

    Args:
        path: The real path of the file; no link in it is followed.
        break_links: Whether to replace a file that has hard links.
        expected: What the original must still be in the end.

    Raises:
        RefusalError: The original is no regular file, has hard links, or is not what is expected,
            or no file can be written beside it.
        OSError: Anything else failed.
    """
    parent, name = os.path.split(path)
    with (
        hold_real_folder(parent) as folder,
        open_replacement_in(folder, name, break_links=break_links, expected=expected) as file,
    ):
        yield file


def read_original(folder: HeldFolder, name: str, limit: int) -> bytes | None:
    """Return the bytes of a file that may be written, or `None` if it does not exist yet.

    Raises `RefusalError` if it cannot be read or is larger than `limit` bytes, and what
    `open_replacement` raises.
    """
    if _check_original(folder, name) is None:
        return None
    try:
        with open(folder.open_regular(name), "rb") as file:
            return read_limited(file, limit)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RefusalError(f"cannot be read ({reason}), left as it is") from None


@contextmanager
def open_replacement_in(
    folder: HeldFolder, name: str, *, break_links: bool, expected: ExpectedFile | None
) -> Iterator[IO[bytes]]:
    """Open what replaces a file in a folder that is held open. See `open_replacement`."""
    old = _check_original(folder, name)
    if expected is not None and expected.identity not in (None, old and identify(old)):
        raise RefusalError(_CHANGED)
    if old is not None and old.st_nlink > 1 and not break_links:
        raise RefusalError(_LINKED)
    copy = None
    try:
        with interrupts.hold_interrupts():
            descriptor, copy = _create_copy(folder, is_new=old is None)
            copy_identity = identify(os.fstat(descriptor))
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            if old is not None:
                with _open_original(folder, name, old) as source:
                    copy_metadata(descriptor, source, old)
            os.fsync(descriptor)
            if folder.is_open:  # an open file keeps its inode number
                _rename_copy(folder, copy, copy_identity, name, expected)
        if not folder.is_open:  # such a system cannot rename an open file
            _rename_copy(folder, copy, copy_identity, name, expected)
    except BaseException:
        if copy is not None:
            with suppress(OSError):
                if _identify(folder, copy) == copy_identity:
                    folder.unlink(copy)
        raise
    _sync_folder(folder)


def _check_original(folder: HeldFolder, name: str) -> os.stat_result | None:
    """Return the status of a file that may be written, or `None` if it does not exist yet."""
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
    """Create a file and return its descriptor and name.

    If it will replace another file, only this user can read it. Otherwise it gets the mode and the
    ACL of any new file in the folder.
    """
    name = f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"
    try:
        return folder.open(name, _CREATE, 0o666 if is_new else 0o600), name
    except OSError as error:
        if is_new:
            raise
        reason = (error.strerror or str(error)).lower()
        message = f"no file can be written beside it ({reason}), left as it is"
        raise RefusalError(message) from None


@contextmanager
def _open_original(folder: HeldFolder, name: str, old: os.stat_result) -> Iterator[int | None]:
    """Open the original for reading; `None` if it cannot be read or is no longer that file."""
    descriptor = None
    with suppress(OSError):
        descriptor = folder.open_regular(name)
    try:
        is_original = descriptor is not None and identify(os.fstat(descriptor)) == identify(old)
        yield descriptor if is_original else None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _rename_copy(
    folder: HeldFolder, copy: str, copy_identity: Identity, name: str, expected: ExpectedFile | None
) -> None:
    """Rename a finished copy to the name of the file, if both are still the same files."""
    if expected is not None and not _is_expected(folder, name, expected):
        raise RefusalError(_CHANGED)
    if _identify(folder, copy) != copy_identity:
        raise RefusalError(_COPY_GONE)
    folder.replace(copy, name)


def _identify(folder: HeldFolder, name: str) -> Identity | None:
    try:
        return identify(folder.read_status(name))
    except FileNotFoundError:
        return None


def _is_expected(folder: HeldFolder, name: str, expected: ExpectedFile) -> bool:
    """Return whether a file is still the one that was read, with the same bytes."""
    try:
        with open(folder.open_regular(name), "rb") as file:
            identity = identify(os.fstat(file.fileno()))
            return expected.identity in (None, identity) and file.read() == expected.data
    except FileNotFoundError:
        if expected.data is None:
            return True
        raise
    except ChangedError:
        return False


def _sync_folder(folder: HeldFolder) -> None:
    """Write the entries of a folder to the disk, if the system can."""
    with suppress(OSError):
        descriptor = folder.open(os.curdir)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""A folder that is held open: what is done in it is done there, wherever its name leads meanwhile.

Where the system has no such thing (Windows), the name is used each time.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

_CAN_HOLD = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_NOT_A_LINK = getattr(os, "O_NOFOLLOW", 0)
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)
_A_FOLDER = getattr(os, "O_DIRECTORY", 0)
_CAN_PASS = hasattr(os, "O_PATH")
_TO_PASS = getattr(os, "O_PATH", os.O_RDONLY) | _A_FOLDER
"""A folder is held whose files one may use, though one may not list them, where that is known."""


class Identity(NamedTuple):
    """Which file or folder something is, whatever it is called."""

    device: int
    inode: int


class ChangedError(OSError):
    """Something is no longer what it was found to be."""

    def __init__(self) -> None:
        """Say so, in words that follow a name."""
        super().__init__(errno.EAGAIN, "changed meanwhile")


def identity(status: os.stat_result) -> Identity:
    """Return which file or folder a status is of."""
    return Identity(status.st_dev, status.st_ino)


class Held:
    """A folder; the names of its methods are those of its entries, and no link is followed."""

    def __init__(self, path: str, descriptor: int | None) -> None:
        """Take what the system has open, or the path where it has nothing."""
        self._path = path
        self._descriptor = descriptor

    @property
    def is_open(self) -> bool:
        """Whether the system holds it."""
        return self._descriptor is not None

    def status(self, name: str) -> os.stat_result:
        """Return the status of an entry, of a link itself."""
        return os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)

    def may_write(self, name: str) -> bool:
        """Return whether this user may write to an entry."""
        return os.access(self._at(name), os.W_OK, dir_fd=self._descriptor)

    def open(self, name: str, flags: int = os.O_RDONLY, mode: int = 0o600) -> int:
        """Return the descriptor of an entry, which is not waited for. Raises `OSError`."""
        flags |= _NOT_A_LINK | _WITHOUT_WAITING | _BINARY
        return os.open(self._at(name), flags, mode, dir_fd=self._descriptor)

    def open_regular(self, name: str) -> int:
        """Return the descriptor of a regular file, to be read.

        Raises `ChangedError` where it is something else, otherwise `OSError`.
        """
        if not stat.S_ISREG(self.status(name).st_mode):
            raise ChangedError
        descriptor = self.open(name)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise ChangedError
        return descriptor

    def replace(self, old: str, new: str) -> None:
        """Give an entry the name of another one, which is gone then."""
        os.replace(
            self._at(old),
            self._at(new),
            src_dir_fd=self._descriptor,
            dst_dir_fd=self._descriptor,
        )

    def unlink(self, name: str) -> None:
        """Delete an entry."""
        os.unlink(self._at(name), dir_fd=self._descriptor)

    def _at(self, name: str) -> str:
        return os.path.join(self._path, name) if self._descriptor is None else name


@contextmanager
def held(path: str, known: Identity | None = None) -> Iterator[Held]:
    """Hold a folder.

    Raises `ChangedError` if it is not the one that is known, otherwise `OSError`.
    """
    path = path or os.curdir
    if not _CAN_HOLD:
        _compare(os.stat(path), known)
        yield Held(path, None)
        return
    descriptor = os.open(path, _TO_PASS)
    try:
        _compare(os.fstat(descriptor), known)
        yield Held(path, descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def held_real(path: str) -> Iterator[Held]:
    """Hold a folder by its real path, whatever links have been put on the way. Raises `OSError`."""
    if not (_CAN_HOLD and _CAN_PASS):
        with held(path) as folder:
            yield folder
        return
    names = filter(None, path.split(os.sep))
    descriptor = os.open(os.sep, _TO_PASS)
    try:
        for name in names:
            below = os.open(name, _TO_PASS | _NOT_A_LINK, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = below
        yield Held(path, descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def listed(
    path: str, above: Identity | None = None
) -> Iterator[tuple[Identity, list[os.DirEntry[str]]]]:
    """Give a folder's identity and its entries, in the order of their names.

    If the folder above it is known, it must be in that one still, and no link. Raises
    `ChangedError` where it is not, otherwise `OSError`.
    """
    path = path or os.curdir
    if not _CAN_HOLD:
        with os.scandir(path) as found:
            yield identity(os.stat(path)), sorted(found, key=lambda entry: entry.name)
        return
    descriptor = _to_list(path, above)
    try:
        with os.scandir(descriptor) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        yield identity(os.fstat(descriptor)), entries
    finally:
        os.close(descriptor)


def _to_list(path: str, above: Identity | None) -> int:
    flags = os.O_RDONLY | _A_FOLDER
    if above is None:
        return os.open(path, flags)
    parent, name = os.path.split(path.rstrip(os.sep))
    with held(parent, above) as folder:
        if not stat.S_ISDIR(folder.status(name).st_mode):
            raise ChangedError
        return folder.open(name, flags)


def _compare(status: os.stat_result, known: Identity | None) -> None:
    if known is not None and identity(status) != known:
        raise ChangedError

"""Folders that are held open: what is done in one is done there, wherever its name leads meanwhile.

Where the system has no such thing (Windows), the path is used each time.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import NamedTuple

_CAN_HOLD = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)
_FOLDER_ONLY = getattr(os, "O_DIRECTORY", 0)
_HAS_PATH_DESCRIPTORS = hasattr(os, "O_PATH")
_PASS_THROUGH = getattr(os, "O_PATH", os.O_RDONLY) | _FOLDER_ONLY
"""Opens a folder even where one may use its files but not list them, if the system can."""


class Identity(NamedTuple):
    """Which file or folder something is, whatever it is called."""

    device: int
    inode: int


class FoundFolder(NamedTuple):
    """A folder as it was found."""

    path: str
    """Its real path, without links."""
    identity: Identity


class ChangedError(OSError):
    """A file or folder is no longer the one that was found."""

    def __init__(self) -> None:
        """Set a reason that reads well after a name."""
        super().__init__(errno.EAGAIN, "changed meanwhile")


def identify(status: os.stat_result) -> Identity:
    """Return the identity of the file or folder that has this status."""
    return Identity(status.st_dev, status.st_ino)


class HeldFolder:
    """A folder that is held open; methods take the names of its entries and follow no link."""

    def __init__(self, path: str, descriptor: int | None, *, is_real: bool = False) -> None:
        """Take the descriptor of the open folder, or `None` to use its path each time."""
        self._path = path
        self._descriptor = descriptor
        self.is_real = is_real
        """Whether no link was followed on the way to the folder."""

    @property
    def is_open(self) -> bool:
        """Whether the system holds the folder open."""
        return self._descriptor is not None

    def read_status(self, name: str) -> os.stat_result:
        """Return the status of an entry; for a link, that of the link itself."""
        return os.stat(self._resolve(name), dir_fd=self._descriptor, follow_symlinks=False)

    def list_files(self) -> list[str]:
        """Return the names of the regular files, and of the links to such files."""
        if self._descriptor is None:
            names = os.listdir(self._path)
        else:
            descriptor = self.open(os.curdir, os.O_RDONLY | _FOLDER_ONLY)
            try:
                names = os.listdir(descriptor)
            finally:
                os.close(descriptor)
        return [name for name in names if self._is_file(name)]

    def _is_file(self, name: str) -> bool:
        try:
            status = os.stat(self._resolve(name), dir_fd=self._descriptor)
        except OSError:  # a link that leads nowhere
            return False
        return stat.S_ISREG(status.st_mode)

    def create_folder(self, name: str, mode: int) -> None:
        """Create a folder. Raises `FileExistsError`, otherwise `OSError`."""
        os.mkdir(self._resolve(name), mode, dir_fd=self._descriptor)

    def may_write(self, name: str) -> bool:
        """Return whether this user may write to an entry."""
        return os.access(self._resolve(name), os.W_OK, dir_fd=self._descriptor)

    def open(self, name: str, flags: int = os.O_RDONLY, mode: int = 0o600) -> int:
        """Open an entry without waiting for it and return its descriptor. Raises `OSError`."""
        flags |= _NO_LINK | _NO_WAITING | _BINARY
        return os.open(self._resolve(name), flags, mode, dir_fd=self._descriptor)

    def open_regular(self, name: str) -> int:
        """Open a regular file for reading and return its descriptor.

        Raises `ChangedError` if it is something else, otherwise `OSError`.
        """
        if not stat.S_ISREG(self.read_status(name).st_mode):
            raise ChangedError
        descriptor = self.open(name)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise ChangedError
        return descriptor

    def replace(self, old: str, new: str) -> None:
        """Rename an entry to the name of another one, which is lost."""
        os.replace(
            self._resolve(old),
            self._resolve(new),
            src_dir_fd=self._descriptor,
            dst_dir_fd=self._descriptor,
        )

    def unlink(self, name: str) -> None:
        """Delete an entry."""
        os.unlink(self._resolve(name), dir_fd=self._descriptor)

    def _resolve(self, name: str) -> str:
        return os.path.join(self._path, name) if self._descriptor is None else name


@contextmanager
def hold_folder(path: str, expected: Identity | None = None) -> Iterator[HeldFolder]:
    """Hold a folder open.

    Raises `ChangedError` if it is not the expected one, otherwise `OSError`.
    """
    path = path or os.curdir
    if not _CAN_HOLD:
        _check_identity(os.stat(path), expected)
        yield HeldFolder(path, None)
        return
    descriptor = os.open(path, _PASS_THROUGH)
    try:
        _check_identity(os.fstat(descriptor), expected)
        yield HeldFolder(path, descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def hold_found_folder(found: FoundFolder, path: str) -> Iterator[HeldFolder]:
    """Hold a folder open that was found at a path before.

    Raises `ChangedError` if it is gone, moved or replaced, be it by a link to it.
    """
    with ExitStack() as stack:
        try:
            try:
                folder = stack.enter_context(hold_real_folder(found.path))
            except PermissionError:  # the working folder may be in one that may not be entered
                folder = stack.enter_context(hold_folder(path))
                if os.path.realpath(path) != found.path:
                    raise ChangedError from None
            _check_identity(folder.read_status(os.curdir), found.identity)
        except OSError:
            raise ChangedError from None
        yield folder


@contextmanager
def hold_real_folder(path: str, *, is_created: bool = False) -> Iterator[HeldFolder]:
    """Hold a folder open by its real path, without following a link on the way.

    With `is_created`, folders that do not exist are created. Raises `OSError`.
    """
    if not (_CAN_HOLD and _HAS_PATH_DESCRIPTORS):
        if is_created:
            os.makedirs(path, exist_ok=True)
        with hold_folder(path) as folder:
            yield folder
        return
    names = filter(None, path.split(os.sep))
    descriptor = os.open(os.sep, _PASS_THROUGH)
    try:
        for name in names:
            child = _open_child(descriptor, name, is_created)
            os.close(descriptor)
            descriptor = child
        yield HeldFolder(path, descriptor, is_real=True)
    finally:
        os.close(descriptor)


def _open_child(parent: int, name: str, is_created: bool) -> int:
    flags = _PASS_THROUGH | _NO_LINK
    try:
        return os.open(name, flags, dir_fd=parent)
    except FileNotFoundError:
        if not is_created:
            raise
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=parent)
    return os.open(name, flags, dir_fd=parent)


@contextmanager
def list_folder(
    path: str, parent: Identity | None = None
) -> Iterator[tuple[Identity, list[os.DirEntry[str]]]]:
    """Return the identity of a folder and its entries, sorted by name.

    With `parent`, the folder must still be in that one, and be no link. Raises `ChangedError` if
    it is not, otherwise `OSError`.
    """
    path = path or os.curdir
    if not _CAN_HOLD:
        with os.scandir(path) as entries:
            yield identify(os.stat(path)), sorted(entries, key=lambda entry: entry.name)
        return
    descriptor = _open_for_listing(path, parent)
    try:
        with os.scandir(descriptor) as entries:
            by_name = sorted(entries, key=lambda entry: entry.name)
        yield identify(os.fstat(descriptor)), by_name
    finally:
        os.close(descriptor)


def _open_for_listing(path: str, parent: Identity | None) -> int:
    flags = os.O_RDONLY | _FOLDER_ONLY
    if parent is None:
        return os.open(path, flags)
    parent_path, name = os.path.split(path.rstrip(os.sep))
    with hold_folder(parent_path, parent) as folder:
        if not stat.S_ISDIR(folder.read_status(name).st_mode):
            raise ChangedError
        return folder.open(name, flags)


def _check_identity(status: os.stat_result, expected: Identity | None) -> None:
    if expected is not None and identify(status) != expected:
        raise ChangedError

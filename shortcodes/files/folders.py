"""Files below a folder that is not trusted: no link and no `..` leads out of it.

Each way to a file that something in such a folder names (a template, a schema, a configuration,
a list of ignored files) goes through `inside` or `read`.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from shortcodes.errors import ShortcodeError

LARGEST = 16_000_000
"""Bytes of a file that is read whole."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NOT_A_LINK = getattr(os, "O_NOFOLLOW", 0)


class OutsideError(ShortcodeError, ValueError):
    """A path leads out of the folder that it has to stay in."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a configuration, which its paths are relative to."""

    path: Path
    within: Path | None = None
    """The folder that no path may lead out of; `None` where all of the disk is allowed."""

    def at(self, written: str) -> Path:
        """Return the path that a text means. Raises `OutsideError`."""
        path = self.path / written
        if self.within is not None:
            inside(self.within, path)
        return path

    def real(self, written: str) -> Path:
        """Return the real path that a text means, by the links of now. Raises `OutsideError`."""
        path = self.path / written
        return Path(os.path.realpath(path) if self.within is None else inside(self.within, path))


def inside(root: str | Path, path: str | Path) -> str:
    """Return the real path of a path, which has to be below a folder, itself maybe a link.

    Raises `OutsideError`.
    """
    try:
        real, real_root = os.path.realpath(path), os.path.realpath(root)
    except ValueError:  # a null character
        raise OutsideError(f"{str(path)!r} is no path") from None
    if not Path(real).is_relative_to(real_root):
        raise OutsideError(f"{path} leads out of {root}")
    return real


def read(root: str | Path, path: str | Path, limit: int = LARGEST) -> bytes:
    """Return what a regular file below a folder holds.

    Raises `OutsideError`, and `OSError` where it cannot be read or is larger than `limit` bytes.
    """
    with _opened(inside(root, path), _NOT_A_LINK) as file:
        # Something may have taken its place, or that of a folder on the way, meanwhile.
        if not os.path.samestat(os.fstat(file.fileno()), os.lstat(inside(root, path))):
            raise OSError(errno.EAGAIN, "changed while it was opened")
        return whole(file, limit)


def read_file(path: str | Path, limit: int = LARGEST) -> bytes:
    """Return what a regular file holds, wherever it is.

    Raises `OSError` where it cannot be read or is larger than `limit` bytes.
    """
    with _opened(path) as file:
        return whole(file, limit)


def read_own(path: str | Path, limit: int = LARGEST) -> bytes:
    """Return what a regular file holds that is no link and belongs to who runs this.

    Raises `OSError` where it is another, cannot be read or is larger than `limit` bytes.
    """
    with _opened(path, _NOT_A_LINK) as file:
        if hasattr(os, "geteuid") and os.fstat(file.fileno()).st_uid != os.geteuid():
            raise PermissionError(errno.EPERM, "it is another user's")
        return whole(file, limit)


@contextmanager
def _opened(path: str | Path, flags: int = 0) -> Iterator[BinaryIO]:
    """Give a regular file; a pipe is not waited for."""
    descriptor = os.open(path, _FLAGS | flags)
    try:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(kind):
            raise OSError(errno.EINVAL, "it is no regular file")
        with open(descriptor, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def whole(file: BinaryIO, limit: int) -> bytes:
    """Return all that a file holds. Raises `OSError` for more than `limit` bytes."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit:,} bytes")
    return data

"""Files in a folder that is not trusted: no link and no `..` leads out of it.

Every file that something in such a folder names (a template, a schema, a configuration, a list of
ignored files) is reached through `resolve_inside` or `read_inside`.
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

MAX_BYTES = 16_000_000
"""The size of a file that is read whole."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class OutsideError(ShortcodeError, ValueError):
    """A path leads out of the folder that it has to stay in."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a configuration, to which its paths are relative."""

    path: Path
    within: Path | None = None
    """The folder that no path may leave; `None` if paths may lead anywhere."""

    def resolve(self, text: str) -> Path:
        """Return a path as the configuration writes it, made relative to the folder.

        Raises `OutsideError`.
        """
        path = self.path / text
        if self.within is not None:
            resolve_inside(self.within, path)
        return path

    def resolve_links(self, text: str) -> Path:
        """Return the same path with every link followed. Raises `OutsideError`."""
        path = self.path / text
        if self.within is None:
            return Path(os.path.realpath(path))
        return Path(resolve_inside(self.within, path))


def resolve_inside(root: str | Path, path: str | Path) -> str:
    """Return the real path of something in a folder. The folder itself may be a link.

    Raises `OutsideError` if it is not in the folder.
    """
    try:
        real, real_root = os.path.realpath(path), os.path.realpath(root)
    except ValueError:  # a null character
        raise OutsideError(f"{str(path)!r} is not a valid path") from None
    if not Path(real).is_relative_to(real_root):
        raise OutsideError(f"{path} leads out of {root}")
    return real


def read_inside(root: str | Path, path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file in a folder.

    Raises `OutsideError`, and `OSError` if it cannot be read or is larger than `limit` bytes.
    """
    with _open_regular(resolve_inside(root, path), _NO_LINK) as file:
        # Meanwhile the file, or a folder on the way to it, may have been replaced.
        if not os.path.samestat(os.fstat(file.fileno()), os.lstat(resolve_inside(root, path))):
            raise OSError(errno.EAGAIN, "changed while it was opened")
        return read_limited(file, limit)


def read_file(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file, wherever it is.

    Raises `OSError` if it cannot be read or is larger than `limit` bytes.
    """
    with _open_regular(path) as file:
        return read_limited(file, limit)


def read_own_file(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file that is no link and belongs to the current user.

    Raises `OSError` if it is something else, cannot be read or is larger than `limit` bytes.
    """
    with _open_regular(path, _NO_LINK) as file:
        if hasattr(os, "geteuid") and os.fstat(file.fileno()).st_uid != os.geteuid():
            raise PermissionError(errno.EPERM, "it belongs to another user")
        return read_limited(file, limit)


@contextmanager
def _open_regular(path: str | Path, flags: int = 0) -> Iterator[BinaryIO]:
    """Open a regular file for reading, without waiting for a pipe."""
    descriptor = os.open(path, _FLAGS | flags)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        with open(descriptor, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def read_limited(file: BinaryIO, limit: int) -> bytes:
    """Return all bytes of a file. Raises `OSError` for more than `limit` of them."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit:,} bytes")
    return data

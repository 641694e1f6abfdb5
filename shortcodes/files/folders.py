"""Files in a folder that is not trusted: no link and no `..` leads out of it.

Every file that something in such a folder names (a template, a schema, a table, a configuration, a
list of ignored files) is reached through `BoundPath`.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from shortcodes.errors import ShortcodeError
from shortcodes.files.held_folders import HeldFolder, hold_real_folder

MAX_BYTES = 16_000_000
"""The size of a file that is read whole."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class OutsideError(ShortcodeError, ValueError):
    """A path leads out of the folder that it has to stay in."""


@dataclass(frozen=True, slots=True)
class BoundPath:
    """A path, and the folder that it must not leave whenever it is used.

    Anyone who may write to the folder may turn a file, or a folder on the way to it, into a link at
    any moment. So a path that was checked once is not safe to open. It is resolved for each use,
    and what it leads to is opened without following another link.
    """

    path: Path
    root: Path | None = None
    """The real path of the folder; `None` if the path may lead anywhere, also through links."""

    def __fspath__(self) -> str:
        return str(self.path)

    def __str__(self) -> str:
        return str(self.path)

    def resolve(self) -> str:
        """Return the real path. Raises `OutsideError` if it is not in the folder."""
        return _resolve_in(self.root, self.path)

    def bind_entry(self, *names: str) -> BoundPath:
        """Return the path of something in this folder, which must not leave the folder.

        The folder itself may be a link, as far as its own path allows.
        """
        root = Path(self.resolve())
        return BoundPath(root.joinpath(*names), root)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open a regular file for reading. Raises `OutsideError` and `OSError`."""
        with _open_regular(self.path) if self.root is None else self._open_inside() as file:
            yield file

    def read(self, limit: int = MAX_BYTES) -> bytes:
        """Return the bytes of a regular file.

        Raises `OutsideError`, and `OSError` if it cannot be read or is larger than `limit` bytes.
        """
        with self.open() as file:
            return read_limited(file, limit)

    @contextmanager
    def hold(self, mode: int | None = None) -> Iterator[HeldFolder]:
        """Hold the folder open that the path leads to.

        With `mode`, the folder is created with these permissions if it does not exist, and so are
        those above it, with the usual permissions.

        Raises `OutsideError` and `OSError`.
        """
        path = self.resolve()
        if mode is not None:
            parent, name = os.path.split(path)
            with hold_real_folder(parent, is_created=True) as folder, suppress(FileExistsError):
                folder.create_folder(name, mode)
        with hold_real_folder(path) as folder:
            yield folder

    @contextmanager
    def hold_parent(self) -> Iterator[tuple[HeldFolder, str]]:
        """Hold the folder open that a file is in, and yield it with the name of the file.

        Folders that do not exist are created. A path that may lead anywhere must be a real path:
        no link in it is followed.

        Raises `OutsideError` and `OSError`.
        """
        parent, name = os.path.split(self.path if self.root is None else self.resolve())
        with hold_real_folder(parent, is_created=True) as folder:
            yield folder, name

    @contextmanager
    def _open_inside(self) -> Iterator[BinaryIO]:
        parent, name = os.path.split(self.resolve())
        with hold_real_folder(parent) as folder, _wrap_regular(folder.open(name)) as file:
            # Where folders cannot be held, something on the way may have become a link.
            if not folder.is_real and not os.path.samestat(
                os.fstat(file.fileno()), os.lstat(self.resolve())
            ):
                raise OSError(errno.EAGAIN, "changed while it was opened")
            yield file


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a configuration, to which its paths are relative."""

    path: Path
    within: Path | None = None
    """The real path of the folder that no path may leave; `None` if paths may lead anywhere."""

    def bind(self, text: str) -> BoundPath:
        """Return a path as the configuration writes it, made relative to the folder.

        Raises `OutsideError` if it leads out of the folder. It may do so later, so use it only
        through the methods of `BoundPath`.
        """
        path = BoundPath(self.path / text, self.within)
        if self.within is not None:
            path.resolve()
        return path

    def bind_target(self, text: str) -> BoundPath:
        """Return the same path with every link followed. Raises `OutsideError`."""
        return BoundPath(Path(self.bind(text).resolve()), self.within)


def bind_path(path: str | os.PathLike[str]) -> BoundPath:
    """Return a path as it is bound, or else one that may lead anywhere."""
    return path if isinstance(path, BoundPath) else BoundPath(Path(path))


def _resolve_in(root: str | Path | None, path: str | Path) -> str:
    """Return the real path of something, if it is in a folder of which the real path is known.

    Raises `OutsideError` if it is not.
    """
    try:
        real = os.path.realpath(path)
    except ValueError:  # a null character
        raise OutsideError(f"{str(path)!r} is not a valid path") from None
    except OSError as error:  # it became a link meanwhile
        raise OutsideError(f"{path} cannot be resolved: {error.strerror}") from None
    if root is not None and not Path(real).is_relative_to(root):
        raise OutsideError(f"{path} leads out of {root}")
    return real


def read_real_file(path: str, limit: int) -> bytes:
    """Return the bytes of a regular file by its real path: no link in it is followed.

    Raises `OSError` if it cannot be read or is larger than `limit` bytes.
    """
    parent, name = os.path.split(path)
    with hold_real_folder(parent) as folder, _wrap_regular(folder.open(name)) as file:
        return read_limited(file, limit)


def read_own_file(folder: HeldFolder, name: str, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file that is no link and belongs to the current user.

    Raises `OSError` if it is something else, cannot be read or is larger than `limit` bytes.
    """
    with _wrap_regular(folder.open(name)) as file:
        check_owner(os.fstat(file.fileno()))
        return read_limited(file, limit)


def check_owner(status: os.stat_result) -> None:
    """Raise `PermissionError` unless something belongs to the current user, if it has an owner."""
    if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, "it belongs to another user")


@contextmanager
def _open_regular(path: str | Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading, without waiting for a pipe."""
    with _wrap_regular(os.open(path, _FLAGS)) as file:
        yield file


@contextmanager
def _wrap_regular(descriptor: int) -> Iterator[BinaryIO]:
    """Return the file of a descriptor if it is a regular one, and close the descriptor."""
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

"""Files that are written whole or not at all: a finished copy beside a file takes its place."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from shortcodes.cli.io import interrupts

_PREFIX, _SUFFIX = ".shortcodes-", ".tmp"

_LINKED = "has hard links, left as it is; --break-links gives the new text to this name alone"


class RefusalError(Exception):
    """A file is left as it is; the message says why, in words that follow its name."""


def is_temporary(name: str) -> bool:
    """Return whether a file name is one of a copy that a killed process left behind."""
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


@contextmanager
def replaced(
    path: str, *, break_links: bool = False, expected: bytes | None = None
) -> Iterator[IO[bytes]]:
    """Give a temporary file, which takes the place of `path` once it is complete and on the disk.

    Until then nothing of `path` is touched. It keeps its mode, and its owner, group and extended
    attributes as far as this user may set them. `path` must not be a symbolic link.

    Raises `RefusalError` if it has hard links and `break_links` is false, if no file can be written
    beside it, or if at the end it does not hold what is expected; otherwise `OSError`.
    """
    old = _status(path)
    if old is not None and old.st_nlink > 1 and not break_links:
        raise RefusalError(_LINKED)
    temporary = None
    try:
        with interrupts.held_back():
            descriptor, temporary = _beside(path, is_new=old is None)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            _set_mode(temporary) if old is None else _make_alike(temporary, path, old)
            os.fsync(descriptor)
        if expected is not None and _read(path) != expected:
            raise RefusalError("changed meanwhile, left as it is")
        os.replace(temporary, path)
    except BaseException:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        raise
    _sync(os.path.dirname(path))


def _status(path: str) -> os.stat_result | None:
    """Return the status of a file that may be written, `None` where there is none yet."""
    try:
        old = os.lstat(path)
    except FileNotFoundError:
        return None
    if stat.S_ISREG(old.st_mode) and not os.access(path, os.W_OK):
        raise PermissionError
    return old


def _beside(path: str, *, is_new: bool) -> tuple[int, str]:
    """Return descriptor and path of a new file that only this user can read."""
    try:
        return tempfile.mkstemp(_SUFFIX, _PREFIX, os.path.dirname(path))
    except OSError as error:
        if is_new:
            raise
        reason = (error.strerror or str(error)).lower()
        said = f"no file can be written beside it ({reason}), left as it is"
        raise RefusalError(said) from None


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _make_alike(temporary: str, path: str, old: os.stat_result) -> None:
    """Give a file what another has beside its bytes, as far as this user may; always its mode."""
    if hasattr(os, "chown"):
        for owner in (old.st_uid, -1):
            with suppress(OSError):
                os.chown(temporary, owner, old.st_gid)
                break
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(path):
                with suppress(OSError):
                    os.setxattr(temporary, name, os.getxattr(path, name))
    os.chmod(temporary, stat.S_IMODE(old.st_mode))


def _set_mode(temporary: str) -> None:
    """Give a file the mode of any new file."""
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(temporary, 0o666 & ~mask)


def _sync(folder: str) -> None:
    """Put the names in a folder on the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

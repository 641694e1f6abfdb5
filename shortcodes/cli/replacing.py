"""Files that are written again: whole or not at all, and as the same file to everybody else."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import IO

from shortcodes.cli import interrupts


def place_for(path: str) -> AbstractContextManager[IO[bytes]]:
    """Give a temporary file whose bytes become those of `path` at the end."""
    return _written_through(path) if _must_stay(path) else _replaced(path)


def _must_stay(path: str) -> bool:
    """Return whether another file in its place would break a hard link or cannot be put there."""
    if not os.path.exists(path):
        return False
    return os.stat(path).st_nlink > 1 or not os.access(os.path.dirname(path), os.W_OK)


@contextmanager
def _written_through(path: str) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as waiting:
        yield waiting
        waiting.seek(0)
        with interrupts.held_back(), open(path, "wb") as file:
            shutil.copyfileobj(waiting, file)


@contextmanager
def _replaced(path: str) -> Iterator[IO[bytes]]:
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        _copy_owner(path, temporary)
        _copy_mode(path, temporary)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _copy_owner(path: str, to: str) -> None:
    """Give a file the owner and group of another, as far as this user may."""
    try:
        old, new = os.stat(path), os.stat(to)
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            os.chown(to, old.st_uid, old.st_gid)
    except OSError:
        return


def _copy_mode(path: str, to: str) -> None:
    """Give a file the mode of another, or where there is none, the mode of any new file."""
    try:
        shutil.copymode(path, to)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(to, 0o666 & ~mask)

"""The folder of the cache: a file for each answer, which belongs to its owner alone.

Nothing is written to what was there before, be it a link or a file: a new file takes its place.
"""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from requests_cache.backends.filesystem import FileDict
from requests_cache.models.response import CachedResponse

from shortcodes.files.folders import read_own_file

_LARGEST = 4_000_000
"""Bytes of a file that is read; the table of all regions has 13,000."""


class CacheFolder(FileDict):
    """Answers by their key. Raises `OSError` where the folder cannot be made or written to."""

    def __init__(self, folder: Path) -> None:
        if "\0" in str(folder):
            raise OSError(errno.EINVAL, "it is no path")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        super().__init__(folder)

    def __getitem__(self, key: str) -> CachedResponse:
        """Return an answer. Raises `KeyError` where there is none that can be read."""
        try:
            kept = self.deserialize(key, read_own_file(self._key2path(key), _LARGEST).decode())
        except Exception as error:  # whatever a file that is not ours makes the library raise
            raise KeyError(key) from error
        if not isinstance(kept, CachedResponse):
            raise KeyError(key)
        return kept

    def __setitem__(self, key: str, value: Any) -> None:
        """Keep an answer, in the place of another one."""
        data = self.serialize(value).encode()
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=self.cache_dir)
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
            os.replace(name, self._key2path(key))
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise

"""The folder of cached answers, with one file per answer that only its owner can read.

A file is never written in place: a new file replaces the old file or link.
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
"""The size limit of a file, in bytes; the table of all regions has 13,000."""


class CacheFolder(FileDict):
    """Cached answers by key. Raises `OSError` if the folder cannot be created or written to."""

    def __init__(self, folder: Path) -> None:
        if "\0" in str(folder):
            raise OSError(errno.EINVAL, "not a path")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        super().__init__(folder)

    def __getitem__(self, key: str) -> CachedResponse:
        """Return an answer. Raises `KeyError` if there is none, or it cannot be read."""
        try:
            answer = self.deserialize(key, read_own_file(self._key2path(key), _LARGEST).decode())
        except Exception as error:  # a file of another program can make the library raise anything
            raise KeyError(key) from error
        if not isinstance(answer, CachedResponse):
            raise KeyError(key)
        return answer

    def __setitem__(self, key: str, value: Any) -> None:
        """Write an answer, and replace an older one."""
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

"""The folder of cached answers, with one file per answer that only its owner can read.

A file is never written in place: a new file replaces the old file or link.

Somebody else may have written a file, if the folder came with a checkout. So its encoding does not
count, and it cannot make an answer fresh for longer than the settings say.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from requests_cache.backends.filesystem import FileDict
from requests_cache.models.response import CachedResponse

from shortcodes.files.folders import read_own_file

_LARGEST = 4_000_000
"""The size limit of a file, in bytes; the table of all regions has 13,000."""
_CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far in the future an answer may be, since another computer may have written it."""


class CacheFolder(FileDict):
    """Cached answers by key. Raises `OSError` if the folder cannot be created or written to."""

    def __init__(self, folder: Path, expires: timedelta) -> None:
        """Create the folder. `expires` is how long an answer is used without asking again."""
        if "\0" in str(folder):
            raise OSError(errno.EINVAL, "not a path")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        super().__init__(folder)
        self._expires = expires

    def __getitem__(self, key: str) -> CachedResponse:
        """Return an answer. Raises `KeyError` if there is none, or it cannot be read."""
        try:
            return self._read(key, read_own_file(self._key2path(key), _LARGEST).decode())
        except Exception as error:  # a file of another program can make the library raise anything
            raise KeyError(key) from error

    def _read(self, key: str, text: str) -> CachedResponse:
        answer = self.deserialize(key, text)
        if not isinstance(answer, CachedResponse):
            raise TypeError("not an answer")
        # The library regards an answer without a time as made now.
        created = datetime.fromisoformat(json.loads(text)["created_at"])
        if created > datetime.now(UTC) + _CLOCK_DIFFERENCE:
            raise ValueError("an answer from the future")
        latest = created + self._expires
        answer.expires = latest if answer.expires is None else min(answer.expires, latest)
        answer.encoding = "utf-8"
        return answer

    def __setitem__(self, key: str, value: Any) -> None:
        """Write an answer that came, or was confirmed, now, and replace an older one."""
        value.created_at = datetime.now(UTC)
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

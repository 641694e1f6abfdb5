"""The folder of cached answers, with one file per answer that only its owner can read.

The folder is opened once and held open, so its name may lead elsewhere meanwhile. A file is never
written in place: a new file replaces the old file or link.

Somebody else may have written a file, if the folder came with a checkout. So its encoding does not
count, and it cannot make an answer fresh for longer than the settings say.
"""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from requests_cache.backends.base import BaseStorage
from requests_cache.models.response import CachedResponse
from requests_cache.serializers import json_serializer

from shortcodes.files.folders import BoundPath, check_owner, read_own_file

_LARGEST = 4_000_000
"""The size limit of a file, in bytes; the table of all regions has 13,000."""
_CLOCK_DIFFERENCE = timedelta(minutes=5)
"""How far in the future an answer may be, since another computer may have written it."""
_SUFFIX = ".json"
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class CacheFolder(BaseStorage[str, Any]):
    """Cached answers by key. Raises `OSError` if the folder cannot be created or written to."""

    def __init__(self, path: BoundPath, expires: timedelta) -> None:
        """Open the folder, which is created if it does not exist.

        Args:
            path: The folder.
            expires: How long an answer is used without asking again.

        Raises:
            OSError: The folder cannot be opened or created, or belongs to another user.
            OutsideError: The path leads out of the folder that it must stay in.
        """
        super().__init__(serializer=json_serializer)
        self._expires = expires
        with ExitStack() as stack:
            self._folder = stack.enter_context(path.hold(mode=0o700))
            check_owner(self._folder.read_status(os.curdir))
            weakref.finalize(self, stack.pop_all().close)

    def __getitem__(self, key: str) -> CachedResponse:
        """Return an answer. Raises `KeyError` if there is none, or it cannot be read."""
        try:
            return self._read(key, read_own_file(self._folder, key + _SUFFIX, _LARGEST).decode())
        except Exception as error:  # a file of another program can make the library raise anything
            raise KeyError(key) from error

    def __delitem__(self, key: str) -> None:
        """Delete an answer. Raises `KeyError` if that is not possible."""
        try:
            self._folder.unlink(key + _SUFFIX)
        except OSError as error:
            raise KeyError(key) from error

    def __iter__(self) -> Iterator[str]:
        files = self._folder.list_files()
        return (name.removesuffix(_SUFFIX) for name in files if name.endswith(_SUFFIX))

    def __len__(self) -> int:
        return sum(1 for _ in self)

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
        name = f".{os.urandom(8).hex()}.part"
        descriptor = self._folder.open(name, _CREATE)
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
            self._folder.replace(name, key + _SUFFIX)
        except BaseException:
            with suppress(OSError):
                self._folder.unlink(name)
            raise

"""The base class of sources that are asked over HTTPS.

A source has an `Origin`, a base URL and endpoints. Each endpoint has a function that turns an
answer into rows of a table while it arrives.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from shortcodes_covid19 import table
from shortcodes_covid19.figures import Figures, Origin, SourceError
from shortcodes_covid19.regions import is_code
from shortcodes_covid19.settings import Settings

if TYPE_CHECKING:
    from shortcodes_covid19.data_sources.client import Client

_CLIENT_LOCK = threading.Lock()
"""Held while a client is built, so that the threads that use a source share one. All sources share
the lock, because a source with a lock of its own could not be pickled."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of a source."""

    path: str
    """The path below the base URL, with its query."""
    read: Callable[[Iterator[bytes]], Iterable[table.Row]]
    """Returns the rows of an answer, given as bytes. Raises `ValueError`."""
    may_have: Callable[[str], bool]
    """Returns whether the endpoint may have figures of a region."""


class HttpSource:
    """A source that is asked over HTTPS."""

    origin: ClassVar[Origin]
    base_url: ClassVar[str]
    endpoints: ClassVar[tuple[Endpoint, ...]]

    def __init__(self, settings: Settings) -> None:
        key = self.origin.key
        self._base = settings.base_urls.get(key, self.base_url)
        if "@" in urlsplit(self._base).netloc:
            raise ValueError(f"the base URL of {key} must not contain a user name or password")
        if urlsplit(self._base).scheme != "https" or not urlsplit(self._base).hostname:
            raise ValueError(f"the base URL of {key} must begin with https://, not {self._base!r}")
        self._settings = settings

    @cached_property
    def _client(self) -> Client:
        # It imports requests, which takes a while, so not before the first request.
        from shortcodes_covid19.data_sources.client import Client

        return Client(self._base, self._settings)

    def fetch(self, regions: Collection[str]) -> Mapping[str, Figures]:
        """Return the figures of the regions that the source has, with one request per endpoint.

        Raises `SourceError`, which has the figures of cached answers.
        """
        figures: dict[str, Figures] = {}
        problems: list[str] = []
        for endpoint in self.endpoints:
            codes = [region for region in regions if is_code(region) and endpoint.may_have(region)]
            if not codes:
                continue
            try:
                problem, answer = self._ask(endpoint)
                figures.update(answer.select(codes))
                problems += [problem] if problem else []
            except (OSError, ValueError) as error:  # exceptions of requests are OSErrors
                problems.append(str(error))
        if problems:
            raise SourceError(f"{self.origin.key}: {'; '.join(dict.fromkeys(problems))}", figures)
        return figures

    def _ask(self, endpoint: Endpoint) -> tuple[str, table.Table]:
        """Return a table, and the problem because of which it is an old one, if any."""
        read = partial(self._convert, endpoint)
        with _CLIENT_LOCK:
            client = self._client
        answer = client.get(endpoint.path, read)
        try:
            return answer.problem, _read_table(answer.text, self.origin.key)
        except table.TableError:  # the cached answer is not a table any more
            answer = client.get(endpoint.path, read, again=True)
            return answer.problem, _read_table(answer.text, self.origin.key)

    def _convert(self, endpoint: Endpoint, chunks: Iterator[bytes]) -> str:
        """Return the table to cache for the body of an answer."""
        rows = endpoint.read(chunks)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        text = table.write(self.origin, rows, fetched=now)
        _read_table(text, self.origin.key)  # raises for a table that cannot be read
        return text


@lru_cache(maxsize=16)
def _read_table(text: str, key: str) -> table.Table:
    return table.read(text, "csv", key)

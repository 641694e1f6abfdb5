"""Sources on the network: what they have in common.

Each is an `Origin`, an address, and for every path below it a reader, which turns the answer, as it
arrives, into rows of a table.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of a source."""

    path: str
    """Below the base URL, with its query."""
    read: Callable[[Iterator[bytes]], Iterable[table.Row]]
    """Turns the bytes of an answer into rows. Raises `ValueError`."""
    has: Callable[[str], bool]
    """Whether a region is to be looked for there."""


class HttpSource:
    """A source that is asked by HTTP; see `client.py` for how."""

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
        """Return figures for those of the regions that the source has: a request per address.

        Raises `SourceError`, with what the source said the last time if that is kept.
        """
        found: dict[str, Figures] = {}
        troubles: list[str] = []
        for endpoint in self.endpoints:
            wanted = [region for region in regions if is_code(region) and endpoint.has(region)]
            if not wanted:
                continue
            try:
                trouble, answer = self._answer(endpoint)
                found.update(answer.of(wanted))
                troubles += [trouble] if trouble else []
            except (OSError, ValueError) as error:  # what requests raises is an OSError
                troubles.append(str(error))
        if troubles:
            raise SourceError(f"{self.origin.key}: {'; '.join(dict.fromkeys(troubles))}", found)
        return found

    def _answer(self, endpoint: Endpoint) -> tuple[str, table.Table]:
        """Return what went wrong all the same, and what was answered."""
        read = partial(self._kept, endpoint)
        answer = self._client.get(endpoint.path, read)
        try:
            return answer.trouble, _table(answer.text, self.origin.key)
        except table.TableError:  # what was kept is no table any more
            answer = self._client.get(endpoint.path, read, again=True)
            return answer.trouble, _table(answer.text, self.origin.key)

    def _kept(self, endpoint: Endpoint, chunks: Iterator[bytes]) -> str:
        rows = endpoint.read(chunks)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        text = table.write(self.origin, rows, fetched=now)
        _table(text, self.origin.key)  # what cannot be read is not kept
        return text


@lru_cache(maxsize=16)
def _table(text: str, key: str) -> table.Table:
    return table.read(text, "csv", key)

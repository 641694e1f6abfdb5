"""HTTP as sources need it: one server, asked seldom, believed little.

Only https, and only the server that is configured, redirects included. Each answer has to be there
whole within a deadline that nothing extends, and may not be larger than a limit. It is read as it
arrives into the table of figures that is wanted of it, and that is all that is kept: the cache
(requests-cache, a JSON file for each address) holds nothing large, and nothing that could not be
read. So an answer in bad form counts as none, like a server that is off, and what was kept before
stands in for it, however old.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path

import requests
from requests_cache import CachedSession
from requests_cache.backends.base import BaseCache

from shortcodes import __version__
from shortcodes_covid19.data_sources.cache_folder import CacheFolder
from shortcodes_covid19.data_sources.decompression import ACCEPTED
from shortcodes_covid19.data_sources.failures import NoAnswerError, describe_error
from shortcodes_covid19.data_sources.transport import Reader, Transport, parse_server
from shortcodes_covid19.settings import Settings

USER_AGENT = f"shortcode-engine/{__version__} (python-requests/{requests.__version__})"

_REDIRECTS = 5

logging.getLogger("requests_cache").addHandler(logging.NullHandler())  # it logs what we report


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, now or before."""

    text: str
    trouble: str = ""
    """What went wrong all the same; empty where nothing did."""


class Client:
    """Asks one server. May be used from many threads, which wait for each other."""

    def __init__(self, base_url: str, settings: Settings) -> None:
        self._base = base_url.rstrip("/")
        self._settings = settings
        self._lock = threading.Lock()
        self._transport = Transport(self._base, settings)
        self._trouble = ""
        self._session = self._made()

    def get(self, path: str, read: Reader, *, again: bool = False) -> Answer:
        """Return what is kept of the answer at a path below the base URL.

        With `again`, what was kept before does not count. Raises `NoAnswerError` where there is
        none, neither new nor old.
        """
        again = again or self._settings.refresh
        with self._lock:
            self._transport.begin(read)
            try:
                answer = self._asked(path, again)
            except requests.RequestException as error:
                raise NoAnswerError(self._say(describe_error(error))) from None
            except Exception as error:  # the cache is broken in a way of its own
                self._without_cache(error)
                kept = self._transport.answer
                answer = Answer(kept) if kept is not None else self._asked(path, again)
            said, self._trouble = self._trouble, ""
            trouble = "; ".join(filter(None, (said, answer.trouble)))
            return Answer(answer.text, trouble)

    def _asked(self, path: str, again: bool) -> Answer:
        response = self._session.get(
            f"{self._base}/{path}", timeout=self._settings.timeout, force_refresh=again
        )
        trouble = ""
        if self._transport.failure is not None:
            since = getattr(response, "created_at", None)
            kept = f"its answer of {since:%Y-%m-%d %H:%M} UTC" if since else "its last answer"
            trouble = f"{self._say(describe_error(self._transport.failure))}; {kept} is used"
        return Answer(response.text, trouble)

    def _say(self, reason: str) -> str:
        _, host, port = parse_server(self._base)
        return f"{host}{'' if port == 443 else f':{port}'}: {reason}"

    def _made(self) -> CachedSession:
        cache = BaseCache()
        if self._settings.cache is not None:
            try:
                cache.responses = CacheFolder(Path(self._settings.cache))
            except OSError as error:
                self._without(error)
        session = CachedSession(
            backend=cache,
            expire_after=timedelta(seconds=self._settings.expires),
            stale_if_error=True,
        )
        session.max_redirects = _REDIRECTS
        session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": ACCEPTED})
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("https://", "http://", ""):
            session.mount(scheme, self._transport)
        return session

    def _without(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or type(error).__name__
        self._trouble = f"the cache {self._settings.cache} cannot be used: {str(reason).lower()}"

    def _without_cache(self, error: Exception) -> None:
        self._without(error)
        self._session.cache = BaseCache()

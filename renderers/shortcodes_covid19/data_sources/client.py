"""The HTTPS client of data sources, with a cache and strict limits.

It uses only https and only the configured server, also after redirects. A whole answer must arrive
within a deadline, and must not exceed a size limit. It is converted into a table of figures while
it arrives, and only that table is cached (requests-cache, one JSON file per address). So the cache
has nothing large, and nothing that cannot be read. An answer that cannot be converted is treated
like a server that does not answer: the cached table is used, however old it is.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from http.cookiejar import DefaultCookiePolicy

import requests
from requests_cache import CachedSession
from requests_cache.backends.base import BaseCache

from shortcodes import __version__
from shortcodes.files.folders import OutsideError, bind_path
from shortcodes_covid19.data_sources.cache_folder import CacheFolder
from shortcodes_covid19.data_sources.decompression import ACCEPTED
from shortcodes_covid19.data_sources.failures import NoAnswerError, describe_error
from shortcodes_covid19.data_sources.transport import Reader, Transport, parse_server
from shortcodes_covid19.settings import Settings

USER_AGENT = f"shortcode-engine/{__version__} (python-requests/{requests.__version__})"

_REDIRECTS = 5

logging.getLogger("requests_cache").addHandler(
    logging.NullHandler()
)  # its errors are reported as diagnostics


@dataclass(frozen=True, slots=True)
class Answer:
    """A new or a cached answer."""

    text: str
    problem: str = ""
    """What went wrong, although there is an answer; else empty."""


class Client:
    """Asks one server. Threads that share a client wait for each other."""

    def __init__(self, base_url: str, settings: Settings) -> None:
        self._base = base_url.rstrip("/")
        self._settings = settings
        self._lock = threading.Lock()
        self._transport = Transport(self._base, settings)
        self._cache_problem = ""
        self._session = self._build_session()

    def get(self, path: str, read: Reader, *, again: bool = False) -> Answer:
        """Return the answer for a path below the base URL, as `read` converts it.

        With `again`, a cached answer is used only if the server does not answer. Raises
        `NoAnswerError` if there is neither a new nor a cached answer.
        """
        again = again or self._settings.refresh
        with self._lock:
            self._transport.begin(read)
            try:
                answer = self._request(path, again)
            except requests.RequestException as error:
                raise NoAnswerError(self._name_server(describe_error(error))) from None
            except Exception as error:  # a broken cache can raise anything
                self._drop_cache(error)
                text = self._transport.answer
                answer = Answer(text) if text is not None else self._request(path, again)
            cache_problem, self._cache_problem = self._cache_problem, ""
            problem = "; ".join(filter(None, (cache_problem, answer.problem)))
            return Answer(answer.text, problem)

    def _request(self, path: str, again: bool) -> Answer:
        response = self._session.get(
            f"{self._base}/{path}", timeout=self._settings.timeout, force_refresh=again
        )
        problem = ""
        if self._transport.failure is not None:
            since = getattr(response, "created_at", None)
            cached = f"its answer of {since:%Y-%m-%d %H:%M} UTC" if since else "its last answer"
            problem = (
                f"{self._name_server(describe_error(self._transport.failure))}; {cached} is used"
            )
        return Answer(response.text, problem)

    def _name_server(self, reason: str) -> str:
        _, host, port = parse_server(self._base)
        return f"{host}{'' if port == 443 else f':{port}'}: {reason}"

    def _build_session(self) -> CachedSession:
        cache, expires = BaseCache(), timedelta(seconds=self._settings.expires)
        if self._settings.cache is not None:
            try:
                cache.responses = CacheFolder(bind_path(self._settings.cache), expires)
            except (OSError, OutsideError) as error:
                self._note_cache_problem(error)
        session = CachedSession(
            backend=cache,
            expire_after=expires,
            stale_if_error=True,
        )
        session.max_redirects = _REDIRECTS
        session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": ACCEPTED})
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("https://", "http://", ""):
            session.mount(scheme, self._transport)
        return session

    def _note_cache_problem(self, error: Exception) -> None:
        if isinstance(error, OutsideError):
            reason = str(error)
        else:
            reason = str(getattr(error, "strerror", None) or type(error).__name__).lower()
        self._cache_problem = f"the cache {self._settings.cache} cannot be used: {reason}"

    def _drop_cache(self, error: Exception) -> None:
        self._note_cache_problem(error)
        self._session.cache = BaseCache()

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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from requests_cache.backends.base import BaseCache
from requests_cache.backends.filesystem import FileDict
from urllib3 import Retry
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import DecodeError, HTTPError, MaxRetryError, ResponseError
from urllib3.exceptions import TimeoutError as Silence
from urllib3.response import BaseHTTPResponse

from shortcodes import __version__
from shortcodes_covid19.settings import Settings

USER_AGENT = f"shortcode-engine/{__version__} (python-requests/{requests.__version__})"

_AT_ONCE = 65536
_TRIES_AGAIN = 2
_AGAIN = (429, 500, 502, 503, 504)
_REDIRECTS = 5
_SHOWN = 40
_OK, _NOT_MODIFIED = 200, 304

logging.getLogger("requests_cache").addHandler(logging.NullHandler())  # it logs what we report

Reader = Callable[[Iterator[bytes]], str]
"""Turns the bytes of an answer into what is kept of it. Raises `ValueError`."""

Result = TypeVar("Result")


class RefusalError(requests.RequestException):
    """There is no answer that can be used; the message is a lower-case fact."""


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
        self._adapter = _Adapter(self._base, settings)
        self._trouble = ""
        self._session = self._made()

    def get(self, path: str, read: Reader) -> Answer:
        """Return what is kept of the answer at a path below the base URL.

        Raises `RefusalError` where there is none, neither new nor old.
        """
        with self._lock:
            self._adapter.begin(read)
            try:
                answer = self._asked(path)
            except requests.RequestException as error:
                raise RefusalError(self._say(_reason(error))) from None
            except Exception as error:  # the cache is broken in a way of its own
                self._without_cache(error)
                answer = self._adapter.read or self._asked(path)
            said, self._trouble = self._trouble, ""
            trouble = "; ".join(filter(None, (said, answer.trouble)))
            return Answer(answer.text, trouble)

    def _asked(self, path: str) -> Answer:
        again = self._settings.refresh
        response = self._session.get(
            f"{self._base}/{path}", timeout=self._settings.timeout, force_refresh=again
        )
        trouble = ""
        if self._adapter.failure is not None:
            since = getattr(response, "created_at", None)
            kept = f"; what it said on {since:%Y-%m-%d %H:%M} UTC is used" if since else ""
            trouble = self._say(_reason(self._adapter.failure)) + kept
        return Answer(response.text, trouble)

    def _say(self, reason: str) -> str:
        return f"{urlsplit(self._base).netloc}: {reason}"

    def _made(self) -> CachedSession:
        cache = BaseCache()
        if self._settings.cache is not None:
            try:
                cache.responses = FileDict(self._settings.cache)
            except OSError as error:
                self._without(error)
        session = CachedSession(
            backend=cache,
            expire_after=timedelta(seconds=self._settings.expires),
            stale_if_error=True,
        )
        session.max_redirects = _REDIRECTS
        session.headers["User-Agent"] = USER_AGENT
        session.mount("https://", self._adapter)
        session.mount("http://", self._adapter)
        return session

    def _without(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or type(error).__name__
        self._trouble = f"the cache {self._settings.cache} cannot be used: {str(reason).lower()}"

    def _without_cache(self, error: Exception) -> None:
        self._without(error)
        self._session.cache = BaseCache()


class _Retry(Retry):
    """Tries again when a server is busy, but not where it asks for more patience than there is."""

    patience: float = 0
    """Until when, by `monotonic`."""

    def new(self, **changes: Any) -> _Retry:
        """Return another for the next try."""
        made = super().new(**changes)
        made.patience = self.patience
        return made

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> _Retry:
        """Return what is left to try; raise where that is nothing."""
        wait = self.get_retry_after(response) if response is not None else None
        if _pool is not None and wait is not None and monotonic() + wait > self.patience:
            raise MaxRetryError(_pool, url or "", ResponseError("asks for too much patience"))
        return super().increment(method, url, response, error, _pool, _stacktrace)


class _Adapter(HTTPAdapter):
    """Sends what may be sent, and reads what comes back, in the time that is left."""

    def __init__(self, base_url: str, settings: Settings) -> None:
        super().__init__()
        self._server = _server(base_url)
        self._settings = settings
        self._until = 0.0
        self._read: Reader = lambda chunks: ""
        self.failure: Exception | None = None
        """Why the last request has no answer."""
        self.read: Answer | None = None
        """The last answer."""

    def begin(self, read: Reader) -> None:
        """Begin a new request, with all of its time."""
        self._until = monotonic() + self._settings.deadline
        self._read, self.failure, self.read = read, None, None

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # type: ignore[override]
        """Return the answer to a request, or to one hop of it, with what is kept as its body."""
        try:
            if _server(str(request.url)) != self._server:
                place = "{}://{}:{}".format(*_server(str(request.url)))
                raise RefusalError(f"redirects to {place}, where it may not")
            left = self._until - monotonic()
            response = _within(left, lambda ended: self._sent(request, how, ended))
        except Exception as error:
            self.failure = error
            raise
        if response.status_code == _OK:
            self.read = Answer(response.text)
        return response

    def _sent(
        self, request: requests.PreparedRequest, how: dict[str, Any], ended: threading.Event
    ) -> requests.Response:
        retry = _Retry(
            _TRIES_AGAIN, status_forcelist=_AGAIN, backoff_factor=0.3, raise_on_status=False
        )
        retry.patience = self._until
        self.max_retries = retry
        try:
            response = super().send(request, **{**how, "stream": True})
            try:
                kept = "" if _passes(response) else self._kept(response, ended)
            finally:
                response.raw.close()
        except HTTPError as error:
            raise RefusalError(_reason(error)) from error
        response._content = kept.encode()
        response._content_consumed = True  # type: ignore[attr-defined]
        for name in ("Content-Encoding", "Content-Length", "Transfer-Encoding"):
            response.headers.pop(name, None)
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        response.encoding = "utf-8"
        return response

    def _kept(self, response: requests.Response, ended: threading.Event) -> str:
        if response.status_code != _OK:
            wait = response.headers.get("Retry-After", "")[:_SHOWN]
            asks = f", and asks to wait: {wait!r}" if wait else ""
            raise RefusalError(f"answers {response.status_code}{asks}")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == "text/html":
            raise RefusalError("answers with a page (text/html) where figures should be")
        try:
            return self._read(self._chunks(response, ended))
        except ValueError as error:
            raise RefusalError(f"answers what cannot be read: {error}") from error

    def _chunks(self, response: requests.Response, ended: threading.Event) -> Iterator[bytes]:
        """Give the body as it arrives, as far as it may go."""
        limit, progress = self._settings.limit, self._settings.progress
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None
        packed = "Content-Encoding" in response.headers
        too_large = RefusalError(f"answers with more than {limit:,} bytes")
        if total is not None and total > limit:
            raise too_large
        came = 0
        while chunk := response.raw.read1(_AT_ONCE, decode_content=True):
            came += len(chunk)
            if ended.is_set():
                raise RefusalError("nobody waits any more")
            if came > limit:
                raise too_large
            if progress is not None:
                progress(came, None if packed else total)
            yield chunk


def _passes(response: requests.Response) -> bool:
    """Whether the body of an answer is of no interest: its head says all."""
    return response.is_redirect or response.status_code == _NOT_MODIFIED


def _server(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port; all of a URL that is not https is another server."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or 443
    except ValueError:
        return "", "", 0


def _within(seconds: float, work: Callable[[threading.Event], Result]) -> Result:
    """Return what the work comes to, or raise when its time is over, whatever it is doing.

    A server that sends a byte now and then keeps every read alive, and looking up a host's name
    knows no time at all: so it runs in a thread, which is left to itself and ends by itself.
    """
    ended, made, failed = threading.Event(), list[Result](), list[BaseException]()

    def run() -> None:
        try:
            made.append(work(ended))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(0, seconds))
    if made:
        return made[0]
    if failed:
        raise failed[0]
    ended.set()
    raise RefusalError("took longer than it may")


def _reason(error: BaseException) -> str:
    """Return in a few words why there is no answer."""
    if isinstance(error, RefusalError):
        return str(error)
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not let through"
    if isinstance(error, requests.exceptions.Timeout | Silence):
        return "is silent"
    if isinstance(error, DecodeError):
        return "answers what cannot be unpacked"
    if isinstance(error, requests.exceptions.TooManyRedirects):
        return "redirects without end"
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
    return "the connection broke off"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error and those that it came of, as libraries carry them about."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        one = waiting.pop(0)
        if any(one is other for other in seen):
            continue
        seen.append(one)
        yield one
        inner = [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
        waiting += [other for other in inner if isinstance(other, BaseException)]

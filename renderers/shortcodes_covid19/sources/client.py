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
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
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
from urllib3 import HTTPSConnectionPool, ProxyManager, Retry
from urllib3.connection import HTTPSConnection
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

    def get(self, path: str, read: Reader, *, again: bool = False) -> Answer:
        """Return what is kept of the answer at a path below the base URL.

        With `again`, what was kept before does not count. Raises `RefusalError` where there is
        none, neither new nor old.
        """
        again = again or self._settings.refresh
        with self._lock:
            self._adapter.begin(read)
            try:
                answer = self._asked(path, again)
            except requests.RequestException as error:
                raise RefusalError(self._say(_reason(error))) from None
            except Exception as error:  # the cache is broken in a way of its own
                self._without_cache(error)
                answer = self._adapter.read or self._asked(path, again)
            said, self._trouble = self._trouble, ""
            trouble = "; ".join(filter(None, (said, answer.trouble)))
            return Answer(answer.text, trouble)

    def _asked(self, path: str, again: bool) -> Answer:
        response = self._session.get(
            f"{self._base}/{path}", timeout=self._settings.timeout, force_refresh=again
        )
        trouble = ""
        if self._adapter.failure is not None:
            since = getattr(response, "created_at", None)
            kept = f"what it said on {since:%Y-%m-%d %H:%M} UTC" if since else "what it said before"
            trouble = f"{self._say(_reason(self._adapter.failure))}; {kept} is used"
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
        for scheme in ("https://", "http://", ""):
            session.mount(scheme, self._adapter)
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
        if _pool is not None and monotonic() + (wait or 0) > self.patience:
            raise MaxRetryError(_pool, url or "", error or ResponseError("it takes too long"))
        return super().increment(method, url, response, error, _pool, _stacktrace)


class _Adapter(HTTPAdapter):
    """Sends what may be sent, and reads what comes back, in the time that is left."""

    def __init__(self, base_url: str, settings: Settings) -> None:
        self._lines = _Lines()
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

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pool of connections, each of which can be cut."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._lines.pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        """Return the pool of connections through a proxy, each of which can be cut."""
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._lines.pools
        return manager

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # type: ignore[override]
        """Return the answer to a request, or to one hop of it, with what is kept as its body."""
        try:
            if _server(str(request.url)) != self._server:
                place = "{}://{}:{}".format(*_server(str(request.url)))
                raise RefusalError(f"redirects to {place}, where it may not")
            left = self._until - monotonic()
            response = _within(left, lambda: self._sent(request, how), self._lines.cut)
        except Exception as error:
            self.failure = error
            raise
        # Whatever becomes of a redirect, it is no answer yet.
        self.failure = RefusalError("redirects without end") if response.is_redirect else None
        if response.status_code == _OK:
            self.read = Answer(response.text)
        return response

    def _sent(self, request: requests.PreparedRequest, how: dict[str, Any]) -> requests.Response:
        retry = _Retry(
            _TRIES_AGAIN, status_forcelist=_AGAIN, backoff_factor=0.3, raise_on_status=False
        )
        retry.patience = self._until
        self.max_retries = retry
        try:
            response = super().send(request, **{**how, "stream": True})
            try:
                kept = "" if _passes(response) else self._kept(response)
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

    def _kept(self, response: requests.Response) -> str:
        if response.status_code != _OK:
            wait = response.headers.get("Retry-After", "")[:_SHOWN]
            asks = f", and asks to wait: {wait!r}" if wait else ""
            raise RefusalError(f"answers {response.status_code}{asks}")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == "text/html":
            raise RefusalError("answers with a page (text/html) where figures should be")
        try:
            return self._read(self._chunks(response))
        except ValueError as error:
            raise RefusalError(f"answers what cannot be read: {error}") from error

    def _chunks(self, response: requests.Response) -> Iterator[bytes]:
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
            if came > limit:
                raise too_large
            if progress is not None:
                progress(came, None if packed else total)
            yield chunk


class _Lines:
    """The connections of a request, so that they can be cut from outside."""

    def __init__(self) -> None:
        self._open = lines = list[socket.socket]()

        class Connection(HTTPSConnection):
            """One that leaves a hold on its socket, before TLS wraps it."""

            def _new_conn(self) -> socket.socket:
                line = super()._new_conn()
                lines.append(line.dup())
                return line

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self.pools: dict[str, type] = {"https": Pool}

    def cut(self) -> None:
        """Let every read and write that waits end at once, and forget the connections."""
        while self._open:
            with self._open.pop() as line, suppress(OSError):  # the other side may be gone
                line.shutdown(socket.SHUT_RDWR)


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


def _within(seconds: float, work: Callable[[], Result], cut: Callable[[], None]) -> Result:
    """Return what the work comes to; when its time is over, cut its connections and raise.

    A server that sends a byte now and then keeps every read alive, and looking up a host's name
    knows no time at all: so it runs in a thread, whose end is not waited for.
    """
    made, failed = list[Result](), list[BaseException]()

    def run() -> None:
        try:
            made.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(0, seconds))
    cut()
    if made:
        return made[0]
    raise failed[0] if failed else RefusalError("took longer than it may")


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (requests.exceptions.Timeout, "is silent"),
    (Silence, "is silent"),
    (requests.exceptions.TooManyRedirects, "redirects without end"),
    (DecodeError, "answers what cannot be unpacked"),
)


def _reason(error: BaseException) -> str:
    """Return in a few words why there is no answer."""
    if isinstance(error, RefusalError):
        return str(error)
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return "its certificate is not trusted"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not let through"
    said = (
        cause.strerror.lower() for cause in causes if isinstance(cause, OSError) and cause.strerror
    )
    known = (words for cause in causes for kind, words in _REASONS if isinstance(cause, kind))
    return next(said, next(known, "the connection broke off"))


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

"""The way to a server and back: what may be sent, and what is read of an answer, in what time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPSConnectionPool, ProxyManager, Retry
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import HTTPError, MaxRetryError, ResponseError
from urllib3.response import BaseHTTPResponse

from shortcodes_covid19.data_sources.decompression import decompress
from shortcodes_covid19.data_sources.failures import NoAnswerError, describe_error
from shortcodes_covid19.settings import Settings

_AT_ONCE = 65536
_TRIES_AGAIN = 2
_AGAIN = (429, 500, 502, 503, 504)
_SHOWN = 40
_OK, _NOT_MODIFIED = 200, 304
_SENT = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "if-modified-since",
        "if-none-match",
        "user-agent",
    }
)
"""What of a request's head is sent, beside the host: nothing that libraries found somewhere else,
such as passwords in ~/.netrc or cookies of a redirect."""

_HEADERS = ("ETag", "Last-Modified", "Location")
"""What of an answer's head is kept."""

Reader = Callable[[Iterator[bytes]], str]
"""Turns the bytes of an answer into what is kept of it. Raises `ValueError`."""

Result = TypeVar("Result")


class Transport(HTTPAdapter):
    """Sends what may be sent, and reads what comes back, in the time that is left."""

    def __init__(self, base_url: str, settings: Settings) -> None:
        self._lines = _Lines()
        super().__init__()
        self._server = parse_server(base_url)
        self._settings = settings
        self._until = 0.0
        self._read: Reader = lambda chunks: ""
        self.failure: Exception | None = None
        """Why the last request has no answer."""
        self.answer: str | None = None
        """What is kept of the last answer."""

    def begin(self, read: Reader) -> None:
        """Begin a new request, with all of its time."""
        self._until = monotonic() + self._settings.deadline
        self._read, self.failure, self.answer = read, None, None

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pool of connections, each of which can be cut."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._lines.pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        """Return the pool of connections through a proxy, each of which can be cut."""
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        if type(manager) is ProxyManager:  # others, such as SOCKS, have pools of their own
            manager.pool_classes_by_scheme = self._lines.pools
        return manager

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # type: ignore[override]
        """Return the answer to a request, or to one hop of it, with what is kept as its body."""
        try:
            if parse_server(str(request.url)) != self._server:
                place = "{}://{}:{}".format(*parse_server(str(request.url)))
                raise NoAnswerError(f"redirects to another server, {place}")
            head = request.headers.items()
            request.headers = CaseInsensitiveDict({k: v for k, v in head if k.lower() in _SENT})
            left = self._until - monotonic()
            response = _run_within(left, lambda: self._sent(request, how), self._lines.cut)
        except Exception as error:
            self.failure = error
            raise
        # Whatever becomes of a redirect, it is no answer yet.
        self.failure = NoAnswerError("redirects too often") if response.is_redirect else None
        if response.status_code == _OK:
            self.answer = response.text
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
            raise NoAnswerError(describe_error(error)) from error
        response._content = kept.encode()
        response._content_consumed = True  # type: ignore[attr-defined]
        head = {name: response.headers[name] for name in _HEADERS if name in response.headers}
        response.headers = CaseInsensitiveDict(head)
        response.encoding = "utf-8"
        return response

    def _kept(self, response: requests.Response) -> str:
        if response.status_code != _OK:
            wait = response.headers.get("Retry-After", "")[:_SHOWN]
            asks = f", and asks to wait: {wait!r}" if wait else ""
            raise NoAnswerError(f"answered with status {response.status_code}{asks}")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == "text/html":
            raise NoAnswerError("sent a web page (text/html) instead of figures")
        try:
            return self._read(self._chunks(response))
        except ValueError as error:
            raise NoAnswerError(f"sent data that cannot be read: {error}") from error

    def _chunks(self, response: requests.Response) -> Iterator[bytes]:
        """Give the body as it arrives, as far as it may go."""
        limit, progress = self._settings.limit, self._settings.progress
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None
        encoding = response.headers.get("Content-Encoding", "")
        too_large = NoAnswerError(f"sent more than {limit:,} bytes")
        if total is not None and total > limit:
            raise too_large
        came = 0
        body = iter(lambda: response.raw.read1(_AT_ONCE, decode_content=False), b"")
        for chunk in decompress(body, encoding):
            came += len(chunk)
            if came > limit:
                raise too_large
            if progress is not None:
                progress(came, None if encoding else total)
            yield chunk


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
        if response is not None:
            response.close()  # else all of its body is read before the next try
        if _pool is not None and monotonic() + (wait or 0) > self.patience:
            raise MaxRetryError(_pool, url or "", error or ResponseError("it takes too long"))
        return super().increment(method, url, response, error, _pool, _stacktrace)


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


def parse_server(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port; all of a URL that is not https is another server."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or 443
    except ValueError:
        return "", "", 0


def _run_within(seconds: float, work: Callable[[], Result], cut: Callable[[], None]) -> Result:
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
    try:
        thread.join(max(0, seconds))
        is_late = thread.is_alive()
    finally:
        cut()
    if is_late:  # what it comes to now is made of what was cut
        raise NoAnswerError("took too long")
    if failed:
        raise failed[0]
    return made[0]

"""Sends requests and reads answers, within the limits of the settings."""

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

_CHUNK_SIZE = 65536
_RETRIES = 2
_RETRY_STATUSES = (429, 500, 502, 503, 504)
_LONGEST_QUOTE = 40
_OK, _NOT_MODIFIED = 200, 304
_REQUEST_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "if-modified-since",
        "if-none-match",
        "user-agent",
    }
)
"""The headers of a request that are sent beside `Host`. Libraries add others, such as passwords
from `~/.netrc` or cookies of a redirect; they are removed."""

_RESPONSE_HEADERS = ("ETag", "Last-Modified", "Location")
"""The headers of an answer that are kept."""

Reader = Callable[[Iterator[bytes]], str]
"""Returns the text to keep of an answer, given as bytes. Raises `ValueError`."""

Result = TypeVar("Result")


class Transport(HTTPAdapter):
    """An adapter for requests that allows one server, few headers, and limited time."""

    def __init__(self, base_url: str, settings: Settings) -> None:
        self._connections = _Connections()
        super().__init__()
        self._server = parse_server(base_url)
        self._settings = settings
        self._deadline = 0.0
        self._read: Reader = lambda chunks: ""
        self.failure: Exception | None = None
        """Why the last request has no usable answer."""
        self.answer: str | None = None
        """The text kept of the last answer."""

    def begin(self, read: Reader) -> None:
        """Start the time of a new request."""
        self._deadline = monotonic() + self._settings.deadline
        self._read, self.failure, self.answer = read, None, None

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Create the pool of connections, all of which can be aborted."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._connections.pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        """Return the pool of connections through a proxy, all of which can be aborted."""
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        if type(manager) is ProxyManager:  # others, such as SOCKS, have pools of their own
            manager.pool_classes_by_scheme = self._connections.pools
        return manager

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        """Return the answer to a request or a redirect, with the text to keep as its body."""
        try:
            if parse_server(str(request.url)) != self._server:
                server = "{}://{}:{}".format(*parse_server(str(request.url)))
                raise NoAnswerError(f"redirects to another server, {server}")
            head = request.headers.items()
            request.headers = CaseInsensitiveDict(
                {k: v for k, v in head if k.lower() in _REQUEST_HEADERS}
            )
            seconds = self._deadline - monotonic()
            response = _run_within(
                seconds, lambda: self._send_and_read(request, options), self._connections.abort
            )
        except Exception as error:
            self.failure = error
            raise
        # A redirect is not an answer yet, whatever follows it.
        self.failure = NoAnswerError("redirects too often") if response.is_redirect else None
        if response.status_code == _OK:
            self.answer = response.text
        return response

    def _send_and_read(
        self, request: requests.PreparedRequest, options: dict[str, Any]
    ) -> requests.Response:
        retry = _Retry(
            _RETRIES, status_forcelist=_RETRY_STATUSES, backoff_factor=0.3, raise_on_status=False
        )
        retry.deadline = self._deadline
        self.max_retries = retry
        try:
            response = super().send(request, **{**options, "stream": True})
            try:
                text = "" if _is_without_body(response) else self._read_body(response)
            finally:
                response.raw.close()
        except HTTPError as error:
            raise NoAnswerError(describe_error(error)) from error
        response._content = text.encode()
        response._content_consumed = True  # type: ignore[attr-defined]
        head = {
            name: response.headers[name] for name in _RESPONSE_HEADERS if name in response.headers
        }
        response.headers = CaseInsensitiveDict(head)
        response.encoding = "utf-8"
        return response

    def _read_body(self, response: requests.Response) -> str:
        if response.status_code != _OK:
            wait = response.headers.get("Retry-After", "")[:_LONGEST_QUOTE]
            asks = f", and asks to wait: {wait!r}" if wait else ""
            raise NoAnswerError(f"answered with status {response.status_code}{asks}")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == "text/html":
            raise NoAnswerError("sent a web page (text/html) instead of figures")
        try:
            return self._read(self._iterate_chunks(response))
        except ValueError as error:
            raise NoAnswerError(f"sent data that cannot be read: {error}") from error

    def _iterate_chunks(self, response: requests.Response) -> Iterator[bytes]:
        """Yield the body as it arrives, up to the size limit."""
        limit, progress = self._settings.limit, self._settings.progress
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None
        encoding = response.headers.get("Content-Encoding", "")
        too_large = NoAnswerError(f"sent more than {limit:,} bytes")
        if total is not None and total > limit:
            raise too_large
        received = 0
        body = iter(lambda: response.raw.read1(_CHUNK_SIZE, decode_content=False), b"")
        for chunk in decompress(body, encoding):
            received += len(chunk)
            if received > limit:
                raise too_large
            if progress is not None:
                progress(received, None if encoding else total)
            yield chunk


class _Retry(Retry):
    """Tries again if a server is busy, unless it asks to wait beyond the deadline."""

    deadline: float = 0
    """A time of `monotonic`."""

    def new(self, **changes: Any) -> _Retry:
        """Return a copy for the next attempt."""
        retry = super().new(**changes)
        retry.deadline = self.deadline
        return retry

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> _Retry:
        """Return the remaining attempts. Raises `MaxRetryError` if there are none."""
        wait = self.get_retry_after(response) if response is not None else None
        if response is not None:
            response.close()  # otherwise its whole body is read before the next attempt
        if _pool is not None and monotonic() + (wait or 0) > self.deadline:
            raise MaxRetryError(_pool, url or "", error or ResponseError("it takes too long"))
        return super().increment(method, url, response, error, _pool, _stacktrace)


class _Connections:
    """The connections of a request, so that another thread can abort them."""

    def __init__(self) -> None:
        self._open = sockets = list[socket.socket]()

        class Connection(HTTPSConnection):
            """A connection that stores a copy of its socket before TLS wraps it."""

            def _new_conn(self) -> socket.socket:
                connection = super()._new_conn()
                sockets.append(connection.dup())
                return connection

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self.pools: dict[str, type] = {"https": Pool}

    def abort(self) -> None:
        """End every read and write that waits, and forget the connections."""
        while self._open:
            with self._open.pop() as connection, suppress(OSError):  # it may be closed already
                connection.shutdown(socket.SHUT_RDWR)


def _is_without_body(response: requests.Response) -> bool:
    """Return whether the headers of an answer are enough, as for a redirect."""
    return response.is_redirect or response.status_code == _NOT_MODIFIED


def parse_server(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of a URL, or empty ones for an invalid URL."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or 443
    except ValueError:
        return "", "", 0


def _run_within(seconds: float, work: Callable[[], Result], abort: Callable[[], None]) -> Result:
    """Return the result of some work, or abort its connections and raise when its time is over.

    A server that sends a byte now and then never exceeds the timeout of a read, and the lookup of a
    host name has no timeout. So the work runs in a thread, which may outlive this call.
    """
    results, errors = list[Result](), list[BaseException]()

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        thread.join(max(0, seconds))
        is_late = thread.is_alive()
    finally:
        abort()
    if is_late:  # its result now would come from an aborted connection
        raise NoAnswerError("took too long")
    if errors:
        raise errors[0]
    return results[0]

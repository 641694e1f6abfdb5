"""Why there is no answer that can be used, in a few words."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import DecodeError, LocationValueError
from urllib3.exceptions import TimeoutError as Silence


class NoAnswerError(requests.RequestException):
    """There is no answer that can be used; the message is a lower-case fact."""


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (requests.exceptions.Timeout, "did not answer in time"),
    (Silence, "did not answer in time"),
    (requests.exceptions.TooManyRedirects, "redirects too often"),
    (requests.exceptions.InvalidSchema, "the proxy cannot be used"),
    (requests.exceptions.InvalidProxyURL, "the proxy cannot be used"),
    (LocationValueError, "the proxy cannot be used"),
    (DecodeError, "sent a body that cannot be decompressed"),
)


def describe_error(error: BaseException) -> str:
    """Return in a few words why there is no answer."""
    if isinstance(error, NoAnswerError):
        return str(error)
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return "its certificate is not trusted"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy refused the connection"
    said = (
        cause.strerror.lower() for cause in causes if isinstance(cause, OSError) and cause.strerror
    )
    known = (words for cause in causes for kind, words in _REASONS if isinstance(cause, kind))
    return next(said, next(known, "the connection was lost"))


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

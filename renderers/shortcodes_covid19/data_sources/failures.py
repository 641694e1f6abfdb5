"""Describes in a few words why a server gave no usable answer."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import DecodeError, LocationValueError
from urllib3.exceptions import TimeoutError as Silence


class NoAnswerError(requests.RequestException):
    """A server gave no usable answer; the message is one phrase."""


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
    """Return in a few words why there is no usable answer."""
    if isinstance(error, NoAnswerError):
        return str(error)
    causes = list(_walk_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return "its certificate is not trusted"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy refused the connection"
    system_messages = (
        cause.strerror.lower() for cause in causes if isinstance(cause, OSError) and cause.strerror
    )
    reasons = (words for cause in causes for kind, words in _REASONS if isinstance(cause, kind))
    return next(system_messages, next(reasons, "the connection was lost"))


def _walk_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and its causes, wherever libraries store them."""
    seen: list[BaseException] = []
    queue = [error]
    while queue:
        current = queue.pop(0)
        if any(current is other for other in seen):
            continue
        seen.append(current)
        yield current
        reason = getattr(current, "reason", None)
        causes = [current.__cause__, current.__context__, reason, *current.args]
        queue += [cause for cause in causes if isinstance(cause, BaseException)]

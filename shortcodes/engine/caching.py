"""Cached handlers: what they return is kept, and used again for a shortcode that is the same.

A cached handler sees only what the key of its cache holds: the tag, the attributes, the rendered
content, the format and the entries of the data that it names. Whatever else it saw would get into
the markup of others.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import blake2b
from inspect import iscoroutinefunction
from threading import Lock
from time import monotonic
from typing import Any, NoReturn, Protocol, runtime_checkable
from uuid import UUID

from markupsafe import Markup, escape

from shortcodes.call import Call
from shortcodes.common.checks import check_seconds
from shortcodes.common.log_text import escape_controls
from shortcodes.plugins import Context
from shortcodes.schemas.schema import Schema

_LOGGER = logging.getLogger("shortcodes")

MAX_ENTRIES = 1_000
MAX_LENGTH = 10_000_000
"""What a cache in memory holds: entries, and code points of all together. Texts choose the keys."""

HandlerResult = str | Awaitable[str]


@runtime_checkable
class Cache(Protocol):
    """Keeps values by key, such as a cache of cachelib, Django or aiocache."""

    def get(self, key: str) -> Any:
        """Return the value of a key, or `None` if there is none. May be asynchronous."""

    def set(self, key: str, value: str) -> Any:
        """Keep a value for as long as the cache is set up to. May be asynchronous."""


class MemoryCache:
    """Keeps values in memory for some seconds; when it is full, the one used least is dropped."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._entries: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._length = 0

    def get(self, key: str) -> str | None:
        """Return the value of a key that is not too old, or `None`."""
        with self._lock:
            ends, value = self._entries.get(key, (0.0, ""))
            if ends <= monotonic():
                return None
            self._entries.move_to_end(key)
            return value

    def set(self, key: str, value: str) -> None:
        """Keep a value; drop others if there are too many."""
        if len(value) > MAX_LENGTH:
            return
        with self._lock:
            _, old = self._entries.pop(key, (0.0, ""))
            self._entries[key] = monotonic() + self._seconds, value
            self._length += len(value) - len(old)
            while len(self._entries) > MAX_ENTRIES or self._length > MAX_LENGTH:
                _, (_, dropped) = self._entries.popitem(last=False)
                self._length -= len(dropped)

    def __reduce__(self) -> tuple[Any, ...]:
        return MemoryCache, (self._seconds,)


def check_cache(cache: object) -> None:
    """Raise `TypeError` or `ValueError` for what is neither seconds, a cache nor `None`."""
    if cache is None or (isinstance(cache, Cache) and not isinstance(cache, type)):
        return
    if isinstance(cache, bool) or not isinstance(cache, int | float):
        kind = type(cache).__name__
        raise TypeError(f"cache must be seconds or an object with get and set, not {kind}")
    check_seconds("cache", cache)


class _CachedContext(Context):
    """The context of a cached handler."""

    def unique_id(self, prefix: str) -> NoReturn:
        raise RuntimeError("a cached handler has no ids that are unique on a page")


class CachedCall(Call):
    """What a cached handler sees of a shortcode."""

    def __init__(self, call: Call, content: Markup, data: Mapping[str, Any] | None) -> None:
        self._context = _CachedContext(call.context.format)
        self._row, self._values, self._content = call._row, call.values, content
        self._entries = data

    @property
    def data(self) -> Mapping[str, Any]:
        """The entries that the handler names; there is no such attribute if it names none."""
        return self.__getattr__("data") if self._entries is None else self._entries

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a cached handler has no {name!r}, which is not in the key")


@dataclass(frozen=True, slots=True)
class CachedHandler:
    """A handler whose results are kept."""

    run: Callable[[Call], HandlerResult]
    cache: Cache
    owner: str
    """The import path of the handler: other handlers may use the same cache."""
    schema: Schema | None
    reads_content: bool
    entries: tuple[str, ...]
    """The entries of the data that the handler names."""

    def __call__(self, call: Call) -> Markup:
        """Return what was kept for the same shortcode, or else what the handler returns."""
        content = call.content if self.reads_content else Markup()
        data = self._select_data(call)
        key = self._build_key(call, content, data)
        try:
            kept = self.cache.get(key)
        except Exception as error:  # the page must not depend on the cache
            kept = None
            _log_failure(call, error)
        if (markup := _use_kept(call, kept)) is not None:
            return markup
        seen = self._prepare(call, content, data)
        try:
            result = self.run(seen)
        finally:
            call.context.diagnostics.extend(seen.context.diagnostics)
        if not isinstance(result, str):
            return result  # type: ignore[return-value]  # which fails
        markup, value = _finish(call, seen, result)
        if value is not None:
            try:
                self.cache.set(key, value)
            except Exception as error:
                _log_failure(call, error)
        return markup

    def _select_data(self, call: Call) -> Mapping[str, Any] | None:
        """Return the entries of the data that the handler names, or `None` if it names none."""
        if not self.entries:
            return None
        data = call.data
        return {entry: data[entry] for entry in self.entries if entry in data}

    def _build_key(self, call: Call, content: Markup, data: Mapping[str, Any] | None) -> str:
        values: list[Any] = [self.owner, call.context.format, call.name, *call.values, content]
        if data is not None:
            values.append([[entry, _describe(entry, value)] for entry, value in data.items()])
        text = json.dumps(values).encode("ascii")
        return f"shortcodes-{blake2b(text, digest_size=32).hexdigest()}"

    def _prepare(self, call: Call, content: Markup, data: Mapping[str, Any] | None) -> CachedCall:
        seen = CachedCall(call, content, data)
        if self.schema is not None and self.schema.fit(call.shortcode)[1]:
            seen._shortcode = call.shortcode  # its problems have spans
        return seen


@dataclass(frozen=True, slots=True)
class AsyncCachedHandler(CachedHandler):
    """The same, if the handler or the cache is asynchronous."""

    async def __call__(self, call: Call) -> Markup:  # type: ignore[override]
        """Return what was kept for the same shortcode, or else what the handler returns."""
        content = await call.arender_children() if self.reads_content else Markup()
        data = self._select_data(call)
        key = self._build_key(call, content, data)
        try:
            kept = await _wait_for(self.cache.get(key))
        except Exception as error:
            kept = None
            _log_failure(call, error)
        if (markup := _use_kept(call, kept)) is not None:
            return markup
        seen = self._prepare(call, content, data)
        try:
            result = await _wait_for(self.run(seen))
        finally:
            call.context.diagnostics.extend(seen.context.diagnostics)
        if not isinstance(result, str):
            return result  # type: ignore[no-any-return]  # which fails
        markup, value = _finish(call, seen, result)
        if value is not None:
            try:
                await _wait_for(self.cache.set(key, value))
            except Exception as error:
                _log_failure(call, error)
        return markup


_IN_KEYS = (str, int, float, bool, type(None), date, datetime, time, timedelta, Decimal, UUID)
"""The types of values that are the same if their `repr` is."""


def _describe(entry: str, value: object) -> Any:
    """Return what stands in a key for an entry of the data. No two values have the same.

    Raises `TypeError` for an object that may change what it shows without being another one.
    """
    kind = type(value)
    if kind in _IN_KEYS:
        return [kind.__name__, repr(value)]
    if isinstance(value, list | tuple) and kind in (list, tuple):
        return [kind.__name__, *(_describe(entry, item) for item in value)]
    if isinstance(value, dict) and kind is dict:
        pairs = ([_describe(entry, key), _describe(entry, item)] for key, item in value.items())
        return ["dict", *pairs]
    raise TypeError(
        f"the entry {entry!r} of the data is part of a key, so it must be text, a number, a date "
        f"or a collection of such values, not {kind.__name__}; pass an identifier instead"
    )


def is_async_cache(cache: Cache) -> bool:
    """Return whether the methods of a cache are asynchronous."""
    return iscoroutinefunction(cache.get) or iscoroutinefunction(cache.set)


async def _wait_for(result: Any) -> Any:
    return await result if isinstance(result, Awaitable) else result


def _use_kept(call: Call, kept: object) -> Markup | None:
    """Return the markup of a value that was kept, with its style sheets added to the call."""
    if not isinstance(kept, str | bytes):
        return None
    try:
        markup, stylesheets = json.loads(kept)
        call.context.stylesheets.update(stylesheets)
        return Markup(markup)  # noqa: S704 - as the handler returned it
    except (ValueError, TypeError):  # it is of something else
        return None


def _finish(call: Call, seen: Call, result: str) -> tuple[Markup, str | None]:
    """Return the markup, and the value to keep: none if anything was reported."""
    markup = escape(result)
    problems, stylesheets = seen.context.diagnostics, seen.context.stylesheets
    call.context.stylesheets.update(stylesheets)
    return markup, None if problems else json.dumps([markup, stylesheets])


def _log_failure(call: Call, error: Exception) -> None:
    _LOGGER.warning("the cache of [%s] failed", escape_controls(call.name), exc_info=error)

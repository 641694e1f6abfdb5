"""The time limit of asynchronous handlers, which holds even if they ignore their cancellation.

A handler that is late is cancelled. If it does not end soon, it goes on in the background, and its
outcome is ignored. Nothing goes on in an event loop that was started for one page: handlers that do
not end are closed with it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from inspect import CORO_CLOSED, getcoroutinestate, iscoroutine
from time import monotonic
from typing import Any

from shortcodes_html.failures import TimeLimitError

_GRACE = 0.1
"""Seconds that something has to end after it was cancelled."""

_MOST_ATTEMPTS = 100
"""How often a coroutine is closed that catches whatever is raised in it."""

_ending: set[asyncio.Future[Any]] = set()
"""What was cancelled and has not ended: an event loop has weak references only."""


_endless: list[object] = []
"""What has not ended when its event loop was closed."""


class TimeLimit:
    """The seconds that each handler of a page may take."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._was_exceeded = False

    async def apply(self, awaitable: Any) -> Any:
        """Return the result of an awaitable, which has a task of its own.

        Raises `TimeLimitError` if there is no result in time, and `RuntimeError` for one that
        cancels itself.
        """
        task = asyncio.ensure_future(awaitable)
        started = monotonic()
        try:
            await asyncio.wait([task], timeout=self._seconds)
        except asyncio.CancelledError:  # the whole page was cancelled
            await _end([task])
            raise
        if not task.done():
            await _end([task])
            raise self._make_error()
        if task.cancelled():
            raise RuntimeError("it has cancelled itself")
        result = task.result()
        if self._seconds is not None and monotonic() - started > self._seconds:
            raise self._make_error()  # it has blocked the loop
        return result

    def _make_error(self) -> TimeLimitError:
        self._was_exceeded = True
        return TimeLimitError(f"its handler took more than {self._seconds:g} seconds")

    def run(self, main: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine in an event loop of its own, as `asyncio.run` does.

        Once it has ended, nothing that is left in the loop is waited for longer than a moment; and
        no thread, if the limit was exceeded.
        """
        with asyncio.Runner() as runner:
            runner.run(self._run(main))

    async def _run(self, main: Coroutine[Any, Any, None]) -> None:
        loop, executor = asyncio.get_running_loop(), ThreadPoolExecutor()
        loop.set_default_executor(executor)
        try:
            await main
        finally:
            # Otherwise the runner would wait for all of these when it closes the loop.
            await _end_for_certain(asyncio.all_tasks() - {asyncio.current_task()})
            await _end_for_certain([asyncio.ensure_future(loop.shutdown_asyncgens())], ask=False)
            if self._was_exceeded:
                executor.shutdown(wait=False, cancel_futures=True)
                loop.set_default_executor(ThreadPoolExecutor())


async def _end(tasks: Iterable[asyncio.Future[Any]], *, ask: bool = True) -> None:
    """Cancel tasks, and give them a moment to end. Their outcome is ignored."""
    tasks = list(tasks)
    for task in tasks:
        _ending.add(task)
        task.add_done_callback(_forget)
        if ask:
            task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=_GRACE)


def _forget(task: asyncio.Future[Any]) -> None:
    _ending.discard(task)
    if not task.cancelled():
        task.exception()  # otherwise it would be reported as never retrieved


async def _end_for_certain(tasks: Iterable[Any], *, ask: bool = True) -> None:
    """Cancel tasks, and close those that do not end."""
    tasks = list(tasks)
    await _end(tasks, ask=ask)
    pending = [task for task in tasks if not task.done()]
    for task in pending:
        _close(task.get_coro())
    await _end(pending)  # a task notices only now that its coroutine was closed
    for task in pending:
        if not task.done():
            asyncio._unregister_task(task)  # the runner does not wait for it
            _keep_for_ever(task)


def _close(coroutine: Any) -> None:
    """Close a coroutine, again and again if it catches that too.

    Those that it awaits are closed first, or they would be left if they go on.
    """
    attempts = _MOST_ATTEMPTS
    while attempts and _is_open(coroutine):
        innermost = coroutine
        while _is_open(innermost.cr_await):
            innermost = innermost.cr_await
        try:
            innermost.close()
        except (Exception, asyncio.CancelledError):  # it goes on, or something in it failed
            attempts -= 1


def _is_open(awaitable: object) -> bool:
    return iscoroutine(awaitable) and getcoroutinestate(awaitable) != CORO_CLOSED


def _keep_for_ever(task: object) -> None:
    """Keep a task that catches whatever is raised in it, even while Python exits.

    Python closes a coroutine that nothing refers to, and this one might then loop for ever. What a
    thread refers to that never ends is never closed.
    """
    if not _endless:
        threading.Thread(target=_wait_with, args=(_endless,), daemon=True).start()
    _endless.append(task)


def _wait_with(_objects: object) -> None:
    threading.Event().wait()

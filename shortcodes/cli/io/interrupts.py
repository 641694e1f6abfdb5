"""Interrupts (Ctrl-C), held back while something must not be left half done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

CAN_WAIT = hasattr(signal, "pthread_sigmask")
"""Whether this system has signals that can be held back."""


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Let interrupts wait until the end; a process that begins meanwhile never has any."""
    if not CAN_WAIT:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

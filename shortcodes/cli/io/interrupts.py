"""Interrupts (Ctrl-C), delayed while something must not be left half done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

CAN_WAIT = hasattr(signal, "pthread_sigmask")
"""Whether this system can delay signals."""


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Delay interrupts until the end of a block; a process started in it never receives any."""
    if not CAN_WAIT:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""The CPU time of calls, for tests of costs whose alternative is several times as high."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def measure(call: Callable[[], object], *, tries: int = 3) -> float:
    """Return the least CPU time in seconds that one of several calls takes.

    The garbage collector waits: it would walk over everything that other tests left behind.
    """
    gc.collect()
    gc.disable()
    try:
        return min(_measure_once(call) for _ in range(tries))
    finally:
        gc.enable()


def _measure_once(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start

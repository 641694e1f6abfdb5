"""Run a command many times, each time killed (SIGKILL) at another moment, and say what is left.

It is a program of its own: `python killed.py CALL`, with the call and its files as JSON. Each run
is a fork of a process that has everything loaded, so that it takes milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

_WRITERS = ("files.py", "replacing.py", "metadata.py", "held_folders.py")
"""The files of Python whose calls may write something."""
_STEPS = 500
"""More such calls than any command makes."""
_MOMENTS = 10


def left_by(call: dict[str, Any]) -> list[dict[str, str]]:
    """Return for every run the files that were left, by name: the first one is not killed.

    The next are killed one call of `_WRITERS` later each, and the last at random moments.
    """
    for _ in range(2):  # what is loaded the first time is not measured
        _set_up(call)
        started = time.perf_counter()
        _run(call["arguments"])
    takes = time.perf_counter() - started
    found = [_files()]
    for step in range(_STEPS):
        _set_up(call)
        killed = _forked(call["arguments"], step)
        found.append(_files())
        if not killed:
            break
    chance = random.Random(11)
    for _ in range(_MOMENTS):
        _set_up(call)
        _forked(call["arguments"], None, chance.uniform(0, takes))
        found.append(_files())
    return found


def _set_up(call: dict[str, Any]) -> None:
    for path in Path().iterdir():
        path.unlink()
    for name, text in call["files"].items():
        Path(name).write_text(text, encoding="utf-8")
    for name, other in call["links"].items():
        os.link(other, name)


def _files() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(Path().iterdir())}


def _run(arguments: list[str]) -> None:
    from shortcodes.__main__ import main

    main(arguments)


def _forked(arguments: list[str], step: int | None, after: float | None = None) -> bool:
    """Run a command in a process of its own, and return whether that was killed."""
    child = os.fork()
    if child == 0:
        if step is not None:
            sys.setprofile(_killing(step))
        _run(arguments)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _killing(step: int) -> Any:
    """Return a hook that ends this process before a call into the system or the libraries of C."""
    left = step

    def hook(frame: FrameType, event: str, _: Any) -> None:
        nonlocal left
        if event == "c_call" and os.path.basename(frame.f_code.co_filename) in _WRITERS:
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    return hook


if __name__ == "__main__":
    output = os.dup(1)
    silent = os.open(os.devnull, os.O_WRONLY)  # what the commands say is for other tests
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    os.write(output, json.dumps(left_by(json.loads(sys.argv[1]))).encode())

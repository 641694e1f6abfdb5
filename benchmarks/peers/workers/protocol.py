"""How a worker in Python talks: a JSON object a line, one answer to each request.

                                                        → {"version": "1.1.0"}
    ← {"load": FILE, "tags": ["gallery"], "paired": []} → {"bytes": 5000000}
    ← {"run": "strip", "repeat": 3}                     → {"seconds": 0.1, "output": 0,
                                                           "shortcodes": 9}

`paired` lists the tags that have a closing tag, `seconds` is for one repetition, `output` is in
bytes of UTF-8, null where there is no text. `{"missing": SENTENCE}` in place of the version, or
`{"error": WORDS}` in place of an answer, says why there is none.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple


class Task(NamedTuple):
    """A loaded input."""

    text: str
    tags: Sequence[str]
    paired: frozenset[str]


class Result(NamedTuple):
    """What an operation made of a text: the text without its shortcodes, or a number of them."""

    output: str | None = None
    found: int | None = None


Prepare = Callable[[Task], Mapping[str, Callable[[], Result]]]
"""Sets the tags up for an input, which is not timed, and returns the operations by name."""


def serve(version: str, prepare: Prepare) -> None:
    """Answer requests until standard input ends."""
    _answer({"version": version})
    task, operations = Task("", (), frozenset()), {}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "load" in request:
                text = Path(request["load"]).read_text(encoding="utf-8")
                task = Task(text, request["tags"], frozenset(request["paired"]))
                operations = prepare(task)
                _answer({"bytes": len(text.encode())})
            else:
                _answer(_run(task, operations[request["run"]], request["repeat"]))
        except Exception as error:
            _answer({"error": type(error).__name__})


def _run(task: Task, operation: Callable[[], Result], repeat: int) -> dict[str, Any]:
    gc.collect()
    begin = perf_counter()
    for _ in range(repeat):
        result = operation()
    seconds = (perf_counter() - begin) / repeat
    output, found = result
    if output is not None and found is None:
        found = _openers(task.text, task.tags) - _openers(output, task.tags)
    length = None if output is None else len(output.encode())
    return {"seconds": seconds, "output": length, "shortcodes": found}


def _openers(text: str, tags: Sequence[str]) -> int:
    return sum(text.count(f"[{tag}") for tag in tags)


def missing(sentence: str) -> None:
    """Say why this worker cannot take part."""
    _answer({"missing": sentence})


def _answer(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)

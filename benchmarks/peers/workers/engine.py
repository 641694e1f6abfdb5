"""The engine as a worker: `engine.py lenient` or `engine.py wordpress`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from protocol import Result, Task, missing, serve

import shortcodes


def main(dialect: str) -> None:
    """Serve one dialect, or say that this version has none of the name."""
    try:
        shortcodes.parse("", dialect=dialect)
    except shortcodes.UnknownDialect:
        missing(f"this version of the engine has no {dialect} dialect")
        return
    serve(shortcodes.__version__, lambda task: operations(task, dialect))


def operations(task: Task, dialect: str) -> Mapping[str, Callable[[], Result]]:
    """Return what the engine does, under the names of the benchmark's rows."""
    text, tags = task.text, task.tags
    options: dict[str, Any] = {"dialect": dialect, "tags": tags}
    shortcodes.extract("[a b=c]", dialect=dialect, tags=["a"])  # compiles the grammar, once

    def strip() -> Result:
        return Result(shortcodes.strip(text, **options))

    def parse() -> Result:
        found = 0
        for shortcode in shortcodes.parse(text, **options).shortcodes():
            _ = shortcode.attributes, shortcode.positional
            found += 1
        return Result(found=found)

    def extract() -> Result:
        return Result(found=len(shortcodes.extract(text, **options)))

    own = {"strip": strip, "parse": parse, "extract": extract}
    return own | ported(task) if dialect == "wordpress" else own


def ported(task: Task) -> Mapping[str, Callable[[], Result]]:
    """Return the functions that carry WordPress's own names."""
    from shortcodes.wordpress import do_shortcode, strip_shortcodes

    calls = 0

    def handler(*_: object) -> str:
        nonlocal calls
        calls += 1
        return ""

    handlers = dict.fromkeys(task.tags, handler)

    def strip() -> Result:
        return Result(strip_shortcodes(task.text, task.tags))

    def do() -> Result:
        nonlocal calls
        calls = 0
        output = do_shortcode(task.text, handlers)
        return Result(output, calls)

    return {"strip": strip, "do": do}


if __name__ == "__main__":
    main(sys.argv[1])

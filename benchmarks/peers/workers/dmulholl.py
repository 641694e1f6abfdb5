"""PyPI's `shortcodes` as a worker: square brackets, an empty handler, unknown tags left alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import version

from protocol import Result, Task, serve

from shortcodes import Parser


def operations(task: Task) -> Mapping[str, Callable[[], Result]]:
    """Return its `parse`, which renders too; it has nothing that only strips."""
    parser = Parser(start="[", end="]", inherit_globals=False, ignore_unknown=True)
    calls = 0

    def handler(*_: object) -> str:
        nonlocal calls
        calls += 1
        return ""

    for tag in task.tags:
        parser.register(handler, tag, f"/{tag}" if tag in task.paired else None)

    def do() -> Result:
        nonlocal calls
        calls = 0
        output = parser.parse(task.text)
        return Result(output, calls)

    return {"do": do}


if __name__ == "__main__":
    serve(version("shortcodes"), operations)

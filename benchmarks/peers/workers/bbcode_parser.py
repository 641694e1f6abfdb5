"""PyPI's `bbcode` as a worker: tags with an empty handler, without what else it does to a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import version

from bbcode import Parser
from protocol import Result, Task, serve


def operations(task: Task) -> Mapping[str, Callable[[], Result]]:
    """Return its `strip` and its `format`."""
    parser = Parser(
        newline="\n",
        install_defaults=False,
        escape_html=False,
        replace_links=False,
        replace_cosmetic=False,
    )
    calls = 0

    def handler(*_: object) -> str:
        nonlocal calls
        calls += 1
        return ""

    for tag in task.tags:
        parser.add_formatter(tag, handler, standalone=tag not in task.paired)

    def do() -> Result:
        nonlocal calls
        calls = 0
        output = parser.format(task.text)
        return Result(output, calls)

    return {"strip": lambda: Result(parser.strip(task.text)), "do": do}


if __name__ == "__main__":
    serve(version("bbcode"), operations)

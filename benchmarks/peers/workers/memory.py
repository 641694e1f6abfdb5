"""One operation in a process of its own, and the most memory that it held.

    memory.py OPERATION FILE TAG,TAG,…

Prints bytes above what the process held with the input loaded.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import shortcodes
from shortcodes.__main__ import main as command

_WARM_UP = '[a b="c" d=”e”]f[/a] [g /]'


def resident(field: str) -> int:
    """Return a field of the process's status in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(field))


def run(operation: str, text: str, path: str, tags: str) -> object:
    """Do the work, and return what it made so that it is held until the end."""
    names = tags.split(",")
    if operation == "strip":
        return shortcodes.strip(text, tags=names)
    if operation == "parse":
        return shortcodes.parse(text, tags=names)
    if operation == "extract":
        return shortcodes.extract(text, tags=names)
    del text
    return command(["extract", "--ndjson", "--tags", tags, "-o", os.devnull, path])


def main(operation: str, path: str, tags: str) -> None:
    """Measure one operation.

    The highest mark is reset and read where Linux keeps it for this process alone: the one that
    `getrusage` gives begins at the mark of the process that started this one.
    """
    for name in ("strip", "parse", "extract"):
        run(name, _WARM_UP, path, "a,g")
    text = [Path(path).read_text(encoding="utf-8")]
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    baseline = resident("VmRSS:")
    kept = run(operation, text.pop(), path, tags)
    print(max(0, resident("VmHWM:") - baseline))
    del kept


if __name__ == "__main__":
    main(*sys.argv[1:])

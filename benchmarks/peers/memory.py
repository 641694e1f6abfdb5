"""How much memory the engine holds at most, in multiples of the input's size in bytes of UTF-8."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from inputs import Input

from peers.contestants import HERE

LIMITS: Mapping[str, Mapping[str, float]] = {
    "dense": {"strip": 12, "parse": 12, "extract": 40, "extract --ndjson": 14},
    "arabic": {"strip": 3, "parse": 3, "extract": 40, "extract --ndjson": 5},
}
"""For each input what an operation may hold. With `--ndjson` that is what parse may, and the file
twice, for the command reads and decodes it itself; the items must add nothing."""


class Held(NamedTuple):
    """One measure."""

    title: str
    operation: str
    times: float
    """How many times the size of the input."""
    limit: float


def measure(text: Input, path: Path) -> Iterator[Held]:
    """Measure each operation in a fresh process."""
    for operation, limit in LIMITS[text.name].items():
        command = (
            sys.executable,
            str(HERE / "workers" / "memory.py"),
            operation,
            str(path),
            ",".join(text.tags),
        )
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        yield Held(text.title, operation, int(done.stdout) / text.size, limit)

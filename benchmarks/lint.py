"""Compares the time of linting with all rules with that of parsing and reading all attributes.

    python benchmarks/lint.py [LABELLED]

It takes turns between the two. The inputs are ten thousand adjacent shortcodes, undamaged and with
curly quotes, and the documents of LABELLED: JSON Lines, each with a document as "text". It prints
medians of CPU time and of the ratio within a turn. The exit status is 1 if a ratio exceeds its
limit.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import shortcodes

COUNT = 10_000
TURNS = 9
HEALTHY = '[x id="1" k="v" /]'
CURLY = "[x id=”1″ k=”v” /]"
DENSE_LIMIT, DOCUMENTS_LIMIT = 10.0, 5.0


def walk(texts: Sequence[str]) -> None:
    """Parse texts and make every attribute."""
    for text in texts:
        for shortcode in shortcodes.parse(text).shortcodes():
            assert shortcode.attribute_nodes is not None


def lint(texts: Sequence[str]) -> None:
    """Lint texts with all rules."""
    for text in texts:
        shortcodes.lint(text)


def main() -> int:
    """Print the table."""
    inputs: list[tuple[str, Sequence[str], float]] = [
        (f"{COUNT:,} times {HEALTHY}", [HEALTHY * COUNT], DENSE_LIMIT),
        (f"{COUNT:,} times {CURLY}", [CURLY * COUNT], DENSE_LIMIT),
    ]
    for path in map(Path, sys.argv[1:]):
        documents = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
        inputs.append((f"{len(documents):,} documents of {path.name}", documents, DOCUMENTS_LIMIT))
    print(f"{'input':44}{'walk':>10}{'lint':>10}{'ratio':>8}{'limit':>8}")
    failed = False
    for name, texts, limit in inputs:
        turns = [(_seconds(walk, texts), _seconds(lint, texts)) for _ in range(TURNS)]
        walked, linted = (statistics.median(times) for times in zip(*turns, strict=True))
        ratio = statistics.median(b / a for a, b in turns)
        failed = failed or ratio > limit
        milliseconds = f"{walked * 1e3:7.1f} ms{linted * 1e3:7.1f} ms"
        print(f"{name:44}{milliseconds}{ratio:>8.2f}{limit:>8.0f}")
    return int(failed)


def _seconds(work: Callable[[Sequence[str]], None], texts: Sequence[str]) -> float:
    start = time.process_time()
    work(texts)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())

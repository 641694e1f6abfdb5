"""Compares two installations of the engine, such as the one before a change and the one after it.

    python benchmarks/compare.py OLD NEW [--runs N] [--size BYTES] [--documents FILE]

OLD and NEW are interpreters in whose environments the engine is installed. Each runs in its own
process, and they take turns. It prints, for each input and operation, the median of the ratios of
CPU time within a turn, NEW to OLD: below 1 is faster. FILE has JSON Lines, each with a document as
"text".
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

_SHORTEST = 0.05
"""Seconds of CPU time that an operation is repeated for in a turn."""

Row = tuple[str, str]
"""The name of an input, and an operation."""


def main() -> int:
    """Print the table."""
    options = _read_arguments()
    if options.worker:
        return _work(options.size, options.documents)
    turns = [_take_turn(options, turn % 2 == 1) for turn in range(options.runs)]
    print("| input | operation | OLD, ms | NEW ÷ OLD | smallest | largest |")
    print("|---|---|--:|--:|--:|--:|")
    medians = []
    for row in turns[0][0]:
        ratios = [new[row] / old[row] for old, new in turns]
        medians.append(statistics.median(ratios))
        milliseconds = statistics.median(old[row] for old, _ in turns) * 1000
        print(
            f"| {row[0]} | {row[1]} | {milliseconds:.1f} | {medians[-1]:.3f}"
            f" | {min(ratios):.3f} | {max(ratios):.3f} |"
        )
    print(f"\nmedian of {len(medians)} rows: {statistics.median(medians):.3f}")
    return 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old", metavar="OLD", nargs="?", default="")
    parser.add_argument("new", metavar="NEW", nargs="?", default="")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="turns, 5 by default")
    parser.add_argument(
        "--size", type=int, default=250_000, metavar="BYTES", help="of the largest inputs"
    )
    parser.add_argument("--documents", default="", metavar="FILE", help="JSON Lines of documents")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.worker and not (options.old and options.new):
        parser.error("two interpreters are needed")
    return options


def _take_turn(
    options: argparse.Namespace, swap: bool
) -> tuple[Mapping[Row, float], Mapping[Row, float]]:
    """Return the seconds of each row by OLD and by NEW; `swap` lets NEW go first."""
    interpreters = [options.old, options.new]
    results = {
        interpreter: _run_worker(interpreter, options)
        for interpreter in (reversed(interpreters) if swap else interpreters)
    }
    return results[options.old], results[options.new]


def _run_worker(interpreter: str, options: argparse.Namespace) -> Mapping[Row, float]:
    arguments = ["--size", str(options.size), "--documents", options.documents]
    command = [interpreter, __file__, "--worker", *arguments]
    process = subprocess.run(command, capture_output=True, text=True, check=True)
    return {(name, operation): seconds for name, operation, seconds in json.loads(process.stdout)}


def _work(size: int, documents: str) -> int:
    """Print the rows of this interpreter's engine as JSON."""
    before = time.process_time()
    import shortcodes  # noqa: F401 - its time counts

    rows = [("import shortcodes", "", time.process_time() - before)]
    for name, texts in _list_inputs(size, documents).items():
        for operation, run in _list_operations().items():
            rows.append((name, operation, _measure(partial(_run_all, run, texts))))
    json.dump(rows, sys.stdout)
    return 0


def _list_inputs(size: int, documents: str) -> dict[str, list[str]]:
    from inputs import MAKERS

    skipped = ("english", "prose", "notes", "hostile")  # without shortcodes, or only for the reader
    inputs = {
        name: [make(size).text] for name, make in MAKERS.items() if not name.startswith(skipped)
    }
    if documents:
        lines = Path(documents).read_text("utf-8").splitlines()
        inputs["documents"] = [json.loads(line)["text"] for line in lines]
    return inputs


def _list_operations() -> dict[str, Callable[[str], Any]]:
    import shortcodes

    def read(text: str, **options: Any) -> None:
        for shortcode in shortcodes.parse(text, **options).shortcodes():
            assert shortcode.attributes is not None

    return {
        "parse": read,
        "parse, wordpress": lambda text: read(text, dialect="wordpress"),
        "parse, Markdown": lambda text: read(text, markdown=True),
        "strip": shortcodes.strip,
        "strip, wordpress": lambda text: shortcodes.strip(text, dialect="wordpress"),
        "render": lambda text: shortcodes.render(text, format="html"),
        "lint": shortcodes.lint,
    }


def _run_all(run: Callable[[str], Any], texts: list[str]) -> None:
    for text in texts:
        run(text)


def _measure(run: Callable[[], object]) -> float:
    """Return the CPU seconds of one run, the least of some after a first one."""
    run()
    least, spent = float("inf"), 0.0
    while spent < _SHORTEST:
        before = time.process_time()
        run()
        seconds = time.process_time() - before
        least, spent = min(least, seconds), spent + max(seconds, 1e-6)
    return least


if __name__ == "__main__":
    sys.exit(main())

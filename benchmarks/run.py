"""The engine beside its peers: speed in ratios, memory, and what the import costs.

    python benchmarks/run.py [--install] [--quick] [--runs N] [--only NAME] [--write FILE]

Prints Markdown tables. README.md in this folder says what is compared and how.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from inputs import MAKERS, MB, Input
from peers import memory, report, stages, startup
from peers.contestants import ALL
from peers.install import install
from peers.machine import described
from peers.race import race
from peers.report import Measured, Report
from peers.worker import Failure, Worker

SIZE, QUICK_SIZE = 5 * MB, MB // 4
"""Bytes of the largest inputs; the others are in proportion."""


def main() -> int:
    """Measure and print."""
    options = arguments()
    if options.install:
        install()
    names = [name for name in MAKERS if any(only in name for only in options.only or ("",))]
    if not names:
        wanted = " or ".join(options.only)
        print(f"no input's name holds {wanted}; there are: {', '.join(MAKERS)}", file=sys.stderr)
        return 2
    size = QUICK_SIZE if options.quick else SIZE
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        workers = [stack.enter_context(Worker(c, options.limit)) for c in ALL]
        workers, left_out = present(workers)
        raced, held, spent = [], [], []
        for name, text, path in written(names, size, folder):
            say(name)
            budget = options.budget / (4 if text.shortcodes is None else 1)
            raced.append((text, race(workers, text, path, options.runs, budget)))
            if name in stages.INPUTS:
                spent += stages.measure(text, raced[-1][1], options.runs)
            if name in memory.LIMITS and sys.platform == "linux":
                held += memory.measure(text, path)
        costs = list(startup.measure(options.runs, MAKERS["prose"](size).text))
    versions = {w.contestant.package or w.contestant.name: w.version for w in workers}
    contestants = [worker.contestant for worker in workers]
    told = page(
        options, described(versions), left_out, Report(contestants), raced, spent, held, costs
    )
    print(told)
    if options.write:
        options.write.write_text(told + "\n", encoding="utf-8")
    return 0


def arguments() -> argparse.Namespace:
    """Return the options, with those set that `--quick` sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--install", action="store_true", help="set the peers up first")
    parser.add_argument("--quick", action="store_true", help="small inputs, under a minute")
    parser.add_argument("--runs", type=int, metavar="N", help="rounds after the warm-up")
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="inputs whose name holds NAME; repeatable"
    )
    parser.add_argument("--limit", type=float, metavar="SECONDS", help="for one run, then it ends")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the same there")
    options = parser.parse_args()
    options.runs = options.runs or (3 if options.quick else 7)
    options.limit = options.limit or (2.0 if options.quick else 20.0)
    options.budget = 0.5 if options.quick else 8.0
    return options


def present(workers: list[Worker]) -> tuple[list[Worker], list[str]]:
    """Start the workers; return those that run, and a sentence for each that does not."""
    running, sentences = [], []
    for worker in workers:
        try:
            worker.start()
            running.append(worker)
        except Failure as failure:
            sentences.append(f"*{worker.contestant.name}* is left out: {failure}.")
    return running, sentences


def written(names: list[str], size: int, folder: Path) -> Iterator[tuple[str, Input, Path]]:
    """Make the inputs one after the other, and write each to a file."""
    path = folder / "input.txt"
    for name in names:
        text = MAKERS[name](size)
        path.write_text(text.text, encoding="utf-8")
        yield name, text, path


def say(what: str) -> None:
    """Tell a person who waits how far it is."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="\r", file=sys.stderr, flush=True)


def page(
    options: argparse.Namespace,
    machine: str,
    left_out: list[str],
    told: Report,
    raced: list[Measured],
    spent: list[stages.Stage],
    held: list[memory.Held],
    costs: list[startup.Cost],
) -> str:
    """Return the whole report."""
    ordinary = [one for one in raced if one[0].shortcodes is not None]
    hostile = [one for one in raced if one[0].shortcodes is None]
    command = shlex.join(("python", "benchmarks/run.py", *sys.argv[1:]))
    parts = [
        "# Performance",
        f"Generated by `{command}`: {machine}",
        "\n".join(left_out),
        "Each cell gives the median time, and how many times as fast as WordPress that is. The "
        "columns named ours are the two dialects of this engine. "
        "[How it is measured](../benchmarks/README.md).",
        *(("## Speed", told.race(ordinary)) if ordinary else ()),
        *(("## Speed on hostile texts", told.race(hostile)) if hostile else ()),
        told.below(),
        *(("## Where the time goes", report.stages(spent)) if spent else ()),
        *(("## Memory", report.memory(held)) if held else ()),
        "## Start-up",
        report.startup(costs),
    ]
    return "\n\n".join(part for part in parts if part)


if __name__ == "__main__":
    sys.exit(main())

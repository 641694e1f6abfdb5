"""Measures time and memory of `shortcodes lint` for many files and for one large file.

    python benchmarks/files.py [--files N] [--megabytes N] [--runs N]

It creates the files in a temporary folder, always the same: prose with a shortcode every 2 KB, of
which every tenth is damaged. It prints the medians of the runs: seconds of wall-clock time, seconds
of CPU time of all processes, and the peak memory of the largest process.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from shortcodes.cli.io.discovery import discover

_PROSE = "Words of an article that say something, and then some more of them. " * 29
_HEALTHY = '[gallery ids="1,2,3" columns="4"]\n\n'
_DAMAGED = "[gallery ids=”1,2,3″ columns=“4”]\n\n"


def text(size: int) -> str:
    """Return a text of about that many bytes: whole parts, the first of ten with damage."""
    parts = [_PROSE + (_HEALTHY if number % 10 else _DAMAGED) for number in range(10)]
    whole, length = "".join(parts), len(parts[1])
    return whole * (size // len(whole)) + "".join(parts[: size % len(whole) // length])


def make_folder(folder: Path, count: int) -> None:
    """Write files of 4 KB, a hundred in each folder."""
    content = text(4000)
    for number in range(count):
        place = folder / f"{number // 10000}" / f"{number // 100 % 100}"
        if number % 100 == 0:
            place.mkdir(parents=True)
            (place / ".gitignore").write_text("*.bak\n/build/\n", encoding="utf-8")
        (place / f"{number}.html").write_text(content, encoding="utf-8")


def timed(runs: int, *arguments: str) -> str:
    """Return the cells of a row for a command: seconds, processor seconds, megabytes."""
    code = (
        "import resource, sys; from shortcodes.__main__ import main; main(sys.argv[1:]); "
        "used = [resource.getrusage(who) for who in "
        "(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]; "
        "print(sum(one.ru_utime + one.ru_stime for one in used), "
        "max(one.ru_maxrss for one in used) / 1000, file=sys.stderr)"
    )
    rows: list[tuple[float, ...]] = []
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code, "lint", "--statistics", *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds = time.perf_counter() - start
        rows.append((seconds, *map(float, done.stderr.splitlines()[-1].split())))
    wall, processor, mark = map(statistics.median, zip(*rows, strict=True))
    return f"{wall:.1f} | {processor:.1f} | {mark:.0f} |"


def main() -> None:
    """Make the files, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    print("| what | seconds | of processors | highest mark, MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "many")
        make_folder(folder, given.files)
        start, before = time.perf_counter(), time.process_time()
        found = sum(1 for _ in discover([str(folder)], lambda name, error: None))
        seconds, processor = time.perf_counter() - start, time.process_time() - before
        mark = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        cells = f"{seconds:.1f} | {processor:.1f} | {mark:.0f} |"
        print(f"| find {found:,} files | {cells}", flush=True)
        for jobs in dict.fromkeys((1, os.cpu_count() or 1)):
            cells = timed(given.runs, "--jobs", str(jobs), str(folder))
            what = f"lint them, {found * 4 / 1000:.0f} MB, processes: {jobs}"
            print(f"| {what} | {cells}", flush=True)
        large = Path(name, "large.html")
        large.write_text(text(given.megabytes * 1_000_000), encoding="utf-8")
        cells = timed(given.runs, str(large))
        print(f"| lint one of {given.megabytes} MB | {cells}", flush=True)


if __name__ == "__main__":
    main()

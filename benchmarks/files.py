"""`shortcodes lint` on a folder of many files and on one large file: time and memory.

    python benchmarks/files.py [--files N] [--megabytes N] [--runs N]

Makes the files in a temporary folder, always alike: prose with a shortcode every 2 KB, every tenth
of which is damaged. Prints the median of the runs in seconds of wall-clock time, and the highest
mark of memory of any of the processes, as the system counts it.
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

from shortcodes.cli.discovery import discover

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


def timed(runs: int, *arguments: str) -> tuple[float, float]:
    """Return the median of the seconds of a command, and its highest mark of megabytes."""
    code = (
        "import resource, sys; from shortcodes.__main__ import main; main(sys.argv[1:]); "
        "marks = [resource.getrusage(who).ru_maxrss for who in "
        "(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]; print(*marks, file=sys.stderr)"
    )
    seconds: list[float] = []
    kilobytes = 0
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code, "lint", "--statistics", *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds.append(time.perf_counter() - start)
        kilobytes = max(kilobytes, *map(int, done.stderr.splitlines()[-1].split()))
    return statistics.median(seconds), kilobytes / 1000


def main() -> None:
    """Make the files, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    print("| what | seconds | highest mark of one process, MB |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "many")
        make_folder(folder, given.files)
        start = time.perf_counter()
        found = sum(1 for _ in discover([str(folder)], lambda name, error: None))
        seconds = time.perf_counter() - start
        mark = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(f"| find {found:,} files | {seconds:.1f} | {mark:.0f} |", flush=True)
        for jobs in dict.fromkeys((1, os.cpu_count() or 1)):
            seconds, mark = timed(given.runs, "--jobs", str(jobs), str(folder))
            what = f"lint them, {found * 4 / 1000:.0f} MB, processes: {jobs}"
            print(f"| {what} | {seconds:.1f} | {mark:.0f} |", flush=True)
        large = Path(name, "large.html")
        large.write_text(text(given.megabytes * 1_000_000), encoding="utf-8")
        seconds, mark = timed(given.runs, str(large))
        print(f"| lint one of {given.megabytes} MB | {seconds:.1f} | {mark:.0f} |", flush=True)


if __name__ == "__main__":
    main()

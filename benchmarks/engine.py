"""What rendering with typed handlers costs, beside extract and WordPress's do_shortcode.

python benchmarks/engine.py takes turns between them, for ten thousand shortcodes, and prints the
median of the times and of the ratios in a turn; with and without Python's garbage collector.
WordPress is left out where php or its files are missing (tests/wordpress/unpack.sh).
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import shortcodes  # noqa: E402 - the checkout's
from shortcodes import Engine  # noqa: E402
from tests.wordpress.process import folder, missing  # noqa: E402

COUNT = 10_000
TURNS = 15
SOURCE = '[x id="1" k="v" /]'

_PHP = """
error_reporting(0);
function apply_filters($name, $value) { return $value; }
function has_filter() { return false; }
function __($text) { return $text; }
function _doing_it_wrong() {}
require $argv[1] . '/wp-includes/shortcodes.php';
require $argv[1] . '/wp-includes/formatting.php';
require $argv[1] . '/wp-includes/kses.php';
function wp_allowed_protocols() { return array('http', 'https'); }
add_shortcode('x', fn($atts) => shortcode_atts(array('id' => 0, 'k' => ''), $atts)['k']);
$text = str_repeat('[x id="1" k="v" /]', (int) $argv[2]);
while (fgets(STDIN) !== false) {
    $start = getrusage();
    do_shortcode($text);
    $end = getrusage();
    $seconds = $end['ru_utime.tv_sec'] - $start['ru_utime.tv_sec'];
    echo $seconds + ($end['ru_utime.tv_usec'] - $start['ru_utime.tv_usec']) / 1e6, "\\n";
}
"""


def main() -> None:
    """Print the table."""
    engine = Engine()
    engine.register("x", _typed)
    text = SOURCE * COUNT
    ours: dict[str, Callable[[], object]] = {
        "Engine.render, HTML": lambda: engine.render(text, format="html"),
        "Engine.render, text": lambda: engine.render(text),
        "extract": lambda: shortcodes.extract(text),
    }
    with _wordpress() as wordpress:
        turns: dict[str, list[float]] = {}
        for _ in range(TURNS):
            for name, work in ours.items():
                turns.setdefault(name, []).append(_seconds(work))
            turns.setdefault("the same without collector", []).append(
                _uncollected(ours["Engine.render, HTML"])
            )
            if wordpress:
                turns.setdefault("WordPress, do_shortcode", []).append(wordpress())
    first = turns["Engine.render, HTML"]
    print(f"{COUNT:,} times {SOURCE}, CPU time, medians of {TURNS} turns")
    for name, times in turns.items():
        ratio = statistics.median(a / b for a, b in zip(first, times, strict=True))
        median = statistics.median(times)
        print(f"{name:<34}{median * 1e3:8.1f} ms   rendering takes {ratio:.2f} times that")


def _typed(id: int = 0, k: str = "") -> str:  # noqa: A002 - the attribute's name
    return k


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _uncollected(work: Callable[[], object]) -> float:
    gc.disable()
    try:
        return _seconds(work)
    finally:
        gc.enable()


@contextmanager
def _wordpress() -> Iterator[Callable[[], float] | None]:
    """Give what runs do_shortcode once and returns its seconds of CPU time."""
    if missing() is not None:
        yield None
        return
    command = ["php", "-d", "opcache.enable_cli=1", "-d", "opcache.jit=tracing"]
    command += ["-d", "opcache.jit_buffer_size=64M", "-r", _PHP, "--", str(folder()), str(COUNT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as php:
        assert php.stdin
        assert php.stdout

        def once() -> float:
            php.stdin.write("\n")
            php.stdin.flush()
            return float(php.stdout.readline())

        yield once
        php.stdin.close()


if __name__ == "__main__":
    main()

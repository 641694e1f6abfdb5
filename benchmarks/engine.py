"""What rendering with typed handlers costs, beside extract and WordPress's do_shortcode.

python benchmarks/engine.py prints the median time of each for ten thousand shortcodes, and the
ratios. WordPress is left out where php or its files are missing (tests/wordpress/unpack.sh).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import shortcodes  # noqa: E402 - the checkout's
from shortcodes import Engine  # noqa: E402
from tests.wordpress.process import folder, missing  # noqa: E402

COUNT = 10_000
RUNS = 9
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
for ($i = 0; $i < (int) $argv[3]; $i++) {
    $start = hrtime(true);
    do_shortcode($text);
    echo (hrtime(true) - $start) / 1e9, "\\n";
}
"""


def main() -> None:
    """Print the table."""
    engine = Engine()
    engine.register("x", _typed)
    text = SOURCE * COUNT
    medians = {
        "Engine.render, HTML": _median(lambda: engine.render(text, format="html")),
        "Engine.render, text": _median(lambda: engine.render(text)),
        "extract": _median(lambda: shortcodes.extract(text)),
    }
    if missing() is None:
        medians["WordPress, do_shortcode"] = _wordpress()
    first = medians["Engine.render, HTML"]
    print(f"{COUNT:,} times {SOURCE}, median of {RUNS}")
    for name, median in medians.items():
        print(f"{name:<26}{median * 1e3:8.1f} ms   rendering takes {first / median:.2f} times that")


def _typed(id: int = 0, k: str = "") -> str:  # noqa: A002 - the attribute's name
    return k


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _wordpress() -> float:
    command = ["php", "-d", "opcache.enable_cli=1", "-d", "opcache.jit=tracing"]
    command += ["-d", "opcache.jit_buffer_size=64M", "-r", _PHP, "--"]
    command += [str(folder()), str(COUNT), str(RUNS)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return statistics.median(map(float, printed.split()))


if __name__ == "__main__":
    main()

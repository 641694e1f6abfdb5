"""Compares the time of a thousand cards with that of a plain Jinja2 template.

    python benchmarks/cards.py

It takes turns between a page with a thousand cards, for all regions in turn, and a template of the
same markup that prints ready words with the same escaping. It prints the medians of the times and
of the ratio within a turn. The goal is a ratio of at most 8.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from jinja2 import Environment, Template

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from shortcodes import Engine  # noqa: E402 - the checkout's
from shortcodes_covid19 import CardHandler, card_html  # noqa: E402
from shortcodes_covid19.regions import list_regions  # noqa: E402
from shortcodes_html.package_templates import load_template  # noqa: E402

COUNT = 1000
COLOURS = ("#0c3278", "#123", "darkgreen", "rgb(60 20 20)", "oklch(0.3 0.1 200)")
TURNS = 9
GOAL = 8
CARD = (
    '[covid19-ultimate-card region="{}" confirmed-24h="true" deaths-24h="true" deaths-rate="true"'
    ' font-color="#ffffff" bg-color="{}" rtl="true" last-update="Y-m-d H:i"]\n\n'
)
_WORD = re.compile(r'(?<=[>"])[^<>"\n]+(?=[<"])')


def main() -> None:
    """Print the table."""
    regions = list_regions()
    text = "".join(
        CARD.format(regions[n % len(regions)], COLOURS[n % len(COLOURS)]) for n in range(COUNT)
    )
    engine = Engine()
    engine.register("covid19-ultimate-card", CardHandler())
    template, words = _bare(engine, text)
    ways: dict[str, Callable[[], object]] = {
        "cards": lambda: engine.render(text),
        "bare template": lambda: [template.render(v=words) for _ in range(COUNT)],
    }
    turns: dict[str, list[float]] = {}
    for _ in range(TURNS):
        for name, work in ways.items():
            turns.setdefault(name, []).append(_seconds(work))
    pairs = zip(turns["cards"], turns["bare template"], strict=True)
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    print(f"{COUNT:,} of each, {len(words)} expressions, CPU time, medians of {TURNS} turns")
    for name, times in turns.items():
        print(f"{name:<16}{statistics.median(times) * 1e3:8.1f} ms")
    print(f"cards take {ratio:.2f} times as long; the goal is {GOAL}")


def _bare(engine: Engine, text: str) -> tuple[Template, list[str]]:
    """Return the markup of one card as a template, with words for as many expressions as the card's
    own template prints.
    """
    one = text[: text.index("]") + 1]
    made = str(engine.render(one, options={"styles": "none"}))
    places = list(_WORD.finditer(made))
    count = _expressions(engine, one)
    step = len(places) / count
    chosen = [places[int(n * step)] for n in range(count)]
    parts, position = [], 0
    for n, place in enumerate(chosen):
        parts += [made[position : place.start()], f"{{{{ v[{n}] }}}}"]
        position = place.end()
    markup = "".join([*parts, made[position:]])
    return Environment(autoescape=True).from_string(markup), [place[0] for place in chosen]


def _expressions(engine: Engine, text: str) -> int:
    """Return how many values the card's template prints for one card."""
    printed: list[object] = []

    def counted(value: object) -> object:
        printed.append(value)
        return value

    own = load_template("shortcodes_covid19", "card.html")
    counting = own.environment.overlay(finalize=counted)
    source = own.environment.loader.get_source(own.environment, "card.html")[0]
    compiled = counting.from_string(source)
    printed.clear()  # what is constant is printed when the template is compiled
    with mock.patch.object(card_html, "load_template", return_value=compiled):
        engine.render(text, options={"styles": "none"})
    return len(printed)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()

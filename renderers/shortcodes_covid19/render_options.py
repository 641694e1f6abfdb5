"""The options of `shortcodes render` that set keys of the configuration's table `covid19`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shortcodes.plugins import Option

OPTIONS: Final[Mapping[str, Option]] = {
    "source": Option(
        "--covid-source",
        "Data sources of COVID-19 cards, separated by commas, such as who,snapshot. "
        "`shortcodes covid19 show --help` lists them.",
        metavar="CHAIN",
    ),
    "shape": Option("--covid-shape", "The shape of COVID-19 cards.", choices=("card", "badge")),
    "heading": Option(
        "--heading", "The level of the cards' headings, 2 to 6.", metavar="LEVEL", kind=int
    ),
    "numbers": Option(
        "--numbers",
        "The digits on cards: Latin, or native to the card's language.",
        choices=("latn", "native"),
    ),
    "fix-contrast": Option(
        "--fix-contrast",
        "Write cards in black or white where their colours are hard to read.",
        kind=bool,
    ),
}

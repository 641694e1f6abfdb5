"""The command-line options about cards, for keys of the table `covid19` in a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shortcodes.plugins import Option

OPTIONS: Final[Mapping[str, Option]] = {
    "source": Option(
        "--covid-source",
        "Where COVID-19 cards get their figures from: names of sources with commas between them, "
        "such as who,snapshot. See `shortcodes covid19 show --help`.",
        metavar="CHAIN",
    ),
    "shape": Option("--covid-shape", "What COVID-19 cards look like.", choices=("card", "badge")),
    "heading": Option(
        "--heading", "The level of the cards' headings, 2 to 6.", metavar="LEVEL", kind=int
    ),
    "numbers": Option(
        "--numbers",
        "The digits on cards: Latin ones, or those of the card's language.",
        choices=("latn", "native"),
    ),
    "fix-contrast": Option(
        "--fix-contrast",
        "Write a card in black or white where its colour is hard to read.",
        kind=bool,
    ),
}

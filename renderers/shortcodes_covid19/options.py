"""The command-line options about cards, for keys of the table `covid19` in a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from shortcodes.plugins import Option

OPTIONS: Final[Mapping[str, Option]] = {
    "source": Option(
        "--covid-source",
        {
            "metavar": "CHAIN",
            "help": "Where COVID-19 cards get their figures from: names of sources with commas "
            "between them, such as who,snapshot. See `shortcodes covid19 show --help`.",
        },
    ),
    "shape": Option(
        "--covid-shape",
        {"type": click.Choice(["card", "badge"]), "help": "What COVID-19 cards look like."},
    ),
    "heading": Option(
        "--heading",
        {"type": int, "metavar": "LEVEL", "help": "The level of the cards' headings, 2 to 6."},
    ),
    "numbers": Option(
        "--numbers",
        {
            "type": click.Choice(["latn", "native"]),
            "help": "The digits on cards: Latin ones, or those of the card's language.",
        },
    ),
    "fix-contrast": Option(
        "--fix-contrast",
        {
            "is_flag": True,
            "default": None,
            "help": "Write a card in black or white where its colour is hard to read.",
        },
    ),
}

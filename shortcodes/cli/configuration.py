"""The options about the configuration: which one, what of it counts, and whether it is trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

from shortcodes import config
from shortcodes.config.file import Configuration

config_option = click.option(
    "--config",
    "config_path",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which configuration; else shortcodes.toml, or [tool.shortcodes] in pyproject.toml, "
    "here or in the nearest folder above.",
)
trust_option = click.option(
    "--trust-config",
    "trusted",
    is_flag=True,
    help="Import the Python that the configuration names.",
)


def takes_config(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for the configuration; it receives an `Engine`."""

    @config_option
    @trust_option
    @wraps(command)
    def with_engine(*args: Any, config_path: Path | None, trusted: bool, **own: Any) -> None:
        command(*args, engine=found(config_path).build(trusted=trusted), **own)

    return with_engine


def found(path: Path | None) -> Configuration:
    """Return the configuration in a file, or else that of the working folder."""
    return config.read(path) if path else config.find()


Cards = Mapping[str, Any]
"""What a configuration says about cards, by key."""

_CARD_OPTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "source": (
        "--covid-source",
        {
            "metavar": "CHAIN",
            "help": "Where COVID-19 cards get their figures from: names of sources with commas "
            "between them, such as who,snapshot. See `shortcodes covid19 show --help`.",
        },
    ),
    "shape": (
        "--covid-shape",
        {"type": click.Choice(["card", "badge"]), "help": "What COVID-19 cards look like."},
    ),
    "heading": (
        "--heading",
        {"type": int, "metavar": "LEVEL", "help": "The level of the cards' headings, 2 to 6."},
    ),
    "numbers": (
        "--numbers",
        {
            "type": click.Choice(["latn", "native"]),
            "help": "The digits on cards: Latin ones, or those of the card's language.",
        },
    ),
    "fix-contrast": (
        "--fix-contrast",
        {
            "is_flag": True,
            "default": None,
            "help": "Write a card in black or white where its colour is hard to read.",
        },
    ),
}
"""What a configuration says about cards, by key, and the option that says otherwise."""


def takes_cards(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of cards; it receives those that are set, as `cards`."""

    @wraps(command)
    def with_cards(*args: Any, **given: Any) -> None:
        chosen = {key: given.pop(_parameter(key)) for key in _CARD_OPTIONS}
        command(*args, cards={key: v for key, v in chosen.items() if v is not None}, **given)

    made: Callable[..., None] = with_cards
    for key, (option, more) in reversed(_CARD_OPTIONS.items()):
        made = click.option(option, _parameter(key), **more)(made)
    return made


def _parameter(key: str) -> str:
    return f"card_{key.replace('-', '_')}"


def with_cards(configuration: Configuration, cards: Cards) -> Configuration:
    """Return a configuration with what options say about cards."""
    for key, value in cards.items():
        configuration = using(configuration, _CARD_OPTIONS[key][0], key, value)
    return configuration


def using(configuration: Configuration, option: str, key: str, value: Any) -> Configuration:
    """Return a configuration with another setting of the cards, which an option gives."""
    try:
        return configuration.using("covid19", {key: value}, option)
    except config.ConfigError as error:
        reason = str(error).removeprefix(f"{option}: {key}: ")
        raise click.UsageError(f"{option}: {reason}") from error

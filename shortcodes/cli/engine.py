"""The options of commands that render: which configuration, and what it may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

from shortcodes import config


def takes_config(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for the configuration; it receives an `Engine`."""

    @click.option(
        "--config",
        "path",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Which configuration; else shortcodes.toml, or [tool.shortcodes] in pyproject.toml, "
        "here or in the nearest folder above.",
    )
    @click.option(
        "--trust-config", is_flag=True, help="Import the Python that the configuration names."
    )
    @_takes_card_options
    @wraps(command)
    def with_engine(
        *args: Any, path: Path | None, trust_config: bool, cards: Mapping[str, Any], **own: Any
    ) -> None:
        found = configuration(path)
        for key, value in cards.items():
            found = using(found, _CARD_OPTIONS[key][0], key, value)
        try:
            engine = found.build(trusted=trust_config)
        except config.ConfigError as error:
            raise click.ClickException(str(error)) from error
        command(*args, engine=engine, **own)

    return with_engine


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


def _takes_card_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of cards; it receives the values of those that are set, by key."""

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


def configuration(path: Path | None) -> config.Configuration:
    """Return the configuration of a file that was named, or else the one that applies here."""
    try:
        return config.read(path) if path else config.find()
    except config.ConfigError as error:
        raise click.ClickException(str(error)) from error


def using(found: config.Configuration, option: str, key: str, value: Any) -> config.Configuration:
    """Return a configuration with another setting of the cards, which an option gives."""
    try:
        return found.using("covid19", {key: value}, Path())
    except ValueError as error:
        raise click.UsageError(f"{option}: {str(error).removeprefix(f'{key}: ')}") from error

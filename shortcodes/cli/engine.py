"""The options of commands that render: which configuration, and what it may say."""

from __future__ import annotations

from collections.abc import Callable
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
    @click.option(
        "--covid-source",
        metavar="CHAIN",
        help="Where COVID-19 cards get their figures from: names of sources with commas between "
        "them, such as who,snapshot. See `shortcodes covid19 show --help`.",
    )
    @wraps(command)
    def with_engine(
        *args: Any, path: Path | None, trust_config: bool, covid_source: str | None, **own: Any
    ) -> None:
        found = configuration(path)
        if covid_source is not None:
            found = using_source(found, covid_source, "--covid-source")
        try:
            engine = found.build(trusted=trust_config)
        except config.ConfigError as error:
            raise click.ClickException(str(error)) from error
        command(*args, engine=engine, **own)

    return with_engine


def configuration(path: Path | None) -> config.Configuration:
    """Return the configuration of a file that was named, or else the one that applies here."""
    try:
        return config.read(path) if path else config.find()
    except config.ConfigError as error:
        raise click.ClickException(str(error)) from error


def using_source(found: config.Configuration, chain: str, option: str) -> config.Configuration:
    """Return a configuration with another chain of sources, which an option names."""
    try:
        return found.using("covid19", {"source": chain}, Path())
    except ValueError as error:
        raise click.UsageError(f"{option}: {str(error).removeprefix('source: ')}") from error

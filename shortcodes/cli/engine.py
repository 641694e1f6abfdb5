"""The options about the configuration: which one, and whether it is trusted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from shortcodes import config
from shortcodes.config import Configuration

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

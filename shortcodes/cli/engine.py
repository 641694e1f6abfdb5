"""The options of commands that render: which configuration, and whether it is trusted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shortcodes import config

if TYPE_CHECKING:
    from shortcodes.engine import Engine


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
    @wraps(command)
    def with_engine(*args: Any, path: Path | None, trust_config: bool, **own: Any) -> None:
        command(*args, engine=_engine(path, trust_config), **own)

    return with_engine


def _engine(path: Path | None, trusted: bool) -> Engine:
    try:
        found = config.read(path) if path else config.find()
        return found.build(trusted=trusted)
    except config.ConfigError as error:
        raise click.ClickException(str(error)) from error

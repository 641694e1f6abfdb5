"""The options about the configuration: which one, what of it counts, and whether it is trusted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from shortcodes import config, registry
from shortcodes.config import ConfigError, Configuration
from shortcodes.plugins import Option

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
        command(*args, engine=load_configuration(config_path).build(trusted=trusted), **own)

    return with_engine


def load_configuration(path: Path | None) -> Configuration:
    """Return the configuration in a file, or else that of the working folder."""
    return config.read(path) if path else config.find()


_OPTION_VALUES = "shortcodes.settings"
"""Where a call keeps what its options say about libraries: by library and key, the value."""


class WithLibraryOptions(click.Command):
    """A command that takes the options of libraries too: see `Library.options`."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return its own parameters, and those of libraries before the last one, --help."""
        *own, last = super().get_params(ctx)
        return [*own, *map(_build_parameter, _list_library_options()), last]


class LibraryOption(NamedTuple):
    """An option, and the setting that it stands for."""

    library: str
    key: str
    option: Option


def _list_library_options() -> list[LibraryOption]:
    return [
        LibraryOption(library.name, key, option)
        for library in registry.list_libraries()
        for key, option in library.options.items()
    ]


def _build_parameter(setting: LibraryOption) -> click.Option:
    def keep(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            context.meta.setdefault(_OPTION_VALUES, []).append((setting, value))

    name, option = f"{setting.library}_{setting.key}".replace("-", "_"), setting.option
    takes: dict[str, Any] = {
        "type": click.Choice(option.choices) if option.choices else option.kind
    }
    if option.kind is bool:
        takes = {"is_flag": True, "default": None}
    return click.Option(
        [option.name, name],
        help=option.help,
        metavar=option.metavar,
        callback=keep,
        expose_value=False,
        **takes,
    )


def apply_library_options(configuration: Configuration) -> Configuration:
    """Return a configuration with what the options of this call say about libraries."""
    for (library, key, option), value in click.get_current_context().meta.get(_OPTION_VALUES, ()):
        configuration = set_option(configuration, option.name, library, key, value)
    return configuration


def set_option(
    configuration: Configuration, option: str, library: str, key: str, value: Any
) -> Configuration:
    """Return a configuration with another setting of a library, which an option gives."""
    try:
        return configuration.using(library, {key: value}, option)
    except ConfigError as error:
        reason = str(error).removeprefix(f"{option}: {key}: ")
        raise click.UsageError(f"{option}: {reason}") from error

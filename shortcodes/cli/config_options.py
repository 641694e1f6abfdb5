"""The options that choose a configuration, trust it, and override settings of libraries in it."""

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
    help="The configuration. By default shortcodes.toml, or [tool.shortcodes] in pyproject.toml, "
    "in this folder or the nearest one above.",
)
trust_option = click.option(
    "--trust-config",
    "trusted",
    is_flag=True,
    help="Import the Python module that the configuration names.",
)


def takes_config(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of the configuration to a command, which receives an `Engine`."""

    @config_option
    @trust_option
    @wraps(command)
    def with_engine(*args: Any, config_path: Path | None, trusted: bool, **options: Any) -> None:
        engine = load_configuration(config_path).build(trusted=trusted)
        command(*args, engine=engine, **options)

    return with_engine


def load_configuration(path: Path | None) -> Configuration:
    """Return the configuration in a file or, without one, that of the working folder."""
    return config.read(path) if path else config.find()


_OPTION_VALUES = "shortcodes.settings"
"""The key under which a call stores the options of libraries that it was given."""


class WithLibraryOptions(click.Command):
    """A command that also takes the options of libraries (see `Library.options`)."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the parameters of the command, with those of libraries before --help."""
        *own, last = super().get_params(ctx)
        return [*own, *map(_build_parameter, _list_library_options()), last]


class LibraryOption(NamedTuple):
    """An option of a library and the setting that it overrides."""

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
    kind: dict[str, Any] = {"type": click.Choice(option.choices) if option.choices else option.kind}
    if option.kind is bool:
        kind = {"is_flag": True, "default": None}
    return click.Option(
        [option.name, name],
        help=option.help,
        metavar=option.metavar,
        callback=keep,
        expose_value=False,
        **kind,
    )


def apply_library_options(configuration: Configuration) -> Configuration:
    """Return a configuration with the settings that options of this call override."""
    for (library, key, option), value in click.get_current_context().meta.get(_OPTION_VALUES, ()):
        configuration = set_option(configuration, option.name, library, key, value)
    return configuration


def set_option(
    configuration: Configuration, option: str, library: str, key: str, value: Any
) -> Configuration:
    """Return a configuration with the value of an option as a setting of a library."""
    try:
        return configuration.using(library, {key: value}, option)
    except ConfigError as error:
        reason = str(error).removeprefix(f"{option}: {key}: ")
        raise click.UsageError(f"{option}: {reason}") from error

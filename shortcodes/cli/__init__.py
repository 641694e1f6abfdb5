"""The command line, with one file for each command."""

from __future__ import annotations

import click

from shortcodes import __version__, registry
from shortcodes.cli.commands.extract import extract
from shortcodes.cli.commands.fix import fix
from shortcodes.cli.commands.lint import lint
from shortcodes.cli.commands.render import render
from shortcodes.cli.commands.schema import schema
from shortcodes.cli.commands.strip import strip

_EPILOG = """\b
Exit status: 0 success, 1 findings (lint), 2 a mistake in the call or an unusable file.
It stays the same if the output is not read to its end, as with `| head`.
A text in a pipe needs no FILE: `cat a.txt | shortcodes strip`.
Output goes to standard output, everything else to standard error."""


class _Commands(click.Group):
    """The commands of this package and those of libraries, which are imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *registry.list_command_names()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command: click.Command | None = super().get_command(ctx, cmd_name)
        return command or registry.load_command(cmd_name)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="shortcodes", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Read WordPress-style shortcodes in texts, clean or damaged."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for _command in (strip, extract, render, lint, fix, schema):
    cli.add_command(_command)

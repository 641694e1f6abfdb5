"""The options of commands that run rules: which rules, and which fixes."""

from __future__ import annotations

from collections.abc import Callable

import click

from shortcodes.cli.job import split_list


def takes_rules(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options `select` and `ignore`, as tuples or `None`, and `unsafe` to a command."""
    for decorator in (
        click.option("--unsafe-fixes", "unsafe", is_flag=True, help="Also make unsafe fixes."),
        click.option(
            "--ignore",
            metavar="RULES",
            callback=_read_rules,
            help="Do not use these rules, even if --select names them.",
        ),
        click.option(
            "--select",
            metavar="RULES",
            callback=_read_rules,
            help="Use only these rules: codes, beginnings of codes, or names, separated by commas.",
        ),
    ):
        command = decorator(command)
    return command


def _read_rules(
    _context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """Return the rules in an option. Selecting none is an error: nothing would be checked."""
    rules = split_list(value)
    if parameter.name == "select" and rules == ():
        raise click.BadParameter("no rule is named")
    return rules

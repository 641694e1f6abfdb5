"""The options of commands that ask rules: which ones, and which fixes are made."""

from __future__ import annotations

from collections.abc import Callable

import click

from shortcodes.cli.job import split_list


def takes_rules(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options `select` and `ignore`, as tuples or `None`, and `unsafe`."""
    for decorator in (
        click.option("--unsafe-fixes", "unsafe", is_flag=True, help="Make unsafe fixes too."),
        click.option(
            "--ignore",
            metavar="RULES",
            callback=_named,
            help="All rules but these; also with --select.",
        ),
        click.option(
            "--select",
            metavar="RULES",
            callback=_named,
            help="Only these rules: codes, beginnings of codes or names, separated by commas.",
        ),
    ):
        command = decorator(command)
    return command


def _named(
    _context: click.Context, parameter: click.Parameter, given: str | None
) -> tuple[str, ...] | None:
    """Return what an option names; to select nothing would be to check nothing, unnoticed."""
    rules = split_list(given)
    if parameter.name == "select" and rules == ():
        raise click.BadParameter("it names no rule")
    return rules

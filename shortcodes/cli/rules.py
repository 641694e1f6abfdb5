"""The options of commands that ask rules: which ones, and which fixes are made."""

from __future__ import annotations

from collections.abc import Callable

import click


def takes_rules(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options `select`, `ignore` and `unsafe`."""
    for decorator in (
        click.option("--unsafe-fixes", "unsafe", is_flag=True, help="Make unsafe fixes too."),
        click.option("--ignore", metavar="RULES", help="All rules but these; also with --select."),
        click.option(
            "--select",
            metavar="RULES",
            help="Only these rules: codes, beginnings of codes or names, separated by commas.",
        ),
    ):
        command = decorator(command)
    return command

"""`--explain`: the pages of codes, formatted for a terminal or as Markdown."""

from __future__ import annotations

import sys

import click


def explain(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    """Print the pages of a code, of all codes with a prefix, or of a rule by its name, and exit."""
    if value is None or context.resilient_parsing:
        return
    # slow to import
    from shortcodes.linting.codes import AT_RUN_TIME, NAMES
    from shortcodes.linting.pages import page
    from shortcodes.linting.table import CODES, select

    names = {**NAMES, **AT_RUN_TIME}
    codes = [code for code in CODES if value == names[code] or (value and code.startswith(value))]
    chosen = [CODES[code] for code in codes] or select([value])
    pages = "\n".join(page(code) for code in chosen)
    if sys.stdout is not None and sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(pages))
    else:
        click.echo(pages, nl=False)
    context.exit()

"""The pages of codes: laid out on a terminal, else as Markdown."""

from __future__ import annotations

import sys

import click


def explain(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    """Print the pages of a code, a beginning of codes or the name of a rule, and exit."""
    if value is None or context.resilient_parsing:
        return
    # These load the rules.
    from shortcodes.linting.codes import RULE_NAMES, RUNTIME_NAMES
    from shortcodes.linting.pages import format_page
    from shortcodes.linting.table import CODES, select

    names = {**RULE_NAMES, **RUNTIME_NAMES}
    codes = [code for code in CODES if value == names[code] or (value and code.startswith(value))]
    chosen = [CODES[code] for code in codes] or select([value])
    pages = "\n".join(format_page(code) for code in chosen)
    if sys.stdout is not None and sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(pages))
    else:
        click.echo(pages, nl=False)
    context.exit()

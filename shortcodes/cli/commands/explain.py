"""What codes are about: their pages, on a terminal laid out, else as Markdown."""

from __future__ import annotations

import sys

import click


def explain(context: click.Context, _parameter: click.Parameter, given: str | None) -> None:
    """Print the pages of a code, of those that begin like it, or of a rule's name, and end."""
    if given is None or context.resilient_parsing:
        return
    # loaded where they are needed
    from shortcodes.linting.codes import RULE_NAMES, RUNTIME_NAMES
    from shortcodes.linting.pages import format_page
    from shortcodes.linting.table import CODES, select

    names = {**RULE_NAMES, **RUNTIME_NAMES}
    codes = [code for code in CODES if given == names[code] or (given and code.startswith(given))]
    chosen = [CODES[code] for code in codes] or select([given])
    pages = "\n".join(format_page(code) for code in chosen)
    if sys.stdout is not None and sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(pages))
    else:
        click.echo(pages, nl=False)
    context.exit()

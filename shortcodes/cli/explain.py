"""What a rule is about: its page, on a terminal laid out, else as Markdown."""

from __future__ import annotations

import sys

import click

from shortcodes.rules import Rule, group_of, select


def explain(context: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    """Print the pages of the rules that a code stands for, and end."""
    if code is None or context.resilient_parsing:
        return
    pages = "\n".join(_page(rule) for rule in select([code]))
    if sys.stdout is not None and sys.stdout.isatty():
        from rich.console import Console  # loaded where they are needed
        from rich.markdown import Markdown

        Console().print(Markdown(pages))
    else:
        click.echo(pages, nl=False)
    context.exit()


def _page(rule: Rule) -> str:
    """Return the page of a rule, as Markdown."""
    facts = f"{group_of(rule.code)} · {rule.severity} · `{rule.name}`"
    _, _, body = rule.page.partition("\n\n")
    return f"# {rule.code}: {rule.summary.rstrip('.')}\n\n{facts}\n\n{body}\n"

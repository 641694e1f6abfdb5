"""`shortcodes extract`: prints shortcodes as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from shortcodes.api import apply
from shortcodes.cli import report
from shortcodes.cli.io import files, json_array
from shortcodes.cli.io.printing import dump_json
from shortcodes.cli.job import Job, takes_files
from shortcodes.diagnostics import Diagnostic

_EPILOG = """\b
Examples:
  shortcodes extract article.txt
  shortcodes extract --tag gallery --ndjson posts/*.html"""


@click.command(short_help="Print shortcodes as JSON.", epilog=_EPILOG)
@takes_files
@click.option(
    "--tag",
    metavar="NAME",
    help="Print only shortcodes with this name, each as an item of its own, even nested ones.",
)
@click.option(
    "--ndjson", is_flag=True, help="Print one JSON object per line, as soon as it is read."
)
def extract(job: Job, tag: str | None, ndjson: bool) -> None:
    """Print the shortcodes in FILEs, or in standard input (-), as a JSON array.

    Each item has name, attributes, positional, content (null without a closing tag), start, end,
    line, column, source and children. If there are several FILEs, each item begins with file.
    """
    files.check_not_overwritten("--output", job.output, job.names)
    with job.open_output() as output:
        items = _items(job, tag)
        if ndjson:
            for item in items:
                output.write(f"{dump_json(item)}\n".encode())
        else:
            json_array.write(items, output)


def _items(job: Job, tag: str | None) -> Iterator[dict[str, Any]]:
    for source in job.read_files():
        document = job.parse(source)
        diagnostics: list[Diagnostic] = []
        location = {"file": files.replace_bad_bytes(source.name)} if len(job.names) > 1 else {}
        for item in apply("data", document, format=source.format, diagnostics=diagnostics, tag=tag):
            yield {**location, **item}
        report.print_diagnostics(source.name, document, diagnostics)

"""`shortcodes extract`: prints shortcodes as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from shortcodes.api import apply
from shortcodes.cli import report
from shortcodes.cli.containers.strings import HeldText
from shortcodes.cli.io import files, json_array
from shortcodes.cli.job import Job, takes_files
from shortcodes.common.log_text import dump_json
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document

_EPILOG = """\b
Examples:
  shortcodes extract article.txt
  shortcodes extract --tag gallery --ndjson posts/*.html
  shortcodes extract --evidence article.txt"""


@click.command(short_help="Print shortcodes as JSON.", epilog=_EPILOG)
@takes_files
@click.option(
    "--tag",
    metavar="NAME",
    help="Print only shortcodes with this name, each as an item of its own, even nested ones.",
)
@click.option(
    "--evidence",
    is_flag=True,
    help="Say for each shortcode why its name counts, and which tag is evidence for it.",
)
@click.option(
    "--ndjson", is_flag=True, help="Print one JSON object per line, as soon as it is read."
)
def extract(job: Job, tag: str | None, evidence: bool, ndjson: bool) -> None:
    """Print the shortcodes in FILEs, or in standard input (-), as a JSON array.

    Each item has name, attributes, positional, content (null without a closing tag), start, end,
    line, column, source and children. If there are several FILEs, each item begins with file. In
    JSON and CSV, start, end, line and column are those in the file, and source is decoded.
    """
    files.check_not_overwritten("--output", job.output, job.names)
    with job.open_output() as output:
        items = _items(job, {"tag": tag, "evidence": evidence})
        if ndjson:
            for item in items:
                output.write(f"{dump_json(item)}\n".encode())
        else:
            json_array.write(items, output)


def _items(job: Job, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for file in job.read_files():
        location = {"file": files.replace_bad_bytes(file.name)} if len(job.names) > 1 else {}
        for source in file.list_texts():
            document = job.parse(source)
            diagnostics: list[Diagnostic] = []
            for item in apply(
                "data", document, format=source.format, diagnostics=diagnostics, **options
            ):
                if source.held:
                    _place(item, document, source.held)
                yield {**location, **item}
            report.print_diagnostics(source.name, document, diagnostics)


def _place(item: dict[str, Any], document: Document, held: HeldText) -> None:
    """Say where in the file an item and its children are, whose text is in a string."""
    pending = [item]
    while pending:
        inner = pending.pop()
        inner["line"], inner["column"] = document.position(inner["start"])
        inner["start"], inner["end"] = held.find_span(inner["start"], inner["end"])
        pending += inner["children"]

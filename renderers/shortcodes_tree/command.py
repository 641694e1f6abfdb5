"""The command `shortcodes convert`: writes a document in another form, or reads it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import click

from shortcodes.api import apply
from shortcodes.cli import report
from shortcodes.cli.io import files
from shortcodes.cli.job import InputFile, Job, takes_files
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document
from shortcodes_tree.forms import recorded

_FORMS = ("json", "yaml", "xml")
"""The forms that a document can be read back from."""

_TEXTS = ("source", "plain", "markdown")

_EPILOG = """\b
Examples:
  shortcodes convert article.txt -o article.json
  shortcodes convert --from json article.json -o article.txt
  shortcodes convert --to plain --attributes title,caption posts/*.html"""


@click.command(short_help="Write texts in other forms, and back.", epilog=_EPILOG)
@partial(takes_files, also=_FORMS)
@click.option(
    "--to",
    type=click.Choice([*_FORMS, *_TEXTS]),
    help="The form to write: the whole tree as json (the default), yaml or xml; the text with its "
    "shortcodes in one normal form (source); the words for a search index (plain); or Markdown.",
)
@click.option(
    "--attributes",
    metavar="NAMES",
    help="With --to plain: the attributes whose values are kept, separated by commas.",
)
def convert(job: Job, to: str | None, attributes: str | None) -> None:
    """Write FILEs, or standard input (-), in another form.

    json, yaml and xml keep everything, and take one FILE. Pass one of them to --from to get the
    text back, or to write it in the form that --to names. They record --dialect and --tags. In the
    other forms, the outputs of several FILEs follow each other.
    """
    files.check_readable(job.names)
    form = job.form if job.form in _FORMS else None
    if form is None and to is None:
        to = _FORMS[0]
    if to in _FORMS and len(job.names) > 1:
        raise click.UsageError(f"--to {to} takes one FILE")
    if attributes is not None and to != "plain":
        raise click.UsageError("--attributes is for --to plain")
    plain_options: dict[str, Any] = {}
    if attributes is not None:
        plain_options["attributes"] = [name.strip() for name in attributes.split(",")]
    with job.open_output() as output:
        reading = replace(job, form=None, input_format="text") if form else job
        for source in reading.read_texts(hold_one=True):
            with _report_errors(source):
                text = _convert(source, *_read(job, source, form), to, plain_options)
                output.write(text.encode())


def _read(job: Job, source: InputFile, form: str | None) -> tuple[Document, dict[str, Any]]:
    """Return the document of a file, and the options that it was parsed with."""
    if form is None:
        return job.parse(source), dict(job.build_parse_options(source))
    return recorded(source.text, form)


def _convert(
    source: InputFile,
    document: Document,
    parse_options: dict[str, Any],
    to: str | None,
    plain_options: dict[str, Any],
) -> str:
    if to is None:
        return document.source
    form = "markdown" if parse_options["markdown"] else source.format
    diagnostics: list[Diagnostic] = []
    options = plain_options if to == "plain" else parse_options
    text: str = apply(to, document, format=form, diagnostics=diagnostics, **options)
    report.print_diagnostics(source.name, document, diagnostics)
    return text


@contextmanager
def _report_errors(source: InputFile) -> Iterator[None]:
    """Report an error with the name of the file that cannot be converted."""
    try:
        yield
    except UnicodeEncodeError:
        message = f"{source.name}: it contains half a surrogate pair, which no file can hold"
        raise click.ClickException(message) from None
    except ValueError as error:
        raise click.ClickException(f"{source.name}: {error}") from None

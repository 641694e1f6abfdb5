"""`shortcodes convert`: a document in another form, or back from one."""

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
from shortcodes.cli.job import Job, Source, takes_files
from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Document
from shortcodes_tree.forms import recorded

_FORMS = ("json", "yaml", "xml")
"""What a document can be read back from."""

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
    help="The form: the whole tree as json (the default), yaml or xml; source has shortcodes in "
    "one normal form, plain the words for a search index, markdown the text as Markdown.",
)
@click.option(
    "--attributes",
    metavar="NAMES",
    help="With --to plain: attributes whose values are kept, separated by commas.",
)
def convert(job: Job, to: str | None, attributes: str | None) -> None:
    """Write FILEs, or standard input (-), in another form.

    json, yaml and xml lose nothing: with --from and one of them, the text comes back as it was,
    or goes on into the form that --to names. --dialect and --tags are recorded there. They take
    one FILE; of the other forms the outputs of several follow each other.
    """
    files.check(job.names)
    form = job.form if job.form in _FORMS else None
    if form is None and to is None:
        to = _FORMS[0]
    if to in _FORMS and len(job.names) > 1:
        raise click.UsageError(f"--to {to} takes one FILE")
    if attributes is not None and to != "plain":
        raise click.UsageError("--attributes is for --to plain")
    own: dict[str, Any] = {}
    if attributes is not None:
        own["attributes"] = [name.strip() for name in attributes.split(",")]
    with job.written() as output:
        for source in replace(job, form=None if form else job.form).sources():
            with _mistakes_of(source):
                text = _converted(source, *_read(job, source, form), to, own)
                output.write(text.encode())


def _read(job: Job, source: Source, form: str | None) -> tuple[Document, dict[str, Any]]:
    """Return the document of a file, and the options that it was parsed with."""
    if form is None:
        return job.parse(source), dict(job.options(source))
    return recorded(source.text, form)


def _converted(
    source: Source,
    document: Document,
    parsed_with: dict[str, Any],
    to: str | None,
    own: dict[str, Any],
) -> str:
    if to is None:
        return document.source
    form = "markdown" if parsed_with["markdown"] else source.format
    found: list[Diagnostic] = []
    options = own if to == "plain" else parsed_with
    text: str = apply(to, document, format=form, diagnostics=found, **options)
    report.to_stderr(source.name, document, found)
    return text


@contextmanager
def _mistakes_of(source: Source) -> Iterator[None]:
    """Say of which file it is that something cannot be made."""
    try:
        yield
    except UnicodeEncodeError:
        message = f"{source.name}: it holds half a surrogate pair, which no file can hold"
        raise click.ClickException(message) from None
    except ValueError as error:
        raise click.ClickException(f"{source.name}: {error}") from None

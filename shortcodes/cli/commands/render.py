"""`shortcodes render`: what the shortcodes stand for, in their place."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import click

from shortcodes.cli import report
from shortcodes.cli.config_options import WithLibraryOptions, apply_library_options, trust_option
from shortcodes.cli.io import files, json_array
from shortcodes.cli.io.files import STDIN, replace_bad_bytes
from shortcodes.cli.io.streams import UnreadError
from shortcodes.cli.job import Job, Source, takes_files
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Renderer
from shortcodes.registry import get_renderer

_EPILOG = """\b
Examples:
  shortcodes render article.txt
  shortcodes render --page article.txt -o article.html
  shortcodes render --unknown mark post.md"""


@click.command(
    cls=WithLibraryOptions, short_help="Put HTML in place of shortcodes.", epilog=_EPILOG
)
@takes_files
@click.option(
    "--unknown",
    type=click.Choice(["keep", "strip", "mark"]),
    help="What becomes of shortcodes that no handler takes: their source stays (the default), "
    "they go as with strip, or their source stands in <mark>.",
)
@click.option("--page", is_flag=True, help="A complete page instead of a fragment.")
@click.option("--title", help="The page's title; else its first heading or line.")
@click.option("--lang", help="The page's language, such as ar; else guessed from its letters.")
@click.option("--dir", type=click.Choice(["ltr", "rtl"]), help="The page's direction.")
@click.option(
    "--styles",
    type=click.Choice(["once", "inline", "none"]),
    help="Where the CSS of the output goes: into a <style> before its first use, or the head of a "
    "page (once, the default); into style attributes, for feeds and mail (inline); or nowhere, "
    "since the page has it already (none).",
)
@click.option(
    "--css",
    metavar="FILE",
    help="Write the CSS to FILE, to which a --page links; the output has --styles none.",
)
@click.option(
    "--to",
    metavar="NAME",
    default="html",
    show_default=True,
    help="The renderer: html, strip, data, or one that is installed.",
)
@trust_option
def render(
    job: Job,
    to: str,
    page: bool,
    css: str | None,
    trusted: bool,
    **options: str | None,
) -> None:
    """Put HTML in place of the shortcodes in FILEs, or in standard input (-).

    Plain text is escaped and becomes paragraphs, Markdown is converted. HTML passes as it is: it
    is trusted, with its scripts, so render only HTML whose author you trust. A page needs no
    other file: its style is part of it.
    """
    if page and len(job.names) > 1:
        raise click.UsageError("--page takes one FILE")
    if css is not None and options["styles"] not in (None, "none"):
        raise click.UsageError(f"--css cannot be used with --styles {options['styles']}")
    files.check_not_overwritten("--css", css, [*job.names, *([job.output] if job.output else [])])
    chosen: dict[str, Any] = {name: given for name, given in options.items() if given is not None}
    if page:
        chosen["page"] = True
    if css is not None:
        chosen["styles"] = "none"
    if css is not None and page:
        link = os.path.relpath(css, os.path.dirname(job.output or ""))
        chosen["link"] = quote(os.fsencode(link.replace(os.sep, "/")))
    by = get_renderer(to)
    engine = apply_library_options(job.configuration).build(trusted=trusted)
    # The outputs become one: what they share is printed once, and their ids differ.
    whole = Context(options=chosen, engine=engine)

    def rendered() -> Iterator[Any]:
        for source in job.read_sources():
            if page:
                chosen["name"] = "" if source.name == STDIN else replace_bad_bytes(PurePath(source.name).stem)
            document = job.parse(source, engine.names)
            own = replace(whole, format=source.format, diagnostics=[])
            yield _rendered(by, document, source, own)

    made = rendered()
    with job.open_output() as output:
        try:
            if by.output == "json":
                json_array.write([item for items in made for item in items], output)
            else:
                for text in made:
                    output.write(text.encode("utf-8", "replace"))
        except UnreadError:
            if css is not None:  # which is of all files
                deque(made, maxlen=0)
            raise
    if css is not None:
        with files.open_output(css, break_links=job.break_links) as sheet:
            sheet.write("\n".join(whole.stylesheets.values()).encode())


def _rendered(by: Renderer, document: Document, source: Source, context: Context) -> Any:
    context.report_split(document)
    try:
        made = by.render(document, context)
        made = list(made) if by.output == "json" else made
    except (TypeError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    report.print_diagnostics(source.name, document, context.diagnostics)
    return made

"""`shortcodes render`: replaces shortcodes with what their handlers make of them."""

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
from shortcodes.cli.job import InputFile, Job, takes_files
from shortcodes.engine.strict import find_problems
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Renderer
from shortcodes.registry import get_renderer

_EPILOG = """\b
Examples:
  shortcodes render article.txt
  shortcodes render --page article.txt -o article.html
  shortcodes render --unknown mark post.md"""


@click.command(cls=WithLibraryOptions, short_help="Render shortcodes as HTML.", epilog=_EPILOG)
@takes_files
@click.option(
    "--unknown",
    type=click.Choice(["keep", "strip", "mark"]),
    help="What happens to shortcodes without a handler: they stay as they are (keep, the default), "
    "are removed as by the command strip (strip), or are put into <mark> (mark).",
)
@click.option("--page", is_flag=True, help="Write a complete page instead of a fragment.")
@click.option("--title", help="The title of the page. By default its first heading or line.")
@click.option(
    "--lang", help="The language of the page, such as ar. By default guessed from its letters."
)
@click.option(
    "--dir",
    type=click.Choice(["ltr", "rtl"]),
    help="The direction of the page. By default that of its language.",
)
@click.option(
    "--styles",
    type=click.Choice(["once", "inline", "none"]),
    help="Where the CSS of the output goes: into a <style> before its first use or in the head of "
    "a page (once, the default), into style attributes, for feeds and mail (inline), or nowhere, "
    "because the page has it already (none).",
)
@click.option(
    "--css",
    metavar="FILE",
    help="Write the CSS to FILE, to which a page links. Implies --styles none.",
)
@click.option(
    "--commonmark",
    is_flag=True,
    help="Read Markdown as CommonMark: without tables, strikethrough, task lists, footnotes and "
    "definition lists.",
)
@click.option(
    "--to",
    metavar="NAME",
    default="html",
    show_default=True,
    help="The renderer: html, strip, data, or another one that is installed.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="End with status 1 if anything was reported; then no file of --output or --css is "
    "written.",
)
@trust_option
def render(
    job: Job,
    to: str,
    page: bool,
    css: str | None,
    commonmark: bool,
    strict: bool,
    trusted: bool,
    **options: str | None,
) -> None:
    """Render the shortcodes in FILEs, or in standard input (-), as HTML.

    Plain text is escaped and becomes paragraphs. Markdown is converted, with tables, strikethrough,
    task lists, footnotes and definition lists. HTML passes unchanged, with its scripts, so render
    only HTML whose author you trust. A page includes its styles and needs no other file.
    """
    if page and len(job.names) > 1:
        raise click.UsageError("--page takes one FILE")
    if css is not None and options["styles"] not in (None, "none"):
        raise click.UsageError(f"--css cannot be used with --styles {options['styles']}")
    files.check_not_overwritten("--output", job.output, job.names)
    files.check_not_overwritten("--css", css, [*job.names, *([job.output] if job.output else [])])
    chosen: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    if page:
        chosen["page"] = True
    if commonmark:
        chosen["commonmark"] = True
    if css is not None:
        chosen["styles"] = "none"
    if css is not None and page:
        link = os.path.relpath(css, os.path.dirname(job.output or ""))
        chosen["link"] = quote(os.fsencode(link.replace(os.sep, "/")))
    chosen_renderer = get_renderer(to)
    problems = 0
    engine = apply_library_options(job.configuration).build(trusted=trusted)
    # All outputs share style sheets and ids, since they are written one after the other.
    shared = Context(options=chosen, engine=engine)

    def render_sources() -> Iterator[Any]:
        nonlocal problems
        for source in job.read_texts(hold_one=True):
            if page:
                chosen["name"] = (
                    "" if source.name == STDIN else replace_bad_bytes(PurePath(source.name).stem)
                )
            document = job.parse(source, engine.names)
            context = replace(shared, format=source.format, diagnostics=[])
            yield _render_document(chosen_renderer, document, source, context)
            problems += len(find_problems(context.diagnostics))

    outputs = render_sources()
    with job.open_output() as output:
        try:
            if chosen_renderer.output == "json":
                json_array.write([item for items in outputs for item in items], output)
            else:
                for text in outputs:
                    output.write(text.encode("utf-8", "replace"))
        except UnreadError:
            if css is not None:  # it needs the styles of all files
                deque(outputs, maxlen=0)
            raise
        if strict and problems:
            click.get_current_context().exit(1)  # a file that is open is not replaced
    if css is not None:
        with files.open_output(css, break_links=job.break_links) as sheet:
            sheet.write("\n".join(shared.stylesheets.values()).encode())


def _render_document(
    chosen_renderer: Renderer, document: Document, source: InputFile, context: Context
) -> Any:
    context.report_split(document)
    try:
        output = chosen_renderer.render(document, context)
        output = list(output) if chosen_renderer.output == "json" else output
    except (TypeError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    report.print_diagnostics(source.name, document, context.diagnostics)
    return output

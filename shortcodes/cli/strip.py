"""`shortcodes strip`: the text without its shortcodes."""

from __future__ import annotations

from dataclasses import replace

import click

from shortcodes.cli import report
from shortcodes.cli.job import Job, Source, takes_files
from shortcodes.cli.rewriting import diff_option, in_place_option, rewrite
from shortcodes.plugins import Context
from shortcodes.registry import renderer

_ROUNDS = 10

_EPILOG = """\b
Examples:
  shortcodes strip article.txt -o clean.txt
  shortcodes strip --diff posts/*.html
  shortcodes strip --in-place --content drop posts/*.html"""


@click.command(short_help="Take shortcodes out, leave prose as it is.", epilog=_EPILOG)
@takes_files
@click.option(
    "--content",
    type=click.Choice(["keep", "drop"]),
    default="keep",
    show_default=True,
    help="What becomes of the text that a shortcode encloses.",
)
@in_place_option
@diff_option
def strip(job: Job, content: str, in_place: bool, as_diff: bool) -> None:
    """Take leftover shortcodes out of FILEs, or of standard input (-).

    Prose is untouched. A line or a <p> that held only shortcodes goes with its line break, and
    blank lines that meet over it become those that stood before. The outputs of several FILEs
    follow each other.

    A shortcode in doubled brackets, [[x]], is printed as [x], as a reader is to see it. --in-place
    keeps both brackets, and takes out what turns into a shortcode when another goes, so that a
    second run changes nothing. --diff shows what --in-place would do.
    """

    def change(source: Source) -> str:
        if in_place or as_diff:
            return settled(job, source, content)
        return _stripped(job, source, {"content": content})

    rewrite(job, change, in_place=in_place, as_diff=as_diff)


def settled(job: Job, source: Source, content: str) -> str:
    """Return the text of a file stripped so that stripping it again changes nothing.

    There are no more than ten rounds, so that the time stays linear: of shortcodes that stand in
    the tags of each other, more than ten levels deep, some are left.
    """
    options = {"content": content, "escapes": "keep"}
    for _ in range(_ROUNDS):
        text = _stripped(job, source, options)
        if text == source.text:
            break
        source = replace(source, text=text)
    return source.text


def _stripped(job: Job, source: Source, options: dict[str, str]) -> str:
    document = job.parse(source)
    context = Context(source.format, options)
    text: str = renderer("strip").render(document, context)
    report.to_stderr(source.name, document, context.diagnostics)
    return text

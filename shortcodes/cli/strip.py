"""`shortcodes strip`: the text without its shortcodes."""

from __future__ import annotations

import click

from shortcodes.api import apply
from shortcodes.cli import report
from shortcodes.cli.job import Job, Source, takes_files
from shortcodes.cli.rewriting import diff_option, in_place_option, rewrite
from shortcodes.diagnostics import Diagnostic

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
    """
    rewrite(job, lambda source: _stripped(job, source, content), in_place=in_place, as_diff=as_diff)


def _stripped(job: Job, source: Source, content: str) -> str:
    document = job.parse(source)
    found: list[Diagnostic] = []
    text: str = apply("strip", document, format=source.format, diagnostics=found, content=content)
    report.to_stderr(source.name, document, found)
    return text

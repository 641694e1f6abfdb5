"""`shortcodes strip`: the text without its shortcodes."""

from __future__ import annotations

import click

from shortcodes.api import apply
from shortcodes.cli import report
from shortcodes.cli.io.rewriting import diff_option, in_place_option, rewrite
from shortcodes.cli.job import Job, Source, takes_files
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

    A shortcode in doubled brackets, [[x]], is printed as [x], as a reader is to see it. --in-place
    keeps both brackets, so that a second run changes nothing. --diff shows what --in-place would
    do. What turns into a shortcode when another one goes is taken out as well.
    """
    escapes = "keep" if in_place or as_diff else "unescape"

    def change(source: Source) -> str:
        document = job.parse(source)
        found: list[Diagnostic] = []
        text: str = apply(
            "strip",
            document,
            format=source.format,
            diagnostics=found,
            content=content,
            escapes=escapes,
        )
        report.print_diagnostics(source.name, document, found)
        return text

    rewrite(job, change, in_place=in_place, as_diff=as_diff)

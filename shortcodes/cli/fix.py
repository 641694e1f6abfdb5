"""`shortcodes fix`: shortcodes that WordPress would misread, rewritten."""

from __future__ import annotations

import click

from shortcodes.cli import report
from shortcodes.cli.job import Job, Source, takes_files
from shortcodes.cli.rewriting import diff_option, in_place_option, rewrite
from shortcodes.diagnostics import Diagnostic
from shortcodes.fixing import fix as fixed

_EPILOG = """\b
Examples:
  echo '[map zoom=”17″ place=”It’s here”]' | shortcodes fix -
  shortcodes fix --diff posts/*.html
  shortcodes fix --in-place --undo-typography posts/*.html"""


@click.command(short_help="Give shortcodes quotes that WordPress reads.", epilog=_EPILOG)
@takes_files
@click.option(
    "--undo-typography",
    is_flag=True,
    help="In the values that are rewritten, turn curly quotes, dashes and such into what is typed "
    "for them.",
)
@in_place_option
@diff_option
def fix(job: Job, undo_typography: bool, in_place: bool, as_diff: bool) -> None:
    """Rewrite opening tags in FILEs, or in standard input (-), that WordPress would misread.

    Values get straight quotes and a space stands before each attribute. Tags that WordPress reads
    as they were meant, and all else, stay to the byte. What no straight quote can carry stays too,
    and a line on standard error says so. The outputs of several FILEs follow each other.
    """

    def change(source: Source) -> str:
        found: list[Diagnostic] = []
        options = job.options(source)
        options["undo_typography"] = undo_typography
        text = fixed(source.text, diagnostics=found, **options)
        if found:
            report.to_stderr(source.name, job.parse(source), found)
        return text

    rewrite(job, change, in_place=in_place, as_diff=as_diff)

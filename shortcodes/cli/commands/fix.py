"""`shortcodes fix`: what rules can mend, mended."""

from __future__ import annotations

import click

from shortcodes.cli import report
from shortcodes.cli.checking.check import Checking
from shortcodes.cli.checking.rules import takes_rules
from shortcodes.cli.config_options import trust_option
from shortcodes.cli.io.rewriting import diff_option, in_place_option, rewrite
from shortcodes.cli.job import InputFile, Job, takes_files
from shortcodes.diagnostics import Diagnostic

_EPILOG = """\b
Examples:
  echo '[map zoom=”17″ place=”It’s here”]' | shortcodes fix -
  shortcodes fix --diff posts/*.html
  shortcodes fix --in-place --undo-typography posts/*.html"""


@click.command(short_help="Mend shortcodes that WordPress would misread.", epilog=_EPILOG)
@takes_files
@takes_rules
@click.option(
    "--undo-typography",
    is_flag=True,
    help="In the values that are rewritten, turn curly quotes, dashes and such into what is typed "
    "for them.",
)
@in_place_option
@diff_option
@trust_option
def fix(
    job: Job,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    unsafe: bool,
    undo_typography: bool,
    in_place: bool,
    as_diff: bool,
    trusted: bool,
) -> None:
    """Mend FILEs, or standard input (-), as lint --fix does, and give what comes of them.

    Shortcodes that WordPress would misread are written so that it reads what was meant: values get
    straight quotes, and a space stands before each attribute. What it reads as it is meant, and all
    else, stays to the byte. What no straight quote can carry stays too, and a line on standard
    error says so. The outputs of several FILEs follow each other.
    """
    from shortcodes.linting.rounds import fix as fixed  # loaded where it is needed

    checking = Checking.of(job, select=select, ignore=ignore, trusted=trusted)
    checking.check()

    def change(source: InputFile) -> str:
        found: list[Diagnostic] = []
        options = checking.options(source.name)
        options["undo_typography"] = undo_typography
        text = fixed(source.text, unsafe=unsafe, diagnostics=found, **options)
        if found:
            report.print_diagnostics(source.name, job.parse(source), found)
        return text

    rewrite(job, change, in_place=in_place, as_diff=as_diff)

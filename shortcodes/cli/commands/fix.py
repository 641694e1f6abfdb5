"""`shortcodes fix`: fix the shortcodes that WordPress would misread."""

from __future__ import annotations

import click

from shortcodes.cli import report
from shortcodes.cli.checking.check import Checker
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


@click.command(short_help="Fix shortcodes that WordPress would misread.", epilog=_EPILOG)
@takes_files
@takes_rules
@click.option(
    "--undo-typography",
    is_flag=True,
    help="In rewritten values, replace curly quotes, dashes and the like with what is typed for "
    "them.",
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
    """Fix FILEs, or standard input (-), as lint --fix does, and write them to standard output.

    Shortcodes that WordPress would misread are rewritten so that it reads what was meant: values
    get straight quotes, and each attribute a space before it. All other text, including shortcodes
    that WordPress reads correctly, stays the same to the byte. Values that cannot be written in
    straight quotes also stay, and are reported on standard error. Several FILEs follow each
    other.

    Front matter stays. In JSON and CSV each string is a text of its own, and everything else in the
    file stays; other files that hold texts in strings, such as SQL, are refused.
    """
    from shortcodes.linting.in_parts import fix_with  # loads the rules

    checker = Checker.from_job(
        job, select=select, ignore=ignore, trusted=trusted, undo_typography=undo_typography
    )
    checker.check_options()

    def change(source: InputFile) -> str:
        diagnostics: list[Diagnostic] = []
        linter = checker.get_linter(source.name)
        text = fix_with(linter, source.text, unsafe=unsafe, diagnostics=diagnostics)
        if diagnostics:
            report.print_diagnostics(source.name, job.parse(source), diagnostics)
        return text

    rewrite(job, change, in_place=in_place, as_diff=as_diff)

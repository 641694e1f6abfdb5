"""`shortcodes strip`: removes shortcodes from texts."""

from __future__ import annotations

import click

from shortcodes.api import apply
from shortcodes.cli import report
from shortcodes.cli.io.rewriting import diff_option, in_place_option, rewrite
from shortcodes.cli.job import InputFile, Job, takes_files
from shortcodes.diagnostics import Diagnostic

_EPILOG = """\b
Examples:
  shortcodes strip article.txt -o clean.txt
  shortcodes strip --diff posts/*.html
  shortcodes strip --in-place --content drop posts/*.html"""


@click.command(short_help="Remove shortcodes and keep the prose.", epilog=_EPILOG)
@takes_files
@click.option(
    "--content",
    type=click.Choice(["keep", "drop"]),
    default="keep",
    show_default=True,
    help="Whether to keep the enclosed content of shortcodes.",
)
@click.option(
    "--no-seams",
    "seams",
    flag_value=False,
    default=True,
    help="Leave no space where two words would become one, as in One[/tab][tab]Two.",
)
@in_place_option
@diff_option
def strip(job: Job, content: str, seams: bool, in_place: bool, as_diff: bool) -> None:
    """Remove shortcodes from FILEs, or from standard input (-).

    The prose does not change. A line, a <p> or a block of WordPress's editor that contained only
    shortcodes is removed; where blank lines then meet, those before it are kept. Where closing tags
    and then opening tags are removed from between two words, a space is left. The outputs of
    several FILEs follow each other.

    Front matter stays. In JSON and CSV each string is a text of its own, and everything else in the
    file stays; other files that hold texts in strings, such as SQL, are refused.

    An escaped shortcode, [[x]], is printed as [x], as readers are meant to see it. --in-place keeps
    both brackets, so that a second run changes nothing. --diff shows what --in-place would do. Text
    that becomes a shortcode when another one is removed is removed as well. So are closing tags
    without an opening tag, and tags that the end of the text cuts off.
    """
    escapes = "keep" if in_place or as_diff else "unescape"

    def change(source: InputFile) -> str:
        document = job.parse(source)
        diagnostics: list[Diagnostic] = []
        text: str = apply(
            "strip",
            document,
            format=source.format,
            diagnostics=diagnostics,
            content=content,
            escapes=escapes,
            seams=seams,
        )
        report.print_diagnostics(source.name, document, diagnostics)
        return text

    rewrite(job, change, in_place=in_place, as_diff=as_diff)

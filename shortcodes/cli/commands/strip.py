"""`shortcodes strip`: the text without its shortcodes."""

from __future__ import annotations

from dataclasses import replace

import click

from shortcodes.api import apply
from shortcodes.cli import report
from shortcodes.cli.io.rewriting import diff_option, in_place_option, rewrite
from shortcodes.cli.job import Job, Source, takes_files
from shortcodes.diagnostics import Diagnostic

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
    rounds = _ROUNDS if in_place or as_diff else 1

    def change(source: Source) -> str:
        options = {"content": content, "escapes": "keep" if in_place or as_diff else "unescape"}
        return stripped(job, source, options, rounds)

    rewrite(job, change, in_place=in_place, as_diff=as_diff)


def stripped(job: Job, source: Source, options: dict[str, str], rounds: int = _ROUNDS) -> str:
    """Return the text of a file stripped until stripping it again changes nothing.

    There are no more rounds than so many, so that the time stays linear: of shortcodes that stand
    in the tags of each other, more levels deep, some are left.
    """
    for _ in range(rounds):
        document = job.parse(source)
        found: list[Diagnostic] = []
        text: str = apply("strip", document, format=source.format, diagnostics=found, **options)
        if text == source.text:
            break
        source = replace(source, text=text)
    report.to_stderr(source.name, document, found)
    return text

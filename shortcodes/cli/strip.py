"""`shortcodes strip`: the text without its shortcodes."""

from __future__ import annotations

import click

from shortcodes.cli import report
from shortcodes.cli.diff import diff
from shortcodes.cli.files import STDIN, written
from shortcodes.cli.job import Job, Source, takes_files
from shortcodes.plugins import Context
from shortcodes.registry import renderer

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
@click.option("--in-place", is_flag=True, help="Write every FILE back; untouched ones are left.")
@click.option("--diff", "as_diff", is_flag=True, help="Show what would go, as a unified diff.")
def strip(job: Job, content: str, in_place: bool, as_diff: bool) -> None:
    """Take leftover shortcodes out of FILEs, or of standard input (-).

    Prose is untouched. A line or a <p> that held only shortcodes goes with its line break, and
    blank lines that meet over it become those that stood before. The outputs of several FILEs
    follow each other.
    """
    if in_place:
        _refuse(job, as_diff)
        for source in job.sources():
            if not source.is_utf8:
                raise click.ClickException(f"{source.name}: not valid UTF-8, left as it is")
            stripped = _stripped(job, source, content)
            if stripped != source.text:
                with written(source.name) as file:
                    file.write(stripped.encode())
        return
    with job.written() as file:
        for source in job.sources():
            stripped = _stripped(job, source, content)
            shown = diff(source.name, source.text, stripped) if as_diff else stripped
            file.write(shown.encode())


def _refuse(job: Job, as_diff: bool) -> None:
    for wrong, what in (
        (STDIN in job.names, "standard input (-)"),
        (job.output is not None, "--output"),
        (as_diff, "--diff"),
    ):
        if wrong:
            raise click.UsageError(f"--in-place cannot be used with {what}")


def _stripped(job: Job, source: Source, content: str) -> str:
    document = job.parse(source)
    context = Context(source.format, {"content": content})
    text: str = renderer("strip").render(document, context)
    report.to_stderr(source.name, document, context.diagnostics)
    return text

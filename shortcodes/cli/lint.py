"""`shortcodes lint`: what is wrong with the shortcodes."""

from __future__ import annotations

import sys

import click

from shortcodes.cli import files, report
from shortcodes.cli.job import Job, takes_files

_EPILOG = """\b
Example:
  shortcodes lint posts/*.html"""


@click.command(short_help="Say what is wrong with shortcodes.", epilog=_EPILOG)
@takes_files
def lint(job: Job) -> None:
    """Say what is wrong with the shortcodes in FILEs, or in standard input (-).

    A line per finding: file:line:column: CODE message. The exit status is 1 if there is any, else
    0; a summary goes to standard error.
    """
    show = job.output is None and sys.stdout is not None and sys.stdout.isatty()
    findings = faulty = 0
    with job.written() as output:
        for source in job.sources():
            document = job.parse(source)
            for line in report.lines(source.name, document, document.diagnostics, show=show):
                output.write(files.encoded(line + "\n"))
            findings += len(document.diagnostics)
            faulty += bool(document.diagnostics)
    if findings:
        found = "1 problem" if findings == 1 else f"{findings} problems"
        where = "1 file" if faulty == 1 else f"{faulty} files"
        click.echo(f"{found} in {where}", err=True)
        raise click.exceptions.Exit(1)

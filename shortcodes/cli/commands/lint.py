"""`shortcodes lint`: what is wrong with the shortcodes, and what mends it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import IO

import click

from shortcodes.cli import formats
from shortcodes.cli.checking import parallel
from shortcodes.cli.checking.check import Checking
from shortcodes.cli.checking.findings import Checked
from shortcodes.cli.checking.rules import takes_rules
from shortcodes.cli.checking.tally import Tally
from shortcodes.cli.commands.explain import explain
from shortcodes.cli.config_options import trust_option
from shortcodes.cli.io import discovery, files, progress
from shortcodes.cli.io.discovery import FoundFile
from shortcodes.cli.io.files import STDIN
from shortcodes.cli.io.printing import is_on_terminal, note, warn
from shortcodes.cli.io.streams import UnreadError
from shortcodes.cli.job import Job, takes_files

_PAYS = 20_000_000
"""Bytes of files from which on further processes are worth their start."""
_EACH = 4_000
"""Bytes that take as long as what a file takes beside its own."""

_EPILOG = """\b
Examples:
  shortcodes lint posts
  shortcodes lint --select SC1,SC2 --fix 'posts/**/*.html'
  shortcodes lint --format sarif posts -o found.sarif
  shortcodes lint --explain SC201"""


@click.command(short_help="Say what is wrong with shortcodes, and mend it.", epilog=_EPILOG)
@partial(takes_files, metavar="PATH...")
@takes_rules
@click.option(
    "--format",
    "written_as",
    type=click.Choice(formats.FORMATS),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option("--fix", "fixing", is_flag=True, help="Write safe fixes into the files.")
@click.option("--diff", "as_diff", is_flag=True, help="Show what --fix would change, as a diff.")
@click.option("--statistics", is_flag=True, help="Count how often each problem was found.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0, though there are findings.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1),
    help="How many processes share the files; else as many as pay.",
)
@click.option(
    "--explain",
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=explain,
    help="Print what a rule is about, and nothing else.",
)
@trust_option
def lint(
    job: Job,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    written_as: str,
    fixing: bool,
    unsafe: bool,
    as_diff: bool,
    statistics: bool,
    exit_zero: bool,
    jobs: int | None,
    trusted: bool,
) -> None:
    """Say what is wrong with the shortcodes in the files that PATHs name.

    A PATH is a file, a folder, a pattern in quotes such as 'posts/**/*.html', or standard input
    (-). In a folder, files with the extensions of text, HTML and Markdown are read, but for those
    that git ignores. The exit status is 1 if there is any finding, else 0; a summary goes to
    standard error.

    Comments in a text suppress findings: <!-- shortcodes: ignore SC201 --> on the same line, or on
    a line of its own before it; ignore-file for the whole text; without a code, all findings.
    """
    form = _form(written_as, as_diff=as_diff, statistics=statistics)
    if fixing and STDIN in job.names and job.names != (STDIN,):
        raise click.UsageError("--fix cannot fix standard input (-) together with files")
    checking = Checking.of(
        job,
        select=select,
        ignore=ignore,
        trusted=trusted,
        fixing=fixing or as_diff,
        unsafe=unsafe,
        excerpts=form == "text",
    )
    checking.check()
    discovery.check_paths(job.names)
    tally = Tally(fixing and not as_diff, job.break_links, as_diff)
    found = list(discovery.discover(job.names, tally.unreadable))
    files.check_not_overwritten("--output", job.output, (one.name for one in found))
    if not found and not tally.failures:
        warn("there is nothing to check")
    results = tally.over(_results(checking, found, jobs))
    is_read = False
    with job.open_output() as output:
        if tally.writes and job.names == (STDIN,):
            results, output = _passed_on(results, output), _standard_error()
        try:
            formats.writer(form, for_people=is_on_terminal(job.output))(results, output)
            output.flush()
        except (OSError, UnreadError) as error:
            if tally.writes or isinstance(error, UnreadError):
                tally.finish(results)
            raise
        is_read = True
    summary = tally.summary(fixing=fixing or as_diff, unsafe=unsafe)
    if summary and (is_read or tally.writes):
        note(summary)
    if status := 2 if tally.failures else int(tally.found > 0 and not exit_zero):
        raise click.exceptions.Exit(status)


def _form(form: str, *, as_diff: bool, statistics: bool) -> str:
    """Return the format of what is written, which two options say too."""
    said = [name for name, chosen in (("diff", as_diff), ("statistics", statistics)) if chosen]
    said += [f"format {form}"] if said and form != "text" else []
    if len(said) > 1:
        raise click.UsageError(f"--{said[0]} cannot be used with --{said[1]}")
    return said[0] if said else form


def _results(checking: Checking, found: list[FoundFile], jobs: int | None) -> Iterator[Checked]:
    """Give what comes of the files, by as many processes as pay."""
    work = replace(checking).found  # what it made for itself need not travel
    processes = jobs or (parallel.processors() if _pays(one.name for one in found) else 1)
    if any(one.name == STDIN for one in found):
        processes = 1
    results = parallel.in_order(work, found, processes=min(processes, len(found) or 1))
    if not _is_terminal(sys.stderr):
        return results
    # A bar and what is written beside it would tear each other apart.
    return iter(list(progress.show_progress(results, len(found))))


def _pays(names: Iterable[str]) -> bool:
    """Return whether the files are large enough to be shared."""
    total = 0
    for name in names:
        try:
            total += os.stat(name).st_size + _EACH
        except OSError:
            continue
        if total > _PAYS:
            return True
    return False


def _passed_on(results: Iterable[Checked], output: IO[bytes]) -> Iterator[Checked]:
    """Give the results, and write the text of each, fixed, to the output."""
    for checked in results:
        output.write(files.encode(checked.before if checked.after is None else checked.after))
        yield checked


def _standard_error() -> IO[bytes]:
    if sys.stderr is None:
        raise click.ClickException("standard error is closed")
    return sys.stderr.buffer


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and stream.isatty()

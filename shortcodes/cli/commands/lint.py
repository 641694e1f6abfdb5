"""`shortcodes lint`: report what is wrong with the shortcodes, and fix it."""

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
from shortcodes.cli.checking.check import Checker
from shortcodes.cli.checking.findings import FileResult
from shortcodes.cli.checking.rules import takes_rules
from shortcodes.cli.checking.settings import format_settings
from shortcodes.cli.checking.summary import Summary
from shortcodes.cli.commands.explain import explain
from shortcodes.cli.config_options import trust_option
from shortcodes.cli.io import discovery, files, progress
from shortcodes.cli.io.discovery import FoundFile
from shortcodes.cli.io.encodings import encode
from shortcodes.cli.io.files import STDIN
from shortcodes.cli.io.printing import is_for_people, note, warn
from shortcodes.cli.io.streams import UnreadError
from shortcodes.cli.job import Job, takes_files
from shortcodes.linting.profiles import PROFILES

_WORTH_SHARING = 20_000_000
"""The size of all files together, in bytes, above which more processes are worth starting."""
_OVERHEAD = 4_000
"""How many bytes take as long as opening a file does."""

_EPILOG = """\b
Examples:
  shortcodes lint posts
  shortcodes lint --select SC1,SC2 --fix 'posts/**/*.html'
  shortcodes lint --format sarif posts -o found.sarif
  shortcodes lint --explain SC201"""


@click.command(short_help="Report what is wrong with shortcodes, and fix it.", epilog=_EPILOG)
@partial(takes_files, metavar="PATH...", without_files="show_config")
@takes_rules
@click.option(
    "--format",
    "written_as",
    type=click.Choice(formats.FORMATS),
    default="text",
    show_default=True,
    help="The format of the findings.",
)
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    help="Who reads the texts: wordpress, the default; writer, for sites that this engine renders,"
    " without the rules about what WordPress reads; or strict, in which all findings are errors.",
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(0),
    default=50,
    show_default=True,
    help="The most findings of a file in the format text, before a count of the rest; 0 lists all.",
)
@click.option("--fix", "fixing", is_flag=True, help="Write safe fixes to the files.")
@click.option("--diff", "as_diff", is_flag=True, help="Show what --fix would change, as a diff.")
@click.option("--statistics", is_flag=True, help="Count how often each problem was found.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1),
    help="How many processes share the files. By default, as many as are worth starting.",
)
@click.option(
    "--explain",
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=explain,
    help="Print the page of a rule, and exit.",
)
@click.option(
    "--show-config",
    is_flag=True,
    help="Print the settings that hold for this call, and exit: options, configuration, and whose "
    "handlers the templates of the site replace.",
)
@trust_option
def lint(
    job: Job,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    written_as: str,
    profile: str | None,
    limit: int,
    fixing: bool,
    unsafe: bool,
    as_diff: bool,
    statistics: bool,
    exit_zero: bool,
    jobs: int | None,
    show_config: bool,
    trusted: bool,
) -> None:
    """Report what is wrong with the shortcodes in the files that PATHs name.

    A PATH is a file, a folder, a pattern in quotes such as 'posts/**/*.html', or standard input
    (-). In folders, text, HTML and Markdown files are read, except those that git ignores. The exit
    status is 1 if there are findings, else 0. A summary goes to standard error.

    In JSON and CSV each string is a text of its own. Other files that hold texts in strings, such
    as SQL, are refused.

    Comments in a text suppress findings: <!-- shortcodes: ignore SC201 --> on the same line, or on
    a line of its own before it. Write ignore-file for the whole text, and no code for all findings.
    """
    form = _choose_format(written_as, as_diff=as_diff, statistics=statistics)
    if fixing and STDIN in job.names and job.names != (STDIN,):
        raise click.UsageError("--fix cannot fix standard input (-) together with files")
    checker = Checker.from_job(
        job,
        select=select,
        ignore=ignore,
        profile=profile,
        trusted=trusted,
        fixing=fixing or as_diff,
        unsafe=unsafe,
        excerpts=form == "text",
    )
    checker.check_options()
    if show_config:
        with job.open_output() as output:
            output.write(format_settings(checker).encode())
        return
    discovery.check_paths(job.names)
    summary = Summary(fixing and not as_diff, job.break_links, as_diff)
    found_files = list(discovery.discover(job.names, summary.report_unreadable))
    files.check_not_overwritten("--output", job.output, (file.name for file in found_files))
    if not found_files and not summary.failures:
        warn("there is nothing to check")
    results = summary.process(_check_files(checker, found_files, jobs))
    is_read = False
    with job.open_output() as output:
        if summary.writes and job.names == (STDIN,):
            results, output = _pass_on(results, output), _get_standard_error()
        try:
            listed = _cap(results, limit) if form == "text" and limit else results
            formats.load_writer(form, for_people=is_for_people(job.output))(listed, output)
            output.flush()
        except (OSError, UnreadError) as error:
            if summary.writes or isinstance(error, UnreadError):
                summary.finish(results)
            raise
        is_read = True
    line = summary.format_line(fixing=fixing or as_diff, unsafe=unsafe)
    if line and (is_read or summary.writes):
        note(line)
    if status := 2 if summary.failures else int(summary.sought > 0 and not exit_zero):
        raise click.exceptions.Exit(status)


def _choose_format(form: str, *, as_diff: bool, statistics: bool) -> str:
    """Return the format of the output, which two other options choose too."""
    options = (("diff", as_diff), ("statistics", statistics))
    names = [name for name, is_given in options if is_given]
    names += [f"format {form}"] if names and form != "text" else []
    if len(names) > 1:
        raise click.UsageError(f"--{names[0]} cannot be used with --{names[1]}")
    return names[0] if names else form


def _check_files(
    checker: Checker, found_files: list[FoundFile], jobs: int | None
) -> Iterator[FileResult]:
    """Yield the results for the files, from as many processes as are worth starting."""
    check = replace(checker).check_found  # a copy without what it has cached
    is_shared = _is_worth_sharing(file.name for file in found_files)
    processes = jobs or (parallel.count_processors() if is_shared else 1)
    if any(file.name == STDIN for file in found_files):
        processes = 1
    processes = min(processes, len(found_files) or 1)
    results = parallel.map_in_order(check, found_files, processes=processes)
    if not _is_terminal(sys.stderr):
        return results
    # A progress bar and output at the same time would garble each other.
    return iter(list(progress.show_progress(results, len(found_files))))


def _is_worth_sharing(names: Iterable[str]) -> bool:
    """Return whether the files are large enough to be shared among processes."""
    total = 0
    for name in names:
        try:
            total += os.stat(name).st_size + _OVERHEAD
        except OSError:
            continue
        if total > _WORTH_SHARING:
            return True
    return False


def _cap(results: Iterable[FileResult], limit: int) -> Iterator[FileResult]:
    """Yield the results with no more findings than the limit, and a count of the others."""
    for result in results:
        more = len(result.findings) - limit
        findings = result.findings[:limit]
        yield replace(result, findings=findings, unlisted=more) if more > 0 else result


def _pass_on(results: Iterable[FileResult], output: IO[bytes]) -> Iterator[FileResult]:
    """Yield the results, and write the fixed text of each to the output."""
    for result in results:
        text = result.before if result.after is None else result.after
        output.write(encode(result.name, text, result.encoding))
        yield result


def _get_standard_error() -> IO[bytes]:
    if sys.stderr is None:
        raise click.ClickException("standard error is closed")
    return sys.stderr.buffer


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and stream.isatty()

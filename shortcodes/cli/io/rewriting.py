"""The part that commands which change texts share: to an output, in place, or as a diff."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click

from shortcodes.cli.containers.strings import HeldText
from shortcodes.cli.io import files
from shortcodes.cli.io.diff import diff, show_diff
from shortcodes.cli.io.encodings import UTF8, encode, format_name
from shortcodes.cli.io.files import STDIN, write_back
from shortcodes.cli.io.printing import is_for_people, say, warn
from shortcodes.cli.job import InputFile, Job

in_place_option = click.option(
    "--in-place", is_flag=True, help="Write the result into each FILE that changes."
)
diff_option = click.option(
    "--diff", "as_diff", is_flag=True, help="Show what would change as a unified diff."
)


def rewrite(job: Job, change: Callable[[InputFile], str], *, in_place: bool, as_diff: bool) -> None:
    """Change the text of every file and write it to where the options say."""
    if in_place:
        _check_options(job, as_diff)
        _rewrite_each(job, change)
        return
    first: str | None = None
    with job.open_output() as file:
        for source in job.read_texts():
            first = first or source.encoding
            if source.encoding != first and not as_diff:
                raise click.ClickException(
                    f"{source.name}: in {format_name(source.encoding)}, which cannot follow "
                    f"{format_name(first)} in one output"
                )
            changed = _change_text(source, change)
            if as_diff:
                changed = diff(source.name, source.text, changed)
                if is_for_people(job.output):
                    changed = show_diff(changed)
            file.write(encode(source.name, changed, UTF8 if as_diff else source.encoding))


def _rewrite_each(job: Job, change: Callable[[InputFile], str]) -> None:
    """Write every file back if possible, and report those for which it is not."""
    job.check()
    failures = 0
    for name in job.names:
        try:
            source = job.read_file(name)
            if not source.is_exact:
                raise click.ClickException(files.describe_unwritten(name, source.encoding))
            changed = _change_text(source, change)
            if changed != source.text:
                write_back(
                    name,
                    source.text,
                    changed,
                    source.identity,
                    encoding=source.encoding,
                    break_links=job.break_links,
                )
        except click.ClickException as error:
            failures += 1
            say(error.format_message())
    if failures:
        raise click.exceptions.Exit(2)


def _change_text(source: InputFile, change: Callable[[InputFile], str]) -> str:
    """Return the text of a file, or with each of the texts that it holds, as it is changed."""
    if source.container is None:
        return change(source)
    return source.container.change(partial(_change_held, source, change))


def _change_held(source: InputFile, change: Callable[[InputFile], str], held: HeldText) -> str:
    """Return one of the texts of a file as it is changed, or as it is, which is reported."""
    after = change(source.take_out(held))
    reason = held.writing.explain_refusal(held.text, after)
    if not reason:
        return after
    assert source.container  # noqa: S101 - which holds the text
    line, column = source.container.locate(held)(0)
    warn(f"{source.name}:{line}:{column}: left as it is: {reason}")
    return held.text


def _check_options(job: Job, as_diff: bool) -> None:
    for is_wrong, name in (
        (STDIN in job.names, "standard input (-)"),
        (job.output is not None, "--output"),
        (as_diff, "--diff"),
    ):
        if is_wrong:
            raise click.UsageError(f"--in-place cannot be used with {name}")

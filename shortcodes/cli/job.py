"""What all commands share: the files, how they are read, and where the output goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path, PurePath
from typing import IO, Any, cast, get_args

import click

from shortcodes.cli.config_options import config_option, load_configuration
from shortcodes.cli.io import files
from shortcodes.cli.io.printing import warn
from shortcodes.config.file import Configuration
from shortcodes.detection import Tags
from shortcodes.dialects import DIALECTS, ParseOptions
from shortcodes.files.held_folders import Identity
from shortcodes.nodes import Document
from shortcodes.parser import parse
from shortcodes.plugins import Format

FORMATS: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
"""What a file is written in, by its extension; everything else is text, and is read only where it
is named itself, not where its folder is."""

break_links_option = click.option(
    "--break-links",
    is_flag=True,
    help="Write files that have hard links too; their other names keep the old text.",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One FILE that was read."""

    name: str
    text: str
    format: Format
    is_utf8: bool
    which: Identity | None = None
    """The file itself, by which it is known again."""


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a command."""

    names: tuple[str, ...]
    output: str | None
    dialect: str | None
    """As the call says, `None` where it does not; so are `tags` and `form`."""
    tags: tuple[str, ...] | str | None
    form: str | None
    configuration: Configuration
    break_links: bool = False

    def check(self) -> None:
        """Raise for the first file that is missing or a folder, before anything is written."""
        files.check_readable(self.names)

    def read_sources(self) -> Iterator[Source]:
        """Give the files one after the other, as they are read."""
        self.check()
        yield from map(self.read_source, self.names)

    def read_source(self, name: str) -> Source:
        """Return one file; raises `ClickException` where it cannot be read."""
        text, is_utf8, which = files.read(name)
        if not is_utf8:
            warn(files.describe_bad_encoding(name))
        return Source(name, text, detect_format(name, self.form), is_utf8, which)

    def build_parse_options(self, source: Source) -> ParseOptions:
        """Return how a file is to be parsed."""
        return {
            "dialect": self.dialect or self.configuration.dialect or DIALECTS[0],
            "tags": cast(Tags, self.configuration.tags if self.tags is None else self.tags),
            "markdown": source.format == "markdown",
        }

    def parse(self, source: Source, known: Iterable[str] = ()) -> Document:
        """Return the document that a file holds, with more names that count."""
        options = self.build_parse_options(source)
        options["known"] = known
        return parse(source.text, **options)

    def open_output(self) -> AbstractContextManager[IO[bytes]]:
        """Give the place that the output goes to."""
        return files.open_output(self.output, break_links=self.break_links)


def detect_format(name: str, form: str | None = None) -> Format:
    """Return what a file is written in, where it is not said, by its name."""
    return cast(Format, form or FORMATS.get(PurePath(name).suffix.lower(), "text"))


def parse_tags(given: str | None) -> tuple[str, ...] | str | None:
    """Return what `--tags` says."""
    return given if given == "any" else split_list(given)


def split_list(given: str | None) -> tuple[str, ...] | None:
    """Return the words between commas that an option says, `None` where it is not there."""
    if given is None:
        return None
    return tuple(word.strip() for word in given.split(",") if word.strip())


def takes_files(
    command: Callable[..., None], *, also: Sequence[str] = (), metavar: str = "FILE..."
) -> Callable[..., None]:
    """Give a command the arguments and options that all share; it receives them as a `Job`.

    `also` is what else the files of this command may be written in, `metavar` what they are called.
    """

    @wraps(command)
    def with_job(
        names: tuple[str, ...],
        output: str | None,
        break_links: bool,
        dialect: str | None,
        tags: str | None,
        form: str | None,
        config_path: Path | None,
        **own: Any,
    ) -> None:
        job = Job(names, output, dialect, parse_tags(tags), form, load_configuration(config_path), break_links)
        command(job, **own)

    decorators = (
        click.argument("names", metavar=metavar, nargs=-1, required=True),
        click.option("-o", "--output", metavar="FILE", help="Write to FILE, not standard output."),
        break_links_option,
        click.option(
            "--from",
            "form",
            type=click.Choice([*get_args(Format), *also]),
            help="What the FILEs are written in. Without it, .html, .htm and .xhtml are HTML, "
            ".md and .markdown are Markdown, all else and - is text.",
        ),
        click.option(
            "--dialect",
            type=click.Choice(DIALECTS),
            help="How shortcodes are read; else as the configuration says, or lenient.",
        ),
        click.option(
            "--tags",
            metavar="NAMES",
            help="Only these names are shortcodes, separated by commas; or any. Without it, those "
            "of the configuration, or what the text shows to be one.",
        ),
        config_option,
    )
    result: Callable[..., None] = with_job
    for decorator in reversed(decorators):
        result = decorator(result)
    return result

"""What all commands share: the files, how they are read, and where the output goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from pathlib import PurePath
from typing import IO, Any, cast, get_args

import click

from shortcodes.api import ParseOptions
from shortcodes.cli import files
from shortcodes.nodes import Document
from shortcodes.parser import DIALECTS, parse
from shortcodes.plugins import Format

_FORMATS: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
"""What a file is written in, by its extension; everything else is text."""


@dataclass(frozen=True, slots=True)
class Source:
    """One FILE that was read."""

    name: str
    text: str
    format: Format
    is_utf8: bool


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a command."""

    names: tuple[str, ...]
    output: str | None
    dialect: str
    tags: str | None
    form: str | None

    def sources(self) -> Iterator[Source]:
        """Give the files one after the other, as they are read."""
        files.check(self.names)
        for name in self.names:
            text, is_utf8 = files.read(name)
            if not is_utf8:
                message = (
                    f"shortcodes: warning: {name}: not valid UTF-8, bad bytes are read as U+FFFD"
                )
                click.echo(message, err=True)
            yield Source(name, text, self._format(name), is_utf8)

    def options(self, source: Source) -> ParseOptions:
        """Return how a file is to be parsed."""
        tags: Any = self.tags
        if self.tags is not None and self.tags != "any":
            tags = [tag.strip() for tag in self.tags.split(",") if tag.strip()]
        return {"dialect": self.dialect, "tags": tags, "markdown": source.format == "markdown"}

    def parse(self, source: Source, known: Iterable[str] = ()) -> Document:
        """Return the document that a file holds, with more names that count."""
        options = self.options(source)
        options["known"] = known
        return parse(source.text, **options)

    def written(self) -> AbstractContextManager[IO[bytes]]:
        """Give the place that the output goes to."""
        return files.written(self.output)

    def _format(self, name: str) -> Format:
        if self.form is not None:
            return cast(Format, self.form)
        return _FORMATS.get(PurePath(name).suffix.lower(), "text")


def takes_files(command: Callable[..., None], *, also: Sequence[str] = ()) -> Callable[..., None]:
    """Give a command the arguments and options that all share; it receives them as a `Job`.

    `also` is what else the files of this command may be written in.
    """

    @wraps(command)
    def with_job(
        names: tuple[str, ...],
        output: str | None,
        dialect: str,
        tags: str | None,
        form: str | None,
        **own: Any,
    ) -> None:
        command(Job(names, output, dialect, tags, form), **own)

    decorators = (
        click.argument("names", metavar="FILE...", nargs=-1, required=True),
        click.option("-o", "--output", metavar="FILE", help="Write to FILE, not standard output."),
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
            default=DIALECTS[0],
            show_default=True,
            help="How shortcodes are read.",
        ),
        click.option(
            "--tags",
            metavar="NAMES",
            help="Only these names are shortcodes, separated by commas; or any. Without it, what "
            "the text shows to be one.",
        ),
    )
    result: Callable[..., None] = with_job
    for decorator in reversed(decorators):
        result = decorator(result)
    return result

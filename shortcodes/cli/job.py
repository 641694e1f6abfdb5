"""The arguments that commands share: the files, how they are read, and where the output goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path, PurePath
from typing import IO, Any, cast, get_args

import click
from click.shell_completion import CompletionItem

from shortcodes.cli.config_options import config_option, load_configuration
from shortcodes.cli.containers import INPUT_FORMATS, read_container
from shortcodes.cli.containers.csv_cells import SEPARATORS
from shortcodes.cli.containers.strings import Container, ContainerError, HeldText
from shortcodes.cli.io import files
from shortcodes.cli.io.encodings import read_option
from shortcodes.cli.io.files import STDIN
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
"""The format of a file by its extension. Any other file is text, and is read only if it is named
itself, not as part of its folder."""

break_links_option = click.option(
    "--break-links",
    is_flag=True,
    help="Write to files with hard links too; their other names keep the old text.",
)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A FILE that was read."""

    name: str
    text: str
    format: Format
    encoding: str
    is_exact: bool
    """Whether the text, written in its encoding, gives the bytes that were read."""
    identity: Identity | None = None
    """Which file it is, to recognise it before it is written."""
    container: Container | None = None
    """The texts in it, if it holds them in strings."""
    held: HeldText | None = None
    """Where the text is, if it is one of those."""

    def list_texts(self) -> Iterator[InputFile]:
        """Yield each text of the file: one, or one for each string."""
        if self.container is None:
            yield self
            return
        for held in self.container.texts:
            yield self.take_out(held)

    def take_out(self, held: HeldText) -> InputFile:
        """Return one of the texts in the file."""
        return replace(self, text=held.text, held=held)


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a command."""

    names: tuple[str, ...]
    output: str | None
    dialect: str | None
    """From the options of the call, or `None`; so are `tags` and `form`."""
    tags: tuple[str, ...] | str | None
    form: str | None
    configuration: Configuration
    break_links: bool = False
    input_format: str | None = None
    encoding: str | None = None
    separator: str | None = None

    def check(self) -> None:
        """Raise for the first file that is missing or a folder, before anything is written."""
        files.check_readable(self.names)

    def read_files(self) -> Iterator[InputFile]:
        """Read the files one after the other."""
        self.check()
        yield from map(self.read_file, self.names)

    def read_texts(self, *, hold_one: bool = False) -> Iterator[InputFile]:
        """Read files whose texts are written to the output.

        Raises `ClickException` for a file that is not valid in its encoding, since bytes of it
        would be lost, and with `hold_one` for one that holds many texts.
        """
        self.check()
        for name in self.names:
            source = self._read(name)
            if not source.is_exact:
                raise files.make_encoding_error(name, source.encoding)
            if hold_one and source.container:
                raise ContainerError(
                    f"{name}: {source.container.kind} holds many texts, and this command takes "
                    "one; take it out first, or read the file as one with --input-format text"
                )
            yield source

    def read_file(self, name: str) -> InputFile:
        """Read one file. Raises `ClickException` if that fails."""
        source = self._read(name)
        if not source.is_exact:
            warn(files.describe_bad_encoding(name, source.encoding))
        return source

    def _read(self, name: str) -> InputFile:
        text, encoding, is_exact, identity = files.read(name, encoding=self.encoding)
        if files.is_binary(text):
            raise files.make_binary_error(name)
        form = detect_format(name, self.form)
        container = read_container(name, text, self.input_format, self.separator)
        return InputFile(name, text, form, encoding, is_exact, identity, container)

    def build_parse_options(self, source: InputFile) -> ParseOptions:
        """Return the options with which to parse a file."""
        return {
            "dialect": self.dialect or self.configuration.dialect or DIALECTS[0],
            "tags": cast(Tags, self.configuration.tags if self.tags is None else self.tags),
            "markdown": True if source.format == "markdown" else None,
        }

    def parse(self, source: InputFile, known: Iterable[str] = ()) -> Document:
        """Parse a file; `known` are further names that count as shortcodes."""
        options = self.build_parse_options(source)
        options["known"] = known
        document = parse(source.text, **options)
        if source.container and source.held:
            document.place(source.container.locate(source.held))
        return document

    def open_output(self) -> AbstractContextManager[IO[bytes]]:
        """Open the output."""
        return files.open_output(self.output, break_links=self.break_links)


def detect_format(name: str, form: str | None = None) -> Format:
    """Return the format that was given or, without one, that of the extension of a name."""
    return cast(Format, form or FORMATS.get(PurePath(name).suffix.lower(), "text"))


def parse_tags(value: str | None) -> tuple[str, ...] | str | None:
    """Return the value of `--tags`: names, "any" or `None`."""
    return value if value == "any" else split_list(value)


def split_list(value: str | None) -> tuple[str, ...] | None:
    """Return the words between commas in the value of an option, or `None` without one."""
    if value is None:
        return None
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _complete_files(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Leave the names of files to the shell."""
    return [CompletionItem(incomplete, type="file")]


def takes_files(
    command: Callable[..., None],
    *,
    also: Sequence[str] = (),
    metavar: str = "FILE...",
    without_files: str = "",
) -> Callable[..., None]:
    """Add the shared arguments and options to a command, which receives them as a `Job`.

    Args:
        command: The command.
        also: Further formats that `--from` accepts.
        metavar: The name of the files in the help.
        without_files: The parameter of a flag with which no file is read.
    """

    @wraps(command)
    def with_job(
        names: tuple[str, ...],
        output: str | None,
        break_links: bool,
        dialect: str | None,
        tags: str | None,
        form: str | None,
        input_format: str | None,
        encoding: str | None,
        separator: str | None,
        config_path: Path | None,
        **options: Any,
    ) -> None:
        needs_files = not options.get(without_files)
        if needs_files and not names and not files.read_ahead():
            raise click.UsageError(
                f"Missing argument '{metavar}': name a file, or send a text to standard input."
            )
        job = Job(
            names or (STDIN,),
            output,
            dialect,
            parse_tags(tags),
            form,
            load_configuration(config_path),
            break_links,
            input_format,
            encoding,
            separator,
        )
        command(job, **options)

    decorators = (
        click.argument("names", metavar=metavar, nargs=-1, shell_complete=_complete_files),
        click.option(
            "-o", "--output", metavar="FILE", help="Write to FILE instead of standard output."
        ),
        break_links_option,
        click.option(
            "--from",
            "form",
            type=click.Choice([*get_args(Format), *also]),
            help="The format of the FILEs. By default .html, .htm and .xhtml are HTML, .md and "
            ".markdown are Markdown, and everything else is text.",
        ),
        click.option(
            "--input-format",
            type=click.Choice([*INPUT_FORMATS]),
            help="How the FILEs hold their texts: as one text, or in strings, which are decoded "
            "and encoded again. By default the extension says which; standard input is JSON if all "
            "of it, or each line, is.",
        ),
        click.option(
            "--separator",
            type=click.Choice([*SEPARATORS]),
            help="What separates the cells of FILEs in CSV. By default the one that separates all "
            "rows alike.",
        ),
        click.option(
            "--encoding",
            metavar="NAME",
            callback=read_option,
            help="The encoding of the FILEs, such as cp1252. By default that of the byte order "
            "mark of each (UTF-16, UTF-32), or UTF-8.",
        ),
        click.option(
            "--dialect",
            type=click.Choice(DIALECTS),
            help="How shortcodes are read. By default as the configuration says, or lenient.",
        ),
        click.option(
            "--tags",
            metavar="NAMES",
            help="The names of shortcodes, separated by commas, or any. By default those of the "
            "configuration, or those that the text shows to be shortcodes.",
        ),
        config_option,
    )
    result: Callable[..., None] = with_job
    for decorator in reversed(decorators):
        result = decorator(result)
    return result

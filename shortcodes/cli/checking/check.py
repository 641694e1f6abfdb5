"""Linting one file: reading it, finding its settings, running the rules, making the fixes.

Nothing is written here, so that it can run in any process, and can be ended at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import click

from shortcodes.cli.checking.file_texts import fix_file, lint_file
from shortcodes.cli.checking.findings import FileResult, build_findings, count_problems
from shortcodes.cli.containers import read_container
from shortcodes.cli.containers.strings import Container, ContainerError
from shortcodes.cli.io import files
from shortcodes.cli.io.discovery import FoundFile
from shortcodes.cli.job import Job, detect_format
from shortcodes.config.file import ConfigError, Configuration
from shortcodes.config.lint import PerPath
from shortcodes.dialects import DIALECTS
from shortcodes.errors import ShortcodeError
from shortcodes.files.held_folders import FoundFolder
from shortcodes.plugins import Format

if TYPE_CHECKING:
    from shortcodes.engine import Engine
    from shortcodes.linting.options import LintOptions
    from shortcodes.linting.run import Linter

_LARGEST = 100_000_000
"""The most bytes of a file that is found in a folder, which somebody else may have laid there."""
_MOST_LINTERS = 16
"""How many linters are kept: tables for some paths can be combined in more ways than that."""


@dataclass(frozen=True)
class Checker:
    """Checks files with the options of a command, which override its configuration.

    The options `select`, `ignore`, `profile`, `dialect`, `tags` and `form` are `None` if they are
    not given.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    profile: str | None = None
    dialect: str | None = None
    tags: tuple[str, ...] | str | None = None
    form: str | None = None
    input_format: str | None = None
    encoding: str | None = None
    separator: str | None = None
    configuration: Configuration = field(default_factory=Configuration)
    trusted: bool = False
    """Whether Python modules that the configuration names may be imported."""
    fixing: bool = False
    unsafe: bool = False
    undo_typography: bool = False
    """Whether values that a fix rewrites lose what a typographic filter made of them."""
    excerpts: bool = False

    @classmethod
    def from_job(cls, job: Job, **options: Any) -> Checker:
        """Return a checker with the options and the configuration of a job, and more options."""
        shared: dict[str, Any] = {
            "dialect": job.dialect,
            "tags": job.tags,
            "form": job.form,
            "input_format": job.input_format,
            "encoding": job.encoding,
            "separator": job.separator,
        }
        return cls(configuration=job.configuration, **shared, **options)

    def check_options(self) -> None:
        """Raise `ShortcodeError` for a mistake in the options, before any file is read."""
        from shortcodes.linting.table import select

        _ = self.engine  # building it may fail
        select(self.select, self.ignore or ())
        lint = self.configuration.lint
        for where, chosen, ignored in (
            (lint.location, lint.select, lint.ignore),
            *((table.location, table.select, table.ignore) for table in lint.per_path),
        ):
            try:
                select(chosen, ignored)
            except ShortcodeError as error:
                raise ConfigError(f"{where}: {error}") from error

    def check_found(self, found: FoundFile) -> FileResult:
        """Return the result for a file that discovery found."""
        return self.check_file(found.name, found.folder)

    def check_file(self, name: str, folder: FoundFolder | None = None) -> FileResult:
        """Return the result for one file, even if it cannot be checked.

        A file that was found in a folder is read only in that folder.
        """
        try:
            return self._check_file(name, folder)
        except MemoryError:
            return FileResult(name, failure=f"{name}: there is not enough memory")

    def _check_file(self, name: str, folder: FoundFolder | None) -> FileResult:
        limit = None if folder is None else _LARGEST
        try:
            text, encoding, is_exact, identity = files.read(
                name, folder, encoding=self.encoding, limit=limit, skip_binary=True
            )
        except click.ClickException as error:
            return FileResult(name, failure=error.format_message())
        if self.fixing and name == files.STDIN and not is_exact:  # else the output would be damaged
            return FileResult(name, failure=files.make_encoding_error(name, encoding).message)
        if files.is_binary(text):
            warning = files.describe_binary(name)
            return FileResult(name, before=text, encoding=encoding, warnings=(warning,))
        warnings = () if is_exact else (files.describe_bad_encoding(name, encoding),)
        try:
            container = read_container(name, text, self.input_format, self.separator)
            linter = self.get_linter(name)
            if self.fixing and is_exact:
                result = self._fix_file(name, text, container, linter)
                return replace(result, encoding=encoding, identity=identity, folder=folder)
        except ContainerError as error:
            message = error.format_message()
            if folder is None:
                return FileResult(name, failure=message)
            return FileResult(name, warnings=(*warnings, message))
        diagnostics = lint_file(linter, text, container)
        findings = build_findings(text, diagnostics, excerpts=self.excerpts)
        if self.fixing and any(diagnostic.fix for diagnostic in diagnostics):
            warnings = (*warnings, files.describe_unwritten(name, encoding))
        counts = count_problems(diagnostics)
        return FileResult(name, findings, counts, text if self.fixing else "", warnings=warnings)

    def _fix_file(
        self, name: str, text: str, container: Container | None, linter: Linter
    ) -> FileResult:
        after, fixed, left = fix_file(linter, text, container, unsafe=self.unsafe)
        findings = build_findings(after, left, excerpts=self.excerpts)
        counts = count_problems(left)
        return FileResult(name, findings, counts, text, None if after == text else after, fixed)

    def get_linter(self, name: str) -> Linter:
        """Return the linter for a file: the command line wins over the configuration.

        Files with the same settings have the same linter, since a configuration may be large.
        """
        from shortcodes.linting.run import Linter  # loads the rules

        per_path = self.configuration.lint.per_path
        tables = [] if name == files.STDIN else [table for table in per_path if table.is_for(name)]
        form = next((table.format for table in reversed(tables) if table.format), None)
        form = detect_format(name, self.form or form)
        key = (form, *map(id, tables))
        if key not in self._linters:
            if len(self._linters) >= _MOST_LINTERS:
                self._linters.pop(next(iter(self._linters)))
            self._linters[key] = Linter(**self.build_options(form, tables))
        return self._linters[key]

    def build_options(self, form: Format, tables: Iterable[PerPath]) -> LintOptions:
        """Return the options for files of a format to which some tables of paths apply."""
        configured = self.configuration.lint
        options: dict[str, Any] = {
            "dialect": self.configuration.dialect,
            "select": configured.select,
            "tags": self.configuration.tags,
            "profile": configured.profile,
        }
        ignored = [] if self.ignore is not None else [*configured.ignore]
        for table in tables:
            ignored += table.ignore
            for key in options:
                if (value := getattr(table, key)) is not None:
                    options[key] = value
        names = ("dialect", "tags", "select", "profile")
        given = {name: getattr(self, name) for name in names}
        options |= {key: value for key, value in given.items() if value is not None}
        options["dialect"] = options["dialect"] or DIALECTS[0]
        options["profile"] = options["profile"] or "wordpress"
        options["format"] = form
        options["ignore"] = {*ignored, *(self.ignore or ())}
        options["engine"] = self.engine
        options["undo_typography"] = self.undo_typography
        return cast("LintOptions", options)

    @cached_property
    def _linters(self) -> dict[tuple[object, ...], Linter]:
        return {}

    @cached_property
    def engine(self) -> Engine:
        """The engine of the configuration, which knows the configured and installed shortcodes."""
        return self.configuration.build(trusted=self.trusted)

"""Linting one file: reading it, finding its settings, running the rules, making the fixes.

Nothing is written here, so that it can run in any process, and can be ended at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import click

from shortcodes.cli.checking.findings import FileResult, build_findings
from shortcodes.cli.io import files
from shortcodes.cli.io.discovery import FoundFile
from shortcodes.cli.job import Job, detect_format
from shortcodes.config.file import ConfigError, Configuration
from shortcodes.dialects import DIALECTS
from shortcodes.errors import ShortcodeError
from shortcodes.files.held_folders import Identity

if TYPE_CHECKING:
    from shortcodes.engine import Engine
    from shortcodes.linting.options import LintOptions


@dataclass(frozen=True)
class Checker:
    """Checks files with the options of a command, which override its configuration.

    The options `select`, `ignore`, `dialect`, `tags` and `form` are `None` if they are not given.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    dialect: str | None = None
    tags: tuple[str, ...] | str | None = None
    form: str | None = None
    configuration: Configuration = field(default_factory=Configuration)
    trusted: bool = False
    """Whether Python modules that the configuration names may be imported."""
    fixing: bool = False
    unsafe: bool = False
    excerpts: bool = False

    @classmethod
    def from_job(cls, job: Job, **options: Any) -> Checker:
        """Return a checker with the options and the configuration of a job, and more options."""
        shared: dict[str, Any] = {"dialect": job.dialect, "tags": job.tags, "form": job.form}
        return cls(configuration=job.configuration, **shared, **options)

    def check_options(self) -> None:
        """Raise `ShortcodeError` for a mistake in the options, before any file is read."""
        from shortcodes.linting.table import select

        _ = self._engine  # building it may fail
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

    def check_file(self, name: str, folder: Identity | None = None) -> FileResult:
        """Return the result for one file, even if it cannot be checked.

        A file that was found in a folder is read only in that folder.
        """
        try:
            text, is_utf8, identity = files.read(name, folder)
        except click.ClickException as error:
            return FileResult(name, failure=error.format_message())
        if self.fixing and name == files.STDIN and not is_utf8:  # else the output would be damaged
            return FileResult(name, failure=files.make_encoding_error(name).message)
        if files.is_binary(text):
            return FileResult(name, before=text, warnings=(files.describe_binary(name),))
        warnings = () if is_utf8 else (files.describe_bad_encoding(name),)
        options = self.build_options(name)
        if self.fixing and is_utf8:
            return replace(self._fix_file(name, text, options), identity=identity)
        from shortcodes.linting import run, table  # loads the rules

        rules = table.select(options.pop("select", None), options.pop("ignore", ()))
        subject = run.build_subject(text, **options)
        diagnostics = run.run_rules(subject, rules)
        findings = build_findings(subject.document, diagnostics, excerpts=self.excerpts)
        if self.fixing and any(diagnostic.fix for diagnostic in diagnostics):
            warnings = (*warnings, f"{name}: not valid UTF-8, left as it is")
        return FileResult(name, findings, text if self.fixing else "", warnings=warnings)

    def _fix_file(self, name: str, text: str, options: LintOptions) -> FileResult:
        from shortcodes.linting.rounds import fix_and_lint

        result = fix_and_lint(text, unsafe=self.unsafe, **options)
        findings = build_findings(result.document, result.left, excerpts=self.excerpts)
        after = None if result.text == text else result.text
        return FileResult(name, findings, text, after, len(result.fixed))

    def build_options(self, name: str) -> LintOptions:
        """Return the options of `lint` for a file: the command line wins over the configuration."""
        configured = self.configuration.lint
        options: dict[str, Any] = {
            "dialect": self.configuration.dialect,
            "select": configured.select,
            "tags": self.configuration.tags,
            "format": None,
        }
        ignored = [] if self.ignore is not None else [*configured.ignore]
        for table in configured.per_path:
            if name != files.STDIN and table.is_for(name):
                ignored += table.ignore
                for key in options:
                    if (value := getattr(table, key)) is not None:
                        options[key] = value
        given = {"dialect": self.dialect, "tags": self.tags, "format": self.form}
        given["select"] = self.select
        options |= {key: value for key, value in given.items() if value is not None}
        options["dialect"] = options["dialect"] or DIALECTS[0]
        options["format"] = detect_format(name, options["format"])
        options["ignore"] = [*ignored, *(self.ignore or ())]
        options["engine"] = self._engine
        return cast("LintOptions", options)

    @cached_property
    def _engine(self) -> Engine:
        """The engine of the configuration, which knows the configured and installed shortcodes."""
        return self.configuration.build(trusted=self.trusted)

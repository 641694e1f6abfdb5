"""One file under lint: it is read, its settings are found, the rules are asked, fixes are made.

Nothing is written here, so that it may happen in any process, and end at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import click

from shortcodes.cli.checking.findings import Checked, findings
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

_LOOKED_AT = 8000
"""Code points in which a null character shows that a file is binary, as git has it."""


@dataclass(frozen=True)
class Checking:
    """How files are checked: what the call says, and below it the configuration.

    `select`, `dialect`, `tags` and `form` are `None` where the call does not say them.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    dialect: str | None = None
    tags: tuple[str, ...] | str | None = None
    form: str | None = None
    configuration: Configuration = field(default_factory=Configuration)
    trusted: bool = False
    """Whether Python that the configuration names is imported."""
    fixing: bool = False
    unsafe: bool = False
    excerpts: bool = False

    @classmethod
    def of(cls, job: Job, **own: Any) -> Checking:
        """Return how a call says it: its options and configuration, and `own` beside them."""
        said = {"dialect": job.dialect, "tags": job.tags, "form": job.form, **own}
        return cls(configuration=job.configuration, **said)

    def check(self) -> None:
        """Raise `ShortcodeError` for a mistake in what is said, before any file is read."""
        from shortcodes.linting.table import select

        _ = self._engine

        select(self.select, self.ignore or ())
        lint = self.configuration.lint
        for where, chosen, ignored in (
            (lint.location, lint.select, lint.ignore),
            *((one.location, one.select, one.ignore) for one in lint.per_path),
        ):
            try:
                select(chosen, ignored)
            except ShortcodeError as error:
                raise ConfigError(f"{where}: {error}") from error

    def found(self, found: FoundFile) -> Checked:
        """Return what comes of a file that was found."""
        return self.file(found.name, found.folder)

    def file(self, name: str, folder: Identity | None = None) -> Checked:
        """Return what comes of one file; why it cannot be checked is a part of that.

        If it was found in a folder, it is read in no other one.
        """
        try:
            text, is_utf8, which = files.read(name, folder)
        except click.ClickException as error:
            return Checked(name, failure=error.format_message())
        if self.fixing and name == files.STDIN and not is_utf8:  # it would be passed on otherwise
            return Checked(name, failure=f"{name}: not valid UTF-8, nothing is written")
        if "\0" in text[:_LOOKED_AT]:
            return Checked(name, before=text, warnings=(f"{name}: binary, not checked",))
        warnings = () if is_utf8 else (files.describe_bad_encoding(name),)
        options = self.options(name)
        if self.fixing and is_utf8:
            return replace(self._fixed(name, text, options), which=which)
        from shortcodes.linting import run, table  # loaded where they are needed

        chosen = table.select(options.pop("select", None), options.pop("ignore", ()))
        subject = run.build_subject(text, **options)
        found = run.run_rules(subject, chosen)
        made = findings(subject.document, found, excerpts=self.excerpts)
        if self.fixing and any(one.fix for one in found):
            warnings = (*warnings, f"{name}: not valid UTF-8, left as it is")
        return Checked(name, made, text if self.fixing else "", warnings=warnings)

    def _fixed(self, name: str, text: str, options: LintOptions) -> Checked:
        from shortcodes.linting.rounds import fix_and_lint

        made = fix_and_lint(text, unsafe=self.unsafe, **options)
        left = findings(made.document, made.left, excerpts=self.excerpts)
        after = None if made.text == text else made.text
        return Checked(name, left, text, after, len(made.fixed))

    def options(self, name: str) -> LintOptions:
        """Return how a file is linted."""
        configured = self.configuration.lint
        said: dict[str, Any] = {"dialect": self.configuration.dialect, "select": configured.select}
        said["tags"], said["format"] = self.configuration.tags, None
        ignored = [] if self.ignore is not None else [*configured.ignore]
        for one in configured.per_path:
            if name != files.STDIN and one.is_for(name):
                ignored += one.ignore
                for key in said:
                    if (value := getattr(one, key)) is not None:
                        said[key] = value
        called = {"dialect": self.dialect, "tags": self.tags, "format": self.form}
        called["select"] = self.select
        said |= {key: value for key, value in called.items() if value is not None}
        said["dialect"] = said["dialect"] or DIALECTS[0]
        said["format"] = detect_format(name, said["format"])
        said["ignore"] = [*ignored, *(self.ignore or ())]
        said["engine"] = self._engine
        return cast("LintOptions", said)

    @cached_property
    def _engine(self) -> Engine:
        """The engine of the configuration: names and schemas, those that are installed too."""
        return self.configuration.build(trusted=self.trusted)

"""What is said beside the findings: warnings, failures, and how many problems there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from shortcodes.cli.checking.findings import Checked
from shortcodes.cli.io.files import STDIN, make_error, write_back
from shortcodes.cli.io.printing import say, warn


@dataclass(slots=True)
class Tally:
    """The counts of one run."""

    writes: bool = False
    """Whether files that were fixed are written."""
    break_links: bool = False
    as_diff: bool = False
    """Whether files that would change are what is looked for."""
    problems: int = 0
    faulty: int = 0
    """Files with problems."""
    safely: int = 0
    """Problems that a safe fix would mend, and those that only an unsafe one would."""
    perhaps: int = 0
    fixed: int = 0
    changed: int = 0
    failures: int = 0

    @property
    def found(self) -> int:
        """How much there is of what was looked for."""
        return self.changed if self.as_diff else self.problems

    def over(self, results: Iterable[Checked]) -> Iterator[Checked]:
        """Give the results, counted; files that were fixed are written meanwhile."""
        for result in results:
            checked = self._written(result) if self.writes else result
            for warning in checked.warnings:
                warn(warning)
            if checked.failure:
                self.fail(checked.failure)
            self._count(checked)
            yield checked

    def finish(self, results: Iterator[Checked]) -> None:
        """Go through results that nobody reads: until all files are written, or something is found.

        So the files that are written, and the exit status, are what they would be otherwise.
        """
        while self.writes or not self.found:
            if next(results, None) is None:
                return

    def unreadable(self, folder: str, error: OSError) -> None:
        """Say that a folder cannot be read."""
        self.fail(make_error(folder, error).format_message())

    def fail(self, sentence: str) -> None:
        """Say why something could not be done."""
        self.failures += 1
        say(sentence)

    def _written(self, checked: Checked) -> Checked:
        if checked.after is None or checked.name == STDIN:
            return checked
        try:
            write_back(
                checked.name,
                checked.before,
                checked.after,
                checked.which,
                break_links=self.break_links,
            )
        except click.ClickException as error:
            return Checked(checked.name, failure=error.format_message())
        return checked

    def _count(self, checked: Checked) -> None:
        self.problems += len(checked.findings)
        self.faulty += bool(checked.findings)
        self.fixed += checked.fixed
        self.changed += checked.after is not None
        for finding in checked.findings:
            if fix := finding.diagnostic.fix:
                self.safely += fix.safe
                self.perhaps += not fix.safe

    def summary(self, *, fixing: bool, unsafe: bool) -> str:
        """Return all counts in one line, empty where there is nothing to say."""
        parts = []
        if self.fixed:
            verb = "fixed" if self.writes else "would be fixed"
            parts.append(
                f"{_count(self.fixed, 'problem')} {verb} in {_count(self.changed, 'file')}"
            )
        if self.problems:
            left = " left" if self.fixed else ""
            parts.append(
                f"{_count(self.problems, 'problem')}{left} in {_count(self.faulty, 'file')}"
            )
        if self.safely and not fixing:
            parts.append(f"{self.safely} can be fixed with --fix")
        if self.perhaps and not (fixing and unsafe):
            parts.append(f"{self.perhaps} can be fixed with --unsafe-fixes")
        return ", ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"

"""The summary of a run: its counts, and the warnings and failures that are printed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from shortcodes.cli.checking.findings import FileResult
from shortcodes.cli.io.files import STDIN, make_error, write_back
from shortcodes.cli.io.printing import say, warn


@dataclass(slots=True)
class Summary:
    """The counts of one run, which also writes the fixed files."""

    writes: bool = False
    """Whether fixed files are written."""
    break_links: bool = False
    as_diff: bool = False
    """Whether the run looks for files that would change, not for problems."""
    problems: int = 0
    files_with_problems: int = 0
    safe_fixes: int = 0
    """Problems that have a safe fix."""
    unsafe_fixes: int = 0
    """Problems that have only an unsafe fix."""
    fixed: int = 0
    changed: int = 0
    failures: int = 0

    @property
    def sought(self) -> int:
        """How much was found of noun the run looks for."""
        return self.changed if self.as_diff else self.problems

    def process(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """Yield the results, counted; fixed files are written first."""
        for unwritten in results:
            result = self._write(unwritten) if self.writes else unwritten
            for warning in result.warnings:
                warn(warning)
            if result.failure:
                self.report_failure(result.failure)
            self._add(result)
            yield result

    def finish(self, results: Iterator[FileResult]) -> None:
        """Process the results that nobody reads, until all files are written or a problem is found.

        So the written files and the exit status do not depend on the reader of the output.
        """
        while self.writes or not self.sought:
            if next(results, None) is None:
                return

    def report_unreadable(self, folder: str, error: OSError) -> None:
        """Print that a folder cannot be read."""
        self.report_failure(make_error(folder, error).format_message())

    def report_failure(self, sentence: str) -> None:
        """Print why something could not be done."""
        self.failures += 1
        say(sentence)

    def _write(self, result: FileResult) -> FileResult:
        if result.after is None or result.name == STDIN:
            return result
        try:
            write_back(
                result.name,
                result.before,
                result.after,
                result.identity,
                result.folder,
                encoding=result.encoding,
                break_links=self.break_links,
            )
        except click.ClickException as error:
            return FileResult(result.name, failure=error.format_message())
        return result

    def _add(self, result: FileResult) -> None:
        counts = result.counts.values()
        self.problems += sum(count.problems for count in counts)
        self.files_with_problems += bool(result.findings)
        self.fixed += result.fixed
        self.changed += result.after is not None
        self.safe_fixes += sum(count.safe_fixes for count in counts)
        self.unsafe_fixes += sum(count.unsafe_fixes for count in counts)

    def format_line(self, *, fixing: bool, unsafe: bool) -> str:
        """Return all counts in one line, empty if all are zero."""
        parts = []
        problems = _format_count(self.problems, "problem")
        if self.fixed:
            changed = _format_count(self.changed, "file")
            verb = "fixed" if self.writes else "would be fixed"
            parts.append(f"{_format_count(self.fixed, 'problem')} {verb} in {changed}")
        if self.problems:
            left = " left" if self.fixed else ""
            parts.append(f"{problems}{left} in {_format_count(self.files_with_problems, 'file')}")
        if self.safe_fixes and not fixing:
            parts.append(f"{self.safe_fixes} can be fixed with --fix")
        if self.unsafe_fixes and not (fixing and unsafe):
            parts.append(f"{self.unsafe_fixes} can be fixed with --unsafe-fixes")
        return ", ".join(parts)


def _format_count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

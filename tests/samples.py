"""The samples of a page of documentation: its fenced blocks, and what comes of running them."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)$", re.M | re.S)
_DIRECTIVE = re.compile(r"\{code-block\} (?P<language>\S+)")
_FILE = re.compile(r"(?::caption: |# )(?P<name>[\w./-]+\.\w+)\n\n?")
NOT_ALONE = "notest"
"""Stands behind the language of a block that cannot run alone."""


@dataclass(frozen=True)
class Sample:
    """One fenced block."""

    language: str
    source: str
    line: int
    """Where its source begins."""
    file: str = ""
    """The file that it is, by its caption or its first line."""
    alone: bool = True
    """Whether it can be run."""

    def write(self, folder: Path) -> None:
        """Write the file that it is."""
        path = folder / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.source, encoding="utf-8")

    @property
    def commands(self) -> list[tuple[str, str]]:
        """Each command of a console, with what stands below it."""
        parts = re.split(r"^\$ (.+)\n", self.source, flags=re.M)[1:]
        return list(zip(parts[::2], parts[1::2], strict=True))


def samples(page: Path, language: str = "") -> list[Sample]:
    """Return the blocks of a page, or those in one language, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        info, source = match["info"], match["body"]
        directive, file = _DIRECTIVE.match(info), _FILE.match(source)
        name = directive["language"] if directive else info.partition(" ")[0]
        line = text.count("\n", 0, match.start("body")) + 1
        if file and directive:
            source = source[file.end() :]
        if language in ("", name):
            named = file["name"] if file else ""
            found.append(Sample(name, source, line, named, NOT_ALONE not in info.split()))
    return found


def terminal(command: str, folder: Path) -> str:
    """Return what a terminal shows for a command in a folder, errors included."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode()


def python(page: Path, folder: Path) -> str:
    """Run the Python of a page in a process of its own, in a folder with the page's files.

    Returns what is not as the page says: what a block with prompts prints otherwise, what any other
    raises, and warnings.
    """
    for sample in samples(page):
        if sample.file:
            sample.write(folder)
    done = subprocess.run(
        [sys.executable, "-W", "error", __file__, str(page)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        check=False,
    )
    return done.stderr.decode()


def _main(page: Path) -> None:
    """Run the blocks in order, in one namespace."""
    namespace: dict[str, Any] = {"__name__": "samples"}
    for sample in samples(page, "python"):
        if sample.file or not sample.alone:
            continue
        if ">>> " not in sample.source:
            place = f"{page.name}:{sample.line}"
            exec(compile(sample.source, place, "exec", dont_inherit=True), namespace)
            continue
        parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
        block = parser.get_doctest(sample.source, {}, page.name, page.name, sample.line - 1)
        block.globs = namespace
        runner.run(block, out=sys.stderr.write, clear_globs=False)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))

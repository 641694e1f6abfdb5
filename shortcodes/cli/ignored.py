"""Which files of a folder git would leave out, by the `.gitignore` of each folder.

As git does: a file deeper down is asked first, the last pattern of a file that matches counts, and
what is left out with its folder cannot come back. `.git/info/exclude` is asked last; the user's
own file for all repositories is not read.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from pathspec import GitIgnoreSpec

_FILE = ".gitignore"
_EXCLUDE = os.path.join(".git", "info", "exclude")


class _Patterns:
    """The patterns of one file: whether each ignores or brings back, and what it matches itself.

    The library's expressions match what is below a folder too, which is known already where the
    folder is asked for first. One with a group says there where the pattern's own part ends.
    """

    def __init__(self, text: str) -> None:
        self.found: list[tuple[bool, re.Pattern[str]]] = []
        for line in text.removeprefix("\ufeff").split("\n"):
            try:
                (pattern,) = GitIgnoreSpec.from_lines([line]).patterns
            except (ValueError, re.error):
                continue  # it is no pattern; git leaves it aside too
            regex: re.Pattern[str] | None = pattern.regex
            if regex and pattern.include is not None:
                ends = r"\Z" if regex.groups else "." if regex.pattern.endswith("/") else ""
                self.found.append((pattern.include, re.compile(f"(?:{regex.pattern}){ends}")))

    def said(self, path: str) -> bool | None:
        """Return what the last pattern says that matches; `None` if none does."""
        return next((said for said, own in reversed(self.found) if own.search(path)), None)


@dataclass(frozen=True, slots=True)
class Ignored:
    """What is left out in one folder: the patterns of its own, and those of the folders above."""

    folder: str
    """The absolute path."""
    specs: tuple[tuple[str, _Patterns], ...] = ()
    """Folders with patterns, the one that is asked first last."""

    def below(self, name: str) -> Ignored:
        """Return what is left out in a folder of this folder."""
        folder = os.path.join(self.folder, name)
        return Ignored(folder, (*self.specs, *_own(folder, _FILE)))

    def holds(self, name: str, *, is_folder: bool = False) -> bool:
        """Return whether something in this folder is left out."""
        path = os.path.join(self.folder, name)
        for folder, spec in reversed(self.specs):
            relative = path[len(os.path.join(folder, "")) :].replace(os.sep, "/")
            said = spec.said(f"{relative}/" if is_folder else relative)
            if said is not None:
                return said
        return False


def of_folder(folder: str) -> Ignored:
    """Return what is left out in a folder; the folder itself is not, as it was named."""
    path = os.path.realpath(folder)
    found = Ignored(path, _own(path, _FILE))
    parts: list[str] = []
    while not os.path.lexists(os.path.join(path, ".git")):
        path, part = os.path.split(path)
        if not part:
            return found  # no repository: what stands above has no say
        parts.append(part)
    above = Ignored(path, (*_own(path, _EXCLUDE), *_own(path, _FILE)))
    for part in reversed(parts):
        if above.holds(part, is_folder=True):
            return found
        above = above.below(part)
    return above


def _own(folder: str, name: str) -> tuple[tuple[str, _Patterns], ...]:
    """Return the patterns of a file in a folder, if it can be read and has any."""
    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="surrogateescape") as file:
            patterns = _Patterns(file.read())
    except OSError:
        return ()
    return ((folder, patterns),) if patterns.found else ()

"""Which files of a folder git would leave out, by the `.gitignore` of each folder.

As git does: a file deeper down is asked first, the last pattern of a file that matches counts, and
what is left out with its folder cannot come back. `.git/info/exclude` is asked last; the user's
own file for all repositories is not read, and links are not followed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import NamedTuple

from shortcodes.files import folders
from shortcodes.files.folders import OutsideError
from shortcodes.files.patterns import MAX_STEPS, Patterns, parse_lines

_LARGEST = 500_000
"""Bytes of a file of patterns."""
_LARGEST_OF_ALL = 1_000_000
"""Bytes of all such files that have a say in a folder."""
_CACHED = 4
_FILE = ".gitignore"
_EXCLUDE = os.path.join(".git", "info", "exclude")

Warn = Callable[[str], None]
"""Hears of a file of patterns that cannot be used."""


class _Spec(NamedTuple):
    """What the patterns of a folder say."""

    folder: str
    patterns: Patterns
    size: int
    """Bytes of their file."""


class GitIgnore:
    """What is left out in one folder: by the patterns of its own, and those of the folders above.

    `folder` is an absolute path. Its patterns are read when they are asked for the first time.
    """

    def __init__(self, folder: str, warn: Warn, above: GitIgnore | None = None, *names: str) -> None:
        self.folder = folder
        self._warn = warn
        self._above = above
        self._names = names or (_FILE,)

    @cached_property
    def _specs(self) -> tuple[_Spec, ...]:
        """The patterns, those that are asked first last."""
        found = self._above._specs if self._above else ()
        for name in self._names:
            found += _read_source(self.folder, name, found, self._warn)
        return found

    def enter(self, name: str) -> GitIgnore:
        """Return what is left out in a folder of this folder."""
        return GitIgnore(os.path.join(self.folder, name), self._warn, self)

    def is_ignored(self, name: str, *, is_folder: bool = False) -> bool:
        """Return whether something in this folder is left out."""
        path = os.path.join(self.folder, name)
        for folder, patterns, _ in reversed(self._specs):
            relative = path[len(os.path.join(folder, "")) :].replace(os.sep, "/")
            said = patterns.decide(relative, is_folder=is_folder)
            if said is not None:
                return said
        return False


def read_gitignore(folder: str, warn: Warn) -> GitIgnore:
    """Return what is left out in a folder; the folder itself is not, as it was named."""
    path = os.path.realpath(folder)
    alone = GitIgnore(path, warn)
    parts: list[str] = []
    while not os.path.lexists(os.path.join(path, ".git")):
        path, part = os.path.split(path)
        if not part:
            return alone  # no repository: what stands above has no say
        parts.append(part)
    above = GitIgnore(path, warn, None, _EXCLUDE, _FILE)
    for part in reversed(parts):
        if above.is_ignored(part, is_folder=True):
            return alone
        above = above.enter(part)
    return above


def _read_source(folder: str, name: str, above: tuple[_Spec, ...], warn: Warn) -> tuple[_Spec, ...]:
    """Return the patterns of a file in a folder, if it can be used and has any."""
    path = os.path.join(folder, name)
    if not os.path.lexists(path):
        return ()
    try:
        if os.path.islink(path):
            raise OSError("it is a link")
        data = folders.read_inside(folder, path, _LARGEST)
        patterns = _patterns(data)
        for most, what, added in (
            (_LARGEST_OF_ALL, "bytes", len(data) + sum(spec.size for spec in above)),
            (
                MAX_STEPS,
                "parts of patterns that are tried one by one",
                patterns.steps + sum(spec.patterns.steps for spec in above),
            ),
        ):
            if added > most:
                raise OSError(f"with those of the folders above, it has more than {most:,} {what}")
    except (OSError, OutsideError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        warn(f"{path}: {reason[0].lower()}{reason[1:]}; its patterns are not used")
        return ()
    return (_Spec(folder, patterns, len(data)),) if patterns else ()


@lru_cache(maxsize=_CACHED)
def _patterns(data: bytes) -> Patterns:
    """Return the patterns of a file; the same ones often stand in many folders."""
    return Patterns(parse_lines(data.decode("utf-8", "surrogateescape")))

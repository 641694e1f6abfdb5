"""The files that git ignores, according to the `.gitignore` of each folder.

As in git, a deeper file comes first, the last matching pattern of a file decides, and nothing in an
ignored folder can be included again. `.git/info/exclude` comes last. The user's own file for all
repositories is not read, and links are not followed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import NamedTuple

from shortcodes.files.folders import read_real_file
from shortcodes.files.patterns import MAX_STEPS, Patterns, parse_lines

_MAX_BYTES = 500_000
"""The size of a file of patterns."""
_MAX_TOTAL_BYTES = 1_000_000
"""The size of all such files that apply to a folder."""
_CACHED = 4
_FILE = ".gitignore"
_EXCLUDE = os.path.join(".git", "info", "exclude")

Warn = Callable[[str], None]
"""Called with a message about a file of patterns that cannot be used."""


class _IgnoreFile(NamedTuple):
    """A file of patterns that was read."""

    folder: str
    patterns: Patterns
    size: int
    """Its size in bytes."""


class GitIgnore:
    """The patterns that apply in one folder: its own, and those of the folders above.

    `folder` is a real path. Its patterns are read when they are first needed.
    """

    def __init__(
        self, folder: str, warn: Warn, above: GitIgnore | None = None, *names: str
    ) -> None:
        self.folder = folder
        self._warn = warn
        self._above = above
        self._names = names or (_FILE,)

    @cached_property
    def _files(self) -> tuple[_IgnoreFile, ...]:
        """The files of patterns; the last one is asked first."""
        files = self._above._files if self._above else ()
        for name in self._names:
            files += _read_ignore_file(self.folder, name, files, self._warn)
        return files

    def enter(self, name: str) -> GitIgnore:
        """Return the patterns that apply in a subfolder."""
        return GitIgnore(os.path.join(self.folder, name), self._warn, self)

    def is_ignored(self, name: str, *, is_folder: bool = False) -> bool:
        """Return whether git ignores an entry of this folder."""
        path = os.path.join(self.folder, name)
        for folder, patterns, _ in reversed(self._files):
            relative = path[len(os.path.join(folder, "")) :].replace(os.sep, "/")
            decision = patterns.decide(relative, is_folder=is_folder)
            if decision is not None:
                return decision
        return False


def read_gitignore(folder: str, warn: Warn) -> GitIgnore:
    """Return the patterns that apply in a folder. The folder itself is never ignored."""
    path = os.path.realpath(folder)
    without_repository = GitIgnore(path, warn)
    parts: list[str] = []
    while not os.path.lexists(os.path.join(path, ".git")):
        path, part = os.path.split(path)
        if not part:
            return without_repository
        parts.append(part)
    above = GitIgnore(path, warn, None, _EXCLUDE, _FILE)
    for part in reversed(parts):
        if above.is_ignored(part, is_folder=True):
            return without_repository
        above = above.enter(part)
    return above


def _read_ignore_file(
    folder: str, name: str, above: tuple[_IgnoreFile, ...], warn: Warn
) -> tuple[_IgnoreFile, ...]:
    """Return a file of patterns in a folder, if it can be used and has any."""
    path = os.path.join(folder, name)
    if not os.path.lexists(path):
        return ()
    try:
        if os.path.islink(path):
            raise OSError("it is a link")
        # Resolving the paths of many nested folders would take long; this one is real already.
        data = read_real_file(path, _MAX_BYTES)
        patterns = _parse_patterns(data)
        for limit, unit, total in (
            (_MAX_TOTAL_BYTES, "bytes", len(data) + sum(file.size for file in above)),
            (
                MAX_STEPS,
                "parts of patterns that are tried one by one",
                patterns.steps + sum(file.patterns.steps for file in above),
            ),
        ):
            if total > limit:
                raise OSError(f"with those of the folders above, it has more than {limit:,} {unit}")
    except OSError as error:
        reason = getattr(error, "strerror", None) or str(error)
        warn(f"{path}: {reason[0].lower()}{reason[1:]}; its patterns are not used")
        return ()
    return (_IgnoreFile(folder, patterns, len(data)),) if patterns else ()


@lru_cache(maxsize=_CACHED)
def _parse_patterns(data: bytes) -> Patterns:
    """Return the patterns in a file; many folders often have the same file."""
    return Patterns(parse_lines(data.decode("utf-8", "surrogateescape")))

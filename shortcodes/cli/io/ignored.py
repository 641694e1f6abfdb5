"""Which files of a folder git would leave out, by the `.gitignore` of each folder.

As git does: a file deeper down is asked first, the last pattern of a file that matches counts, and
what is left out with its folder cannot come back. `.git/info/exclude` is asked last; the user's
own file for all repositories is not read, and links are not followed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from shortcodes.files import folders, ignoring
from shortcodes.files.folders import OutsideError
from shortcodes.files.ignoring import Patterns

_LARGEST = 500_000
"""Bytes of a file of patterns, each of which is compared with every name."""
_FILE = ".gitignore"
_EXCLUDE = os.path.join(".git", "info", "exclude")

Warn = Callable[[str], None]
"""Hears of a file of patterns that cannot be used."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """What is left out in one folder: the patterns of its own, and those of the folders above."""

    folder: str
    """The absolute path."""
    warn: Warn
    specs: tuple[tuple[str, Patterns], ...] = ()
    """Folders with patterns, the one that is asked first last."""

    def below(self, name: str) -> Ignored:
        """Return what is left out in a folder of this folder."""
        folder = os.path.join(self.folder, name)
        return Ignored(folder, self.warn, (*self.specs, *_own(folder, _FILE, self.warn)))

    def holds(self, name: str, *, is_folder: bool = False) -> bool:
        """Return whether something in this folder is left out."""
        path = os.path.join(self.folder, name)
        for folder, spec in reversed(self.specs):
            relative = path[len(os.path.join(folder, "")) :].replace(os.sep, "/")
            said = spec.said(relative, is_folder=is_folder)
            if said is not None:
                return said
        return False


def of_folder(folder: str, warn: Warn) -> Ignored:
    """Return what is left out in a folder; the folder itself is not, as it was named."""
    path = os.path.realpath(folder)
    found = Ignored(path, warn, _own(path, _FILE, warn))
    parts: list[str] = []
    while not os.path.lexists(os.path.join(path, ".git")):
        path, part = os.path.split(path)
        if not part:
            return found  # no repository: what stands above has no say
        parts.append(part)
    above = Ignored(path, warn, (*_own(path, _EXCLUDE, warn), *_own(path, _FILE, warn)))
    for part in reversed(parts):
        if above.holds(part, is_folder=True):
            return found
        above = above.below(part)
    return above


def _own(folder: str, name: str, warn: Warn) -> tuple[tuple[str, Patterns], ...]:
    """Return the patterns of a file in a folder, if it can be read and has any."""
    path = os.path.join(folder, name)
    if not os.path.lexists(path):
        return ()
    try:
        if os.path.islink(path):
            raise OSError("it is a link")
        data = folders.read(folder, path, _LARGEST)
    except (OSError, OutsideError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        warn(f"{path}: {reason[0].lower()}{reason[1:]}; its patterns are not used")
        return ()
    patterns = Patterns(ignoring.lenient(data.decode("utf-8", "surrogateescape")))
    return ((folder, patterns),) if patterns else ()

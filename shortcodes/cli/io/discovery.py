"""The files that PATHs name: files, folders with all that is in them, and patterns.

What is named itself is read whatever it is called. In a folder, files with an extension of
`FORMATS` are, except for those that git ignores. Links in a folder are not followed, neither to
files nor to folders, so that no file is met twice and no loop is entered.

All are found before the first is read, and others may change a folder meanwhile. So each file is
given together with its folder, in which alone it may be looked for.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from shortcodes.cli.io import files
from shortcodes.cli.io.gitignore import GitIgnore, Warn, read_gitignore
from shortcodes.cli.io.printing import warn
from shortcodes.cli.io.replacing import is_temporary
from shortcodes.cli.job import FORMATS
from shortcodes.files.held_folders import Identity, list_folder
from shortcodes.files.patterns import Patterns, parse_pattern

NEVER = frozenset({".git", ".hg", ".svn", ".bzr", "node_modules", ".venv", "venv"})
"""Folders that are entered only where they are named."""

_MAGIC = "*?["

OnError = Callable[[str, OSError], None]
"""Hears of a folder that cannot be read."""


class FoundFile(NamedTuple):
    """A file that a path leads to."""

    name: str
    folder: Identity | None = None
    """The folder in which it was found; `None` where it was named itself."""


def discover(paths: Iterable[str], failed: OnError) -> Iterator[FoundFile]:
    """Give every file once, whatever links it is named by, in the order of the paths, those of a
    folder in the order of names.

    Patterns that are not used are said on standard error. Raises `ClickException` for a path that
    is missing, and for a pattern that matches nothing.
    """
    seen: set[str] = set()
    real_folder = lru_cache(os.path.realpath)
    warn_once = cache(warn)  # once for each file, however many paths it is asked for
    for path in paths:
        for found in _find_files(path, failed, warn_once):
            name = found.name
            if name in (files.STDIN, path):  # which may be a link
                real = name if name == files.STDIN else os.path.realpath(name)
            else:
                folder, last = os.path.split(name)
                real = os.path.join(real_folder(folder), last)
            if real not in seen:
                seen.add(real)
                yield found


def check_paths(paths: tuple[str, ...]) -> None:
    """Raise for the first path that is missing, before anything is read."""
    if paths.count(files.STDIN) > 1:
        files.check_readable(paths)
    for path in paths:
        files.check_name(path)
        if path == files.STDIN or _is_pattern(path):
            continue
        try:
            os.stat(path)
        except OSError as error:
            raise files.make_error(path, error) from None


def _find_files(path: str, failed: OnError, warn: Warn) -> Iterator[FoundFile]:
    if path == files.STDIN:
        yield FoundFile(path)
    elif _is_pattern(path):
        yield from _find_matches(path, failed, warn)
    elif stat.S_ISDIR(os.stat(path).st_mode):
        for found in _walk_folder(path, failed, warn):
            if os.path.splitext(found.name)[1].lower() in FORMATS:
                yield found
    else:
        yield FoundFile(path)


def _is_pattern(path: str) -> bool:
    """Return whether a path is a pattern that no shell has expanded."""
    return any(letter in path for letter in _MAGIC) and not os.path.lexists(path)


def _find_matches(path: str, failed: OnError, warn: Warn) -> Iterator[FoundFile]:
    """Give the files that a pattern, written as in `.gitignore`, matches."""
    parts = path.split("/")
    fixed = next(i for i, part in enumerate(parts) if any(letter in part for letter in _MAGIC))
    folder = "/".join(parts[:fixed]) or ("/" if path.startswith("/") else ".")
    if not os.path.isdir(folder):
        raise files.make_no_match_error(path)
    try:
        asked = parse_pattern("/" + "/".join(parts[fixed:]))
    except ValueError:
        raise files.make_no_match_error(path) from None
    patterns = Patterns([asked] if asked else [])
    start = "" if folder == "." else folder.rstrip("/") + "/"
    matched = False
    for found in _walk_folder(folder, failed, warn):
        if patterns.has_match(found.name.removeprefix(start).replace(os.sep, "/")):
            matched = True
            yield found
    if not matched:
        raise files.make_no_match_error(path)


def _walk_folder(folder: str, failed: OnError, warn: Warn) -> Iterator[FoundFile]:
    """Give every regular file below a folder that git does not ignore."""
    start = "" if os.path.normpath(folder) == os.curdir else os.path.join(folder, "")
    waiting: list[tuple[str, Identity | None, GitIgnore]] = [(start, None, read_gitignore(folder, warn))]
    while waiting:
        inside, above, ignored = waiting.pop()
        below: list[tuple[str, Identity | None, GitIgnore]] = []
        found: list[FoundFile] = []
        try:
            with list_folder(inside, above) as (which, entries):
                for entry in entries:
                    name = os.path.join(inside, entry.name)
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in NEVER and not ignored.is_ignored(
                            entry.name, is_folder=True
                        ):
                            lower = ignored.enter(entry.name)
                            below.append((os.path.join(name, ""), which, lower))
                    elif (
                        entry.is_file(follow_symlinks=False)
                        and not is_temporary(entry.name)
                        and not ignored.is_ignored(entry.name)
                    ):
                        found.append(FoundFile(name, which))
        except OSError as error:
            failed(inside.rstrip(os.sep) or os.curdir, error)
        yield from found
        waiting += reversed(below)

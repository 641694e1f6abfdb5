"""The files that PATHs name: files, folders with all that is in them, and patterns.

What is named itself is read whatever it is called. In a folder, files with an extension of
`FORMATS` are, except for those that git ignores. Links in a folder are not followed, neither to
files nor to folders, so that no file is met twice and no loop is entered.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from shortcodes.cli.io import files
from shortcodes.cli.io.ignored import Ignored, Warn, of_folder
from shortcodes.cli.io.printing import warn
from shortcodes.cli.io.replacing import is_temporary
from shortcodes.cli.job import FORMATS
from shortcodes.files.ignoring import Patterns, pattern

NEVER = frozenset({".git", ".hg", ".svn", ".bzr", "node_modules", ".venv", "venv"})
"""Folders that are entered only where they are named."""

_MAGIC = "*?["

Failed = Callable[[str, OSError], None]
"""Hears of a folder that cannot be read."""


def discover(paths: Iterable[str], failed: Failed) -> Iterator[str]:
    """Give every file once, whatever links it is named by, in the order of the paths, those of a
    folder in the order of names.

    Patterns that are not used are said on standard error. Raises `ClickException` for a path that
    is missing, and for a pattern that matches nothing.
    """
    seen: set[str] = set()
    real_folder = lru_cache(os.path.realpath)
    warn_once = cache(warn)  # once for each file, however many paths it is asked for
    for path in paths:
        for name in _named(path, failed, warn_once):
            if name in (files.STDIN, path):  # which may be a link
                real = name if name == files.STDIN else os.path.realpath(name)
            else:
                folder, last = os.path.split(name)
                real = os.path.join(real_folder(folder), last)
            if real not in seen:
                seen.add(real)
                yield name


def check(paths: tuple[str, ...]) -> None:
    """Raise for the first path that is missing, before anything is read."""
    if paths.count(files.STDIN) > 1:
        files.check(paths)
    for path in paths:
        files.require(path)
        if path == files.STDIN or _is_pattern(path):
            continue
        try:
            os.stat(path)
        except OSError as error:
            raise files.fail(path, error) from None
        except ValueError:  # a null character in the name
            raise files.fail(path, FileNotFoundError()) from None


def _named(path: str, failed: Failed, warn: Warn) -> Iterator[str]:
    if path == files.STDIN:
        yield path
    elif _is_pattern(path):
        yield from _matching(path, failed, warn)
    elif stat.S_ISDIR(os.stat(path).st_mode):
        for name in _walk(path, failed, warn):
            if os.path.splitext(name)[1].lower() in FORMATS:
                yield name
    else:
        yield path


def _is_pattern(path: str) -> bool:
    """Return whether a path is a pattern that no shell has expanded."""
    return any(letter in path for letter in _MAGIC) and not os.path.lexists(path)


def _matching(path: str, failed: Failed, warn: Warn) -> Iterator[str]:
    """Give the files that a pattern, written as in `.gitignore`, matches."""
    parts = path.split("/")
    fixed = next(i for i, part in enumerate(parts) if any(letter in part for letter in _MAGIC))
    folder = "/".join(parts[:fixed]) or ("/" if path.startswith("/") else ".")
    if not os.path.isdir(folder):
        raise files.no_match(path)
    try:
        found = pattern("/" + "/".join(parts[fixed:]))
    except ValueError:
        raise files.no_match(path) from None
    patterns = Patterns([found] if found else [])
    start = "" if folder == "." else folder.rstrip("/") + "/"
    matched = False
    for name in _walk(folder, failed, warn):
        if patterns.hold(name.removeprefix(start).replace(os.sep, "/")):
            matched = True
            yield name
    if not matched:
        raise files.no_match(path)


def _walk(folder: str, failed: Failed, warn: Warn) -> Iterator[str]:
    """Give every regular file below a folder that git does not ignore."""
    start = "" if os.path.normpath(folder) == os.curdir else os.path.join(folder, "")
    waiting: list[tuple[str, Ignored]] = [(start, of_folder(folder, warn))]
    while waiting:
        inside, ignored = waiting.pop()
        try:
            with os.scandir(inside or os.curdir) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            failed(inside.rstrip(os.sep) or os.curdir, error)
            continue
        below: list[tuple[str, Ignored]] = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in NEVER and not ignored.holds(entry.name, is_folder=True):
                    below.append((os.path.join(inside, entry.name, ""), ignored.below(entry.name)))
            elif (
                entry.is_file(follow_symlinks=False)
                and not is_temporary(entry.name)
                and not ignored.holds(entry.name)
            ):
                yield os.path.join(inside, entry.name)
        waiting += reversed(below)

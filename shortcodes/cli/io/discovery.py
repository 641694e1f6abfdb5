"""The files that PATHs stand for: files, folders with everything in them, and patterns.

A file that is named itself is read whatever its extension. In a folder, files with an extension in
`FORMATS` are read, except those that git ignores. Links in a folder are not followed, so that no
file is found twice and no loop is entered.

All files are found before the first one is read, and folders may change in between. So each file
comes with the identity of its folder, the only folder in which it may be opened.
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
from shortcodes.files.held_folders import FoundFolder, Identity, list_folder
from shortcodes.files.patterns import Patterns, parse_pattern

NEVER = frozenset({".git", ".hg", ".svn", ".bzr", "node_modules", ".venv", "venv"})
"""Folders that are read only if they are named themselves."""

_MAGIC = "*?["

OnError = Callable[[str, OSError], None]
"""Called with the path of a folder that cannot be read."""


class FoundFile(NamedTuple):
    """A file that a path stands for."""

    name: str
    folder: FoundFolder | None = None
    """The folder in which it was found; `None` if the file was named itself."""


def discover(paths: Iterable[str], on_error: OnError) -> Iterator[FoundFile]:
    """Return the files that paths stand for, each once, even if links lead to it.

    Files come in the order of the paths; those in a folder are sorted by name. A file called "-" is
    "./-", since "-" alone is standard input. A `.gitignore` that
    cannot be used is reported on standard error.

    Args:
        paths: Files, folders and patterns.
        on_error: Called for each folder that cannot be read.

    Raises:
        ClickException: A path does not exist, or a pattern matches nothing.
    """
    seen: set[str] = set()
    real_folder = lru_cache(os.path.realpath)
    warn_once = cache(warn)  # several paths may lead to the same .gitignore
    for path in paths:
        for file in _find_files(path, on_error, warn_once):
            if file.name == files.STDIN != path:
                file = file._replace(name=os.path.join(os.curdir, files.STDIN))
            name = file.name
            if name in (files.STDIN, path):  # a path may be a link
                real = name if name == files.STDIN else os.path.realpath(name)
            else:
                folder, last = os.path.split(name)
                real = os.path.join(real_folder(folder), last)
            if real not in seen:
                seen.add(real)
                yield file


def check_paths(paths: tuple[str, ...]) -> None:
    """Raise for the first path that does not exist, before anything is read."""
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


def _find_files(path: str, on_error: OnError, warn: Warn) -> Iterator[FoundFile]:
    if path == files.STDIN:
        yield FoundFile(path)
    elif _is_pattern(path):
        yield from _find_matches(path, on_error, warn)
    elif stat.S_ISDIR(os.stat(path).st_mode):
        for file in _walk_folder(path, on_error, warn):
            if os.path.splitext(file.name)[1].lower() in FORMATS:
                yield file
    else:
        yield FoundFile(path)


def _is_pattern(path: str) -> bool:
    """Return whether a path is a pattern, which a shell has not expanded."""
    return any(letter in path for letter in _MAGIC) and not os.path.lexists(path)


def _find_matches(path: str, on_error: OnError, warn: Warn) -> Iterator[FoundFile]:
    """Return the files that match a pattern, written as in `.gitignore`."""
    parts = path.split("/")
    fixed = next(i for i, part in enumerate(parts) if any(letter in part for letter in _MAGIC))
    folder = "/".join(parts[:fixed]) or ("/" if path.startswith("/") else ".")
    if not os.path.isdir(folder):
        raise files.make_no_match_error(path)
    try:
        pattern = parse_pattern("/" + "/".join(parts[fixed:]))
    except ValueError:
        raise files.make_no_match_error(path) from None
    patterns = Patterns([pattern] if pattern else [])
    start = "" if folder == "." else folder.rstrip("/") + "/"
    has_match = False
    for file in _walk_folder(folder, on_error, warn):
        if patterns.has_match(file.name.removeprefix(start).replace(os.sep, "/")):
            has_match = True
            yield file
    if not has_match:
        raise files.make_no_match_error(path)


def _walk_folder(folder: str, on_error: OnError, warn: Warn) -> Iterator[FoundFile]:
    """Return every regular file in a folder and its subfolders that git does not ignore."""
    start = "" if os.path.normpath(folder) == os.curdir else os.path.join(folder, "")
    pending: list[tuple[str, Identity | None, GitIgnore]] = [
        (start, None, read_gitignore(folder, warn))
    ]
    while pending:
        path, parent, gitignore = pending.pop()
        subfolders: list[tuple[str, Identity | None, GitIgnore]] = []
        found_files: list[FoundFile] = []
        try:
            with list_folder(path, parent) as (identity, entries):
                found_folder = FoundFolder(gitignore.folder, identity)
                for entry in entries:
                    name = os.path.join(path, entry.name)
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in NEVER and not gitignore.is_ignored(
                            entry.name, is_folder=True
                        ):
                            inner = gitignore.enter(entry.name)
                            subfolders.append((os.path.join(name, ""), identity, inner))
                    elif (
                        entry.is_file(follow_symlinks=False)
                        and not is_temporary(entry.name)
                        and not gitignore.is_ignored(entry.name)
                    ):
                        found_files.append(FoundFile(name, found_folder))
        except OSError as error:
            on_error(path.rstrip(os.sep) or os.curdir, error)
        yield from found_files
        pending += reversed(subfolders)

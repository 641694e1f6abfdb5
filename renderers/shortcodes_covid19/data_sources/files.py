"""The sources that are files: one that a user names, and the local copy of a source.

A file is read again when it has changed.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from shortcodes.checks import check_type
from shortcodes.files.folders import read_file
from shortcodes_covid19 import table
from shortcodes_covid19.figures import Figures, Origin, SourceError
from shortcodes_covid19.settings import Settings

_LARGEST = 2_000_000
"""Bytes of a file that is read."""


class File:
    """A table in a file: JSON where its name ends so, else CSV. See `table.py` for the form."""

    def __init__(self, path: str | Path, key: str = "") -> None:
        check_type("path", path, str, os.PathLike)
        if not str(path):
            raise ValueError("file: needs a path, such as file:figures.csv")
        self._path = Path(path)
        self._key = key or f"file:{path}"
        self._read: tuple[tuple[int, int], table.Table] | None = None

    @property
    def origin(self) -> Origin:
        """What the table says of itself; where it cannot be read, no more than its name."""
        try:
            return self._table().origin
        except SourceError:
            return Origin(self._key, self._path.name, "", "")

    def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
        """Return figures for those of the regions that the table has. Raises `SourceError`."""
        return self._table().of(regions)

    def _table(self) -> table.Table:
        try:
            state = os.stat(self._path)
            stamp = state.st_mtime_ns, state.st_size
            if self._read is None or self._read[0] != stamp:
                self._read = stamp, self._fresh()
        except OSError as error:
            raise self._unfit(self._missing(error)) from None
        except (ValueError, UnicodeDecodeError) as error:
            raise self._unfit(str(error)) from None
        return self._read[1]

    def _fresh(self) -> table.Table:
        data = read_file(self._path, _LARGEST)
        form: table.Form = "json" if self._path.suffix.lower() == ".json" else "csv"
        return table.read(data.decode("utf-8"), form, self._key, self._path.name)

    def _missing(self, error: OSError) -> str:
        return (error.strerror or str(error)).lower()

    def _unfit(self, reason: str) -> SourceError:
        return SourceError(f"{self._key}: {reason}")


class Local(File):
    """What `shortcodes covid19 update` wrote, wherever it came from."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.local, "local")

    def _missing(self, error: OSError) -> str:
        if isinstance(error, FileNotFoundError):
            return f"{self._path} does not exist; create it with `shortcodes covid19 update`"
        return f"{self._path}: {super()._missing(error)}"

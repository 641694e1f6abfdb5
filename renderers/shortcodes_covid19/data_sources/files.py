"""The sources that are files: a table of a user, and the local copy of a source.

A file is read again if it has changed.
"""

from __future__ import annotations

import os
from collections.abc import Collection

from shortcodes.common.checks import check_type
from shortcodes.files.folders import bind_path, read_limited
from shortcodes_covid19 import table
from shortcodes_covid19.figures import Figures, Origin, SourceError
from shortcodes_covid19.settings import Settings

LARGEST = 2_000_000
"""The size limit of a file, in bytes."""


class File:
    """A table in a file: JSON if its name ends in ".json", else CSV."""

    def __init__(self, path: str | os.PathLike[str], key: str = "") -> None:
        check_type("path", path, str, os.PathLike)
        if not str(path):
            raise ValueError("file: needs a path, such as file:figures.csv")
        self._path = bind_path(path)
        self._key = key or f"file:{path}"
        self._cached: tuple[tuple[int, int], table.Table] | None = None

    @property
    def origin(self) -> Origin:
        """The origin that the table states, or only the name of a file that cannot be read."""
        try:
            return self._load_table().origin
        except SourceError:
            return Origin(self._key, self._path.path.name, "", "")

    def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
        """Return the figures of the regions that the table has. Raises `SourceError`."""
        return self._load_table().select(regions)

    def _load_table(self) -> table.Table:
        try:
            with self._path.open() as file:
                status = os.fstat(file.fileno())
                stamp = status.st_mtime_ns, status.st_size
                if self._cached is None or self._cached[0] != stamp:
                    self._cached = stamp, self._parse_table(read_limited(file, LARGEST))
        except OSError as error:
            raise self._build_error(self._describe_error(error)) from None
        except (ValueError, UnicodeDecodeError) as error:
            raise self._build_error(str(error)) from None
        return self._cached[1]

    def _parse_table(self, data: bytes) -> table.Table:
        path = self._path.path
        table_format: table.TableFormat = "json" if path.suffix.lower() == ".json" else "csv"
        return table.read(data.decode("utf-8"), table_format, self._key, path.name)

    def _describe_error(self, error: OSError) -> str:
        return (error.strerror or str(error)).lower()

    def _build_error(self, reason: str) -> SourceError:
        return SourceError(f"{self._key}: {reason}")


class Local(File):
    """The file that `shortcodes covid19 update` writes."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.local, "local")

    def _describe_error(self, error: OSError) -> str:
        if isinstance(error, FileNotFoundError):
            return f"{self._path} does not exist; create it with `shortcodes covid19 update`"
        return f"{self._path}: {super()._describe_error(error)}"


def is_table(data: bytes) -> bool:
    """Return whether the bytes of a file are a table with figures, as CSV or JSON."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return table.has_figures(text, "csv") or table.has_figures(text, "json")

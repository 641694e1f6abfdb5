"""The sources that are tables in the package.

`snapshot` has all figures of 215 regions and the world on 2020-06-08.
`scripts/make_covid19_snapshot.py` creates it. China's row includes Hong Kong, Macao and Taiwan,
which have no rows of their own. Kosovo has no row. `XJ` is the ship Diamond Princess.

`final` has the WHO's totals of December 2024 for four regions.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib import resources

from shortcodes_covid19 import table
from shortcodes_covid19.figures import Figures, Origin


@cache
def _read_table(name: str) -> table.Table:
    text = (resources.files("shortcodes_covid19") / f"{name}.csv").read_text(encoding="utf-8")
    return table.read(text, "csv", name)


class Bundled:
    """A table in the package, given by its name."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def origin(self) -> Origin:
        """The origin in the comment lines of the table."""
        return _read_table(self._name).origin

    def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
        """Return the figures of the regions that the table has."""
        return _read_table(self._name).select(regions)


class Snapshot(Bundled):
    """The figures of 2020-06-08 for 215 regions and the world."""

    def __init__(self) -> None:
        super().__init__("snapshot")

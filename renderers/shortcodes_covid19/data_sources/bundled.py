"""The sources that are always there: tables beside this file. Nothing is fetched.

`snapshot` is one day's figures for 215 regions and the world, 2020-06-08, and has every figure that
a card shows; `scripts/make_covid19_snapshot.py` makes it. China's row holds Hong Kong, Macao and
Taiwan, which have no row; Kosovo has none either. `XJ` is the ship Diamond Princess.

`final` is what the WHO counted by December 2024, for four regions: totals, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib import resources

from shortcodes_covid19 import table
from shortcodes_covid19.figures import Figures, Origin


@cache
def _table(name: str) -> table.Table:
    text = (resources.files("shortcodes_covid19") / f"{name}.csv").read_text(encoding="utf-8")
    return table.read(text, "csv", name)


class Bundled:
    """A table of the package, by its name."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def origin(self) -> Origin:
        """What the comment lines of the table say."""
        return _table(self._name).origin

    def fetch(self, regions: Collection[str]) -> dict[str, Figures]:
        """Return figures for those of the regions that the table has."""
        return _table(self._name).of(regions)


class Snapshot(Bundled):
    """The figures of 2020-06-08 for 215 regions and the world."""

    def __init__(self) -> None:
        super().__init__("snapshot")

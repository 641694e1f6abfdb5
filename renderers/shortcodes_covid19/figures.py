"""The figures of a region, and the protocol of the data sources that have them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, Protocol, runtime_checkable

from shortcodes.common.checks import check_each, check_names, check_type
from shortcodes.errors import ShortcodeError

Freshness = Literal["fresh", "ageing", "stale", "frozen"]

WORLD = "001"
"""The code of the whole world in UN M49, as CLDR uses it."""

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published figures, as a card tells its readers."""

    key: str
    """The name of the source in a chain, such as "who"."""
    name: str
    """Who published the figures, in a few words."""
    url: str
    """A page about the figures (http or https); empty if there is none."""
    licence: str
    """The licence of the figures, as an SPDX identifier or a short name; empty if unknown."""
    licence_url: str = ""
    cadence: int = 1
    """Days between two reports: 1 for a daily source, 7 for a weekly one."""
    ended: date | None = None
    """The last day (UTC) of a source that has ended; `None` for one that goes on."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One region's figures. `None` means that the source has no data; 0 is a real zero."""

    region: str
    """ISO 3166 alpha-2, or `WORLD`."""
    as_of: date | None
    """The day of the figures (UTC), or `None` if it is unknown."""
    origin: Origin
    fetched_at: datetime | None = None
    """When they were fetched (UTC), or `None` for tables in the package or in a file."""
    confirmed: int | None = None
    deaths: int | None = None
    recovered: int | None = None
    active: int | None = None
    new_confirmed: int | None = None
    """The change over the `days` days up to `as_of`; negative if the source withdrew cases."""
    new_deaths: int | None = None
    days: int = 1
    """The number of days that the changes cover."""
    notes: tuple[str, ...] = ()
    """Which figures were dropped and why, one phrase each."""

    @property
    def source(self) -> str:
        """Who published the figures, in a few words."""
        return self.origin.name

    @property
    def licence(self) -> str:
        """The licence of the figures."""
        return self.origin.licence

    @property
    def url(self) -> str:
        """A page about the figures."""
        return self.origin.url

    @property
    def deaths_rate(self) -> Decimal | None:
        """Deaths per hundred confirmed cases, rounded half up to two decimals."""
        if self.deaths is None or not self.confirmed:
            return None
        rate = Decimal(self.deaths * 100) / self.confirmed
        return rate.quantize(Decimal("0.01"), ROUND_HALF_UP)


@runtime_checkable
class Source(Protocol):
    """A data source: any object that has figures."""

    @property
    def origin(self) -> Origin:
        """Who published the figures. Single figures may have another origin."""

    def fetch(self, regions: Collection[str]) -> Mapping[str, Figures]:
        """Return the figures of the regions that the source knows.

        It is called once for all cards of a document. A region is an ISO 3166 alpha-2 code in
        capitals, or `WORLD`; any other text is an unknown region. Raises only `SourceError`.
        """


class SourceError(ShortcodeError):
    """A source did not answer, or its answer cannot be used.

    The message is one phrase that names the source and its address or file. `figures` has the
    figures that the source can provide in spite of the error, such as those of its last answer.
    """

    def __init__(self, message: str, figures: Mapping[str, Figures] | None = None) -> None:
        super().__init__(message)
        self.figures = dict(figures or {})

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, dict[str, Figures]]]:
        """Pickle the error with its figures."""
        return type(self), (str(self), self.figures)


def ask(
    sources: Sequence[Source], regions: Collection[str], report: Callable[[str], None]
) -> dict[str, Figures]:
    """Return the figures of each region from the first source that knows it.

    Each source is asked at most once, for the regions that the sources before it do not know. All
    figures of a region are from one source. If a source fails, the next one is asked.

    Args:
        sources: The sources, in the order in which they are asked.
        regions: ISO 3166 alpha-2 codes in capitals, or `WORLD`.
        report: Called with a message for each failure.
    """
    sources = check_each("sources", sources, Source)
    regions = check_names("regions", regions)
    check_type("report", report, Callable)
    figures: dict[str, Figures] = {}
    for source in sources:
        missing = [region for region in dict.fromkeys(regions) if region not in figures]
        if not missing:
            break
        try:
            figures.update(_select_figures(source.fetch(missing), missing))
        except SourceError as error:
            report(str(error))
            figures.update(_select_figures(error.figures, missing))
        except Exception as error:  # a plug-in must not stop the page from being rendered
            report(f"{source.origin.key} failed: {type(error).__name__}: {error}")
    return figures


def _select_figures(answer: Mapping[str, Figures], regions: Collection[str]) -> dict[str, Figures]:
    """Return the figures of the regions from the answer of a source."""
    figures = {region: answer[region] for region in regions if region in answer}
    if not all(isinstance(value, Figures) for value in figures.values()):
        raise TypeError("fetch must return a mapping of regions to Figures")
    return figures


def freshness(figures: Figures, today: date) -> Freshness:
    """Return how old figures are on a day (UTC), by their date and the cadence of their source.

    - "frozen": the source has ended.
    - "fresh": the next report is not due yet.
    - "ageing": the next report is late, but the figures are not older than two cadences, or than a
      week if that is longer.
    - "stale": the figures are older, in the future, or without a date.
    """
    check_type("figures", figures, Figures)
    check_type("today", today, date)
    if isinstance(today, datetime):
        raise TypeError("today must be a date, not datetime")
    origin = figures.origin
    if origin.ended is not None:
        return "frozen"
    if figures.as_of is None:
        return "stale"
    age = (today - figures.as_of).days
    if not -1 <= age <= max(2 * origin.cadence, _WEEK):  # tomorrow has begun somewhere
        return "stale"
    return "fresh" if age <= origin.cadence else "ageing"

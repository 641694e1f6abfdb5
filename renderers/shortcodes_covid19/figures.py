"""What a source gives the card: figures that may be missing, with their day and origin.

`Source` is the protocol behind which they all stand; `ask` puts one question to a chain of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, Protocol, runtime_checkable

from shortcodes.checks import check_each, check_names, check_type
from shortcodes.errors import ShortcodeError

Freshness = Literal["fresh", "ageing", "stale", "frozen"]

WORLD = "001"
"""The code of the whole world in UN M49, as CLDR uses it."""

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Origin:
    """Who published figures, as the card says it to its reader."""

    key: str
    """The name in a chain, such as "who"."""
    name: str
    """Who published them, in a few words."""
    url: str
    """Where a reader can look for more, with http or https; empty where that is nowhere."""
    licence: str
    """SPDX identifier, or a short name, of what they may be used under; empty if not known."""
    licence_url: str = ""
    cadence: int = 1
    """Days from one report to the next: 1 for a daily source, 7 for a weekly one."""
    ended: date | None = None
    """The last day of a source that has ended, in UTC; `None` while it goes on."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One region's figures. `None` is no data; 0 is a nought that the source stands for."""

    region: str
    """ISO 3166 alpha-2, or `WORLD`."""
    as_of: date | None
    """The day the figures are of, in UTC; `None` where nobody says."""
    origin: Origin
    fetched_at: datetime | None = None
    """When they were asked for, in UTC; `None` for tables that came with the package or a file."""
    confirmed: int | None = None
    deaths: int | None = None
    recovered: int | None = None
    active: int | None = None
    new_confirmed: int | None = None
    """Change over the `days` up to `as_of`; negative where the source took cases back."""
    new_deaths: int | None = None
    days: int = 1
    """How many days the changes cover."""
    notes: tuple[str, ...] = ()
    """What was left out and why, as lower-case facts."""

    @property
    def source(self) -> str:
        """Who published them, in a few words."""
        return self.origin.name

    @property
    def licence(self) -> str:
        """What they may be used under."""
        return self.origin.licence

    @property
    def url(self) -> str:
        """Where a reader can look for more."""
        return self.origin.url

    @property
    def deaths_rate(self) -> Decimal | None:
        """Deaths in a hundred confirmed cases, to two decimals, halves up."""
        if self.deaths is None or not self.confirmed:
            return None
        rate = Decimal(self.deaths * 100) / self.confirmed
        return rate.quantize(Decimal("0.01"), ROUND_HALF_UP)


@runtime_checkable
class Source(Protocol):
    """Anything that has figures."""

    @property
    def origin(self) -> Origin:
        """Who published the figures; those that it gives may name another."""

    def fetch(self, regions: Collection[str]) -> Mapping[str, Figures]:
        """Return figures for those of the regions that the source knows.

        A region is an ISO 3166 alpha-2 code in capitals, or `WORLD`; anything else is unknown. All
        cards of a document are one call. Raises `SourceError` and nothing else.
        """


class SourceError(ShortcodeError):
    """A source could not be asked, or answered what cannot be used.

    The message is a lower-case fact that names the source and the place. `figures` is what the
    source answers all the same, such as what it said the last time; empty if it has nothing.
    """

    def __init__(self, message: str, figures: Mapping[str, Figures] | None = None) -> None:
        super().__init__(message)
        self.figures = dict(figures or {})

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, dict[str, Figures]]]:
        """Keep the figures where it is pickled."""
        return type(self), (str(self), self.figures)


def ask(
    sources: Sequence[Source], regions: Collection[str], report: Callable[[str], None]
) -> dict[str, Figures]:
    """Return the figures that the first source which knows a region has for it.

    Each source is asked once, for the regions that those before it did not know, and not at all
    where there are none; a region's figures are all of one source. What a source fails at is
    reported, and the next one asked.
    """
    sources = check_each("sources", sources, Source)
    regions = check_names("regions", regions)
    check_type("report", report, Callable)
    found: dict[str, Figures] = {}
    for source in sources:
        missing = [region for region in dict.fromkeys(regions) if region not in found]
        if not missing:
            break
        try:
            found.update(_of(source.fetch(missing), missing))
        except SourceError as error:
            report(str(error))
            found.update(_of(error.figures, missing))
        except Exception as error:  # whatever somebody else's source does, the page is made
            report(f"{source.origin.key} failed: {type(error).__name__}: {error}")
    return found


def _of(answer: Mapping[str, Figures], regions: Collection[str]) -> dict[str, Figures]:
    """Return what an answer says of the regions."""
    figures = {region: answer[region] for region in regions if region in answer}
    if not all(isinstance(one, Figures) for one in figures.values()):
        raise TypeError("fetch must return Figures by region")
    return figures


def freshness(figures: Figures, today: date) -> Freshness:
    """Return how old figures are on a day (UTC), by their own date and their source's cadence.

    "frozen": the source has ended. "fresh": its next report is not due. "ageing": that is late, by
    no more than another period, or for sources that report more often than every few days, by no
    more than a week from the date. "stale": older than that, of a day to come, or of no known day.
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

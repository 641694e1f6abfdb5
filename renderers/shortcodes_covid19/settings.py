"""How sources are reached: places on this disk, addresses, and limits of what is fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import platformdirs

from shortcodes.seconds import seconds

_NAME = "shortcode-engine"


@dataclass(frozen=True, slots=True)
class Settings:
    """What sources need to know beside the regions. Raises `ValueError` for a wrong number."""

    local: Path = field(
        default_factory=lambda: platformdirs.user_data_path(_NAME) / "covid19" / "local.csv"
    )
    """The file of the source `local`."""
    cache: Path | None = field(
        default_factory=lambda: platformdirs.user_cache_path(_NAME) / "covid19"
    )
    """The folder that keeps what was fetched; `None` keeps it in memory only."""
    expires: float = 6 * 60 * 60
    """Seconds for which an answer is not asked for again."""
    base_urls: Mapping[str, str] = field(default_factory=dict)
    """Where sources are asked, by their name, if not at their own address; https."""
    timeout: float = 10
    """Seconds that a server may be silent."""
    deadline: float = 60
    """Seconds in which all of an answer has to be there, tries and redirects included."""
    limit: int = 64_000_000
    """Bytes of an answer, as it comes out of its compression."""
    refresh: bool = False
    """Ask again even before an answer expires."""
    progress: Callable[[int, int | None], None] | None = None
    """Called with the bytes that came, and those that are to come in all where that is known."""

    def __post_init__(self) -> None:
        for name, least in (("expires", "from 0"), ("timeout", "above 0"), ("deadline", "above 0")):
            try:
                seconds(getattr(self, name), least=least)
            except ValueError as error:
                raise ValueError(f"{name} {error}") from None
        if type(self.limit) is not int or self.limit < 1:
            raise ValueError("limit must be a number of bytes from 1")


class Places(TypedDict, total=False):
    """The fields of `Settings` that a site sets."""

    local: Path
    cache: Path | None
    expires: float
    base_urls: Mapping[str, str]

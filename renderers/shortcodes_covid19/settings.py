"""How sources are reached: places on this disk, addresses, and limits of what is fetched."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType
from typing import TypedDict

import platformdirs

from shortcodes.checks import (
    check_mapping,
    check_path,
    check_seconds,
    check_type,
    check_whole,
)

_NAME = "shortcode-engine"


@dataclass(frozen=True, slots=True)
class Settings:
    """What sources need to know beside the regions.

    Raises `TypeError` for a value of a wrong type, and `ValueError` for a wrong number.
    """

    local: Path = field(
        default_factory=lambda: Path(
            os.path.realpath(platformdirs.user_data_path(_NAME) / "covid19" / "local.csv")
        )
    )
    """The file of the source `local`: a real path, as it is written through no link."""
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
        check_path("local", self.local)
        if self.cache is not None:
            check_path("cache", self.cache)
        check_seconds("expires", self.expires, or_zero=True)
        check_mapping("base_urls", self.base_urls, str)
        check_seconds("timeout", self.timeout)
        check_seconds("deadline", self.deadline)
        check_whole("limit", self.limit, 1)
        check_type("refresh", self.refresh, bool)
        check_type("progress", self.progress, Callable, NoneType)


class Places(TypedDict, total=False):
    """The fields of `Settings` that a site sets."""

    local: Path
    cache: Path | None
    expires: float
    base_urls: Mapping[str, str]

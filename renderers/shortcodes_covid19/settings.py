"""The settings of data sources: where they are, and the limits of what is fetched."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType
from typing import TypedDict

import platformdirs

from shortcodes.common.checks import (
    check_mapping,
    check_path,
    check_seconds,
    check_type,
    check_whole,
)
from shortcodes.files.folders import BoundPath

_APP_NAME = "shortcode-engine"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data sources are, and how they are asked.

    Raises `TypeError` for a value of a wrong type, and `ValueError` for an invalid number.
    """

    local: Path | BoundPath = field(
        default_factory=lambda: Path(
            os.path.realpath(platformdirs.user_data_path(_APP_NAME) / "covid19" / "local.csv")
        )
    )
    """The file of the source `local`: a real path, because it is not written through links."""
    cache: Path | BoundPath | None = field(
        default_factory=lambda: platformdirs.user_cache_path(_APP_NAME) / "covid19"
    )
    """The folder of cached answers; `None` keeps answers in memory only."""
    expires: float = 6 * 60 * 60
    """Seconds for which a cached answer is used without asking again."""
    base_urls: Mapping[str, str] = field(default_factory=dict)
    """Base URLs (https) of sources by name, for those that are not at their usual address."""
    timeout: float = 10
    """Seconds that a server may take before it sends the next bytes."""
    deadline: float = 60
    """Seconds for a whole answer, including retries and redirects."""
    limit: int = 64_000_000
    """The largest answer in bytes, after decompression."""
    refresh: bool = False
    """Whether to ask again even if a cached answer has not expired."""
    progress: Callable[[int, int | None], None] | None = None
    """Called with the bytes received so far, and with the total if the server sent it."""

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


class SettingsFields(TypedDict, total=False):
    """The fields of `Settings` that `register` takes."""

    local: Path | BoundPath
    cache: Path | BoundPath | None
    expires: float
    base_urls: Mapping[str, str]

"""The formats of `shortcodes lint`, one file each: `write(results, output)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import IO

from shortcodes.cli.findings import Checked

FORMATS = ("text", "json", "sarif", "github", "junit")

Writer = Callable[[Iterable[Checked], IO[bytes]], None]
"""Writes what came of files, as they come."""


def writer(name: str) -> Writer:
    """Return what writes a format."""
    write: Writer = import_module(f"shortcodes.cli.formats.{name}").write
    return write

"""The formats of `shortcodes lint`, one file each: `write(results, output)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import IO

from shortcodes.cli.checking.findings import Checked

FORMATS = ("text", "json", "sarif", "github", "junit")

Writer = Callable[[Iterable[Checked], IO[bytes]], None]
"""Writes what came of files, as they come."""


def writer(name: str, *, for_people: bool = False) -> Writer:
    """Return what writes a format; for people, where it has a form of its own for a terminal."""
    module = import_module(f"shortcodes.cli.formats.{name}")
    write: Writer = (
        getattr(module, "write_for_people", module.write) if for_people else module.write
    )
    return write

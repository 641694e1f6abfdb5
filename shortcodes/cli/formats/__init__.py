"""The output formats of `shortcodes lint`. Each is a module with `write(results, output)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import IO

from shortcodes.cli.checking.findings import FileResult

FORMATS = ("text", "json", "sarif", "github", "junit")

Writer = Callable[[Iterable[FileResult], IO[bytes]], None]
"""Writes the results of files while they arrive."""


def load_writer(name: str, *, for_people: bool = False) -> Writer:
    """Return the function that writes a format; `for_people`, as on a terminal if that differs."""
    module = import_module(f"shortcodes.cli.formats.{name}")
    write: Writer = (
        getattr(module, "write_for_people", module.write) if for_people else module.write
    )
    return write

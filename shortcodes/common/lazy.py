"""Imports the public names of a package when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_attributes(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a `__getattr__` for a package.

    `modules` has the names that it imports, each with the module of the package that defines it.
    """

    def import_name(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        defining = import_module(f"{package}.{modules[name]}")
        value = getattr(defining, name)
        setattr(import_module(package), name, value)
        return value

    return import_name

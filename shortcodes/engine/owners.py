"""Owners: who registered a handler, and which handlers replaced those of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from shortcodes.plugins import Handler, Library
from shortcodes.registry import BUILT_IN_LIBRARIES


@dataclass(frozen=True, slots=True)
class Owner:
    """Who registered a handler."""

    label: str
    """Words for messages, such as "the function site.button"."""
    is_installed: bool = False
    """Whether it is built in or a plug-in, so that it is not the site's own."""

    def __str__(self) -> str:
        return self.label


class Override(NamedTuple):
    """A handler that took the place of another owner's."""

    owner: Owner
    replaced: Owner

    def __str__(self) -> str:
        return f"{self.owner}, in place of {self.replaced}"


def describe_library(library: Library) -> Owner:
    """Return the owner of what a library registers."""
    if library.is_built_in:
        return Owner(f"the built-in library {library.name}", is_installed=True)
    return Owner(f"the plug-in {library.name}", is_installed=True)


def describe_plugin(handler: Handler) -> Owner:
    """Return the owner of an installed handler."""
    return Owner(f"the plug-in {_name_kind(type(handler))}", is_installed=True)


def describe_owner(what: object) -> Owner:
    """Return the owner of something that is registered by itself.

    The handlers of a built-in library belong to it, whoever registers them.
    """
    if isinstance(what, str):
        return Owner("a constant text")
    named = what if hasattr(what, "__qualname__") else type(what)
    package = str(getattr(named, "__module__", "")).partition(".")[0]
    for library, built_in in BUILT_IN_LIBRARIES.items():
        if package == built_in:
            return Owner(f"the built-in library {library}", is_installed=True)
    kind = "the function" if hasattr(what, "__code__") else "the handler"
    return Owner(f"{kind} {_name_kind(named)}")


def _name_kind(named: Any) -> str:
    return f"{named.__module__}.{named.__qualname__}"

"""Finds renderers and handlers by name, built in or installed.

Those that are installed are found through the entry-point groups `shortcodes.renderers` and
`shortcodes.handlers`. Nothing is imported before it is asked for. A plug-in that cannot be used is
reported once, as a `RuntimeWarning`, and skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any
from warnings import warn

from shortcodes.checks import check_type, shown
from shortcodes.errors import UnknownRenderer
from shortcodes.plugins import Handler, Renderer

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

BUILT_IN_RENDERERS = {
    "strip": "shortcodes_strip:StripRenderer",
    "data": "shortcodes_data:DataRenderer",
    "html": "shortcodes_html:HtmlRenderer",
    "json": "shortcodes_tree:json_renderer",
    "yaml": "shortcodes_tree:yaml_renderer",
    "xml": "shortcodes_tree:xml_renderer",
    "source": "shortcodes_tree:SourceRenderer",
    "plain": "shortcodes_tree:PlainRenderer",
    "markdown": "shortcodes_tree:MarkdownRenderer",
}
"""Name and place of every renderer that comes with the library; no plug-in can take a name."""

BUILT_IN_LIBRARIES = {"covid19": "shortcodes_covid19", "wordpress": "shortcodes_wordpress"}
"""Packages of handlers that come with the library, by the names of their tables in a configuration.

Each has `TAGS`, which no plug-in can take; `register(engine, *, replace, **settings)`; and
`SETTINGS`: for every key of its table a function that takes the value and the `Folder` which paths
are relative to, and returns the setting, or raises `ValueError` or `TypeError`.
"""

BUILT_IN_COMMANDS = {"covid19": "shortcodes_covid19.command:covid19"}
"""Commands of those packages, by name."""


def renderer(name: str) -> Renderer:
    """Return the renderer of that name, built in or installed.

    Raises `UnknownRenderer` where there is none, or none that can be used.
    """
    check_type("the name of a renderer", name, str)
    if name in BUILT_IN_RENDERERS:
        built_in: Renderer = _made(_load(BUILT_IN_RENDERERS[name]))
        return built_in
    point = _installed_renderers().get(name)
    plugin: Renderer | None = _plugin(point, Renderer) if point else None
    if plugin is None:
        raise UnknownRenderer(
            f"unknown renderer {shown(name)}; known: {', '.join(renderer_names())}"
        )
    return plugin


def renderer_names() -> list[str]:
    """Return the names of all renderers, the built-in ones first."""
    return [*BUILT_IN_RENDERERS, *_installed_renderers()]


def library(name: str) -> ModuleType:
    """Return the package of handlers of that name; see `BUILT_IN_LIBRARIES`."""
    return import_module(BUILT_IN_LIBRARIES[name])


def libraries() -> list[ModuleType]:
    """Return all packages of handlers; see `BUILT_IN_LIBRARIES`."""
    return [library(name) for name in BUILT_IN_LIBRARIES]


def command(name: str) -> Any:
    """Return the command of a package by its name; `None` where there is none."""
    return _load(BUILT_IN_COMMANDS[name]) if name in BUILT_IN_COMMANDS else None


def handlers() -> dict[str, Handler]:
    """Return every handler that is installed, by tag name."""
    return dict(_handlers())


@cache
def _handlers() -> dict[str, Handler]:
    found: dict[str, Handler] = {}
    reserved = {tag for library in libraries() for tag in library.TAGS}
    for point in _sorted("shortcodes.handlers"):
        plugin = _plugin(point, Handler)
        for tag in plugin.tags if plugin else ():
            if tag in found or tag in reserved:
                _report(point, f"the tag {tag!r} is taken")
            elif plugin:
                found[tag] = plugin
    return found


def installed(group: str, kind: Any, reserved: Collection[str] = ()) -> dict[str, Any]:
    """Return what is installed in an entry-point group and is of a kind, by its name there."""
    found = {
        name: _plugin(point, kind) for name, point in _points(group, frozenset(reserved)).items()
    }
    return {name: plugin for name, plugin in found.items() if plugin is not None}


def _installed_renderers() -> dict[str, EntryPoint]:
    return _points("shortcodes.renderers", frozenset(BUILT_IN_RENDERERS))


@cache
def _points(group: str, reserved: frozenset[str]) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name, without those whose name is taken."""
    found: dict[str, EntryPoint] = {}
    for point in _sorted(group):
        if point.name in reserved or point.name in found:
            _report(point, f"the name {point.name!r} is taken")
        else:
            found[point.name] = point
    return found


def _sorted(group: str) -> list[EntryPoint]:
    """Return the entry points of a group in an order that does not change between runs."""
    from importlib.metadata import entry_points  # loads much; only rendering comes this way

    return sorted(entry_points(group=group), key=lambda point: (point.name, point.value))


@cache
def _plugin(point: EntryPoint, kind: type[Any]) -> Any:
    """Return what an entry point stands for, or `None` where that cannot be used."""
    try:
        plugin = _made(point.load())
    except Exception as error:  # whatever a plug-in raises, the others work
        _report(point, f"{type(error).__name__}: {error}")
        return None
    if not isinstance(plugin, kind):
        _report(point, f"it is no {kind.__name__}")
        return None
    if isinstance(getattr(plugin, "tags", ()), str):
        _report(point, "its tags are a str, not a collection of names")
        return None
    return plugin


def _load(place: str) -> Callable[[], Any]:
    module, _, name = place.partition(":")
    made: Callable[[], Any] = getattr(import_module(module), name)
    return made


def _made(found: Any) -> Any:
    """Return an instance of a class; anything else is one already."""
    return found() if isinstance(found, type) else found


def _report(point: EntryPoint, reason: str) -> None:
    place = f"{point.value!r} in {point.group}"
    warn(f"the plug-in {place} is skipped: {reason}", RuntimeWarning, stacklevel=2)

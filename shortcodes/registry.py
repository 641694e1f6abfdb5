"""Finds renderers, handlers and libraries by name, built in or installed.

Installed ones register in the entry-point groups `shortcodes.renderers`, `shortcodes.handlers` and
`shortcodes.libraries`. Each is imported when it is first needed. A plug-in that cannot be used is
skipped, with one `RuntimeWarning`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any
from warnings import warn

from shortcodes.common.checks import check_type, shorten
from shortcodes.errors import UnknownRenderer
from shortcodes.plugins import Handler, Library, Renderer

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
"""The import path of each built-in renderer, by name. No plug-in can take these names."""

BUILT_IN_LIBRARIES = {
    "covid19": "shortcodes_covid19",
    "wordpress": "shortcodes_wordpress",
    "tree": "shortcodes_tree",
}
"""The import path of each built-in library, by name. No plug-in can take what they declare."""

_LIBRARY_NAME = re.compile(r"[a-z][a-z0-9]*+(?:-[a-z0-9]++|(?!).)*+")
_CODE = re.compile(r"(?!SC)[A-Z]{2,8}[0-9]{3}")


def get_renderer(name: str) -> Renderer:
    """Return the renderer with a name, built in or installed.

    Raises `UnknownRenderer` if there is none that can be used.
    """
    check_type("the name of a renderer", name, str)
    if name in BUILT_IN_RENDERERS:
        built_in: Renderer = _instantiate(_import(BUILT_IN_RENDERERS[name]))
        return built_in
    point = _find_renderers().get(name)
    plugin: Renderer | None = _load_plugin(point, Renderer) if point else None
    if plugin is None:
        raise UnknownRenderer(
            f"unknown renderer {shorten(name)}; known: {', '.join(list_renderer_names())}"
        )
    return plugin


def list_renderer_names() -> list[str]:
    """Return the names of all renderers, the built-in ones first."""
    return [*BUILT_IN_RENDERERS, *_find_renderers()]


def list_libraries() -> list[Library]:
    """Return all libraries, the built-in ones first."""
    return list(_load_libraries())


def get_library(name: str) -> Library:
    """Return the library with a name. Raises `KeyError` if there is none."""
    if name in BUILT_IN_LIBRARIES:
        return _load_built_in_library(name)
    return {library.name: library for library in _load_libraries()}[name]


def load_command(name: str) -> Any:
    """Return the command of a library by its name, or `None` if there is none."""
    paths = {key: path for library in _load_libraries() for key, path in library.commands.items()}
    return _import(paths[name]) if name in paths else None


def list_command_names() -> list[str]:
    """Return the names of all commands of libraries."""
    return [name for library in _load_libraries() for name in library.commands]


def register_libraries(engine: Any) -> None:
    """Register the handlers of all libraries with an engine, with their default settings."""
    for library in _load_libraries():
        try:
            engine.add_library(library)
        except Exception as error:  # the other plug-ins must still work
            if library.is_built_in:
                raise
            warn_of_library(library, f"{type(error).__name__}: {error}")


@cache
def _load_built_in_library(name: str) -> Library:
    return Library(name, import_module(BUILT_IN_LIBRARIES[name]), is_built_in=True)


@cache
def _load_libraries() -> tuple[Library, ...]:
    libraries = [_load_built_in_library(name) for name in BUILT_IN_LIBRARIES]
    for point in _find_entry_points("shortcodes.libraries", frozenset(BUILT_IN_LIBRARIES)).values():
        package = _load_plugin(point, object)
        if package is None:
            continue
        library = Library(point.name, package)
        reason = _find_problem(library, libraries)
        if reason:
            _warn_of_entry_point(point, reason)
        else:
            libraries.append(library)
    return tuple(libraries)


def _find_problem(library: Library, others: Sequence[Library]) -> str:
    """Return why an installed library cannot be used beside others, or an empty text."""
    if not _LIBRARY_NAME.fullmatch(library.name):
        return "its name must be lower-case words with hyphens between them"
    if isinstance(library.tags, str):
        return "its TAGS are a str, not a collection of names"
    for name in ("settings", "options", "commands", "rules", "codes", "groups"):
        if not isinstance(getattr(library, name), Mapping):
            return f"its {name.upper()} are not a mapping"
    for code in (*library.rules, *library.codes):
        if not _CODE.fullmatch(code):
            form = "2 to 8 capital letters, not beginning with SC, and 3 digits"
            return f"{code!r} is not a valid code: it must be {form}"
    for key, option in library.options.items():
        if key not in library.settings:
            return f"its OPTIONS have {key!r}, which is not a key of its SETTINGS"
        if not option.name.startswith(f"--{library.name}-"):
            return f"the option {option.name} does not begin with --{library.name}-"
    for name in ("tags", "commands", "rules", "codes"):
        reserved = {key for other in others for key in getattr(other, name)}
        taken = sorted(reserved.intersection(getattr(library, name)))
        if taken:
            return f"{taken[0]!r} of its {name.upper()} is taken"
    return ""


def load_handlers() -> dict[str, Handler]:
    """Return all installed handlers, by tag name."""
    return dict(_load_handlers())


@cache
def _load_handlers() -> dict[str, Handler]:
    by_tag: dict[str, Handler] = {}
    reserved = {tag for library in _load_libraries() for tag in library.tags}
    for point in _list_entry_points("shortcodes.handlers"):
        plugin = _load_plugin(point, Handler)
        for tag in plugin.tags if plugin else ():
            if tag in by_tag or tag in reserved:
                _warn_of_entry_point(point, f"the tag {tag!r} is taken")
            elif plugin:
                by_tag[tag] = plugin
    return by_tag


def load_plugins(group: str, kind: Any, reserved: Collection[str] = ()) -> dict[str, Any]:
    """Return the usable plug-ins of a type in an entry-point group, by name."""
    found = {
        name: _load_plugin(point, kind)
        for name, point in _find_entry_points(group, frozenset(reserved)).items()
    }
    return {name: plugin for name, plugin in found.items() if plugin is not None}


def _find_renderers() -> dict[str, EntryPoint]:
    return _find_entry_points("shortcodes.renderers", frozenset(BUILT_IN_RENDERERS))


@cache
def _find_entry_points(group: str, reserved: frozenset[str]) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name, without those whose name is taken."""
    by_name: dict[str, EntryPoint] = {}
    for point in _list_entry_points(group):
        if point.name in reserved or point.name in by_name:
            _warn_of_entry_point(point, f"the name {point.name!r} is taken")
        else:
            by_name[point.name] = point
    return by_name


def _list_entry_points(group: str) -> list[EntryPoint]:
    """Return the entry points of a group in an order that is the same in every run."""
    from importlib.metadata import entry_points  # slow to import

    return sorted(entry_points(group=group), key=lambda point: (point.name, point.value))


@cache
def _load_plugin(point: EntryPoint, kind: type[Any]) -> Any:
    """Return the plug-in of an entry point, or `None` if it cannot be used."""
    try:
        plugin = _instantiate(point.load())
    except Exception as error:  # the other plug-ins must still work
        _warn_of_entry_point(point, f"{type(error).__name__}: {error}")
        return None
    if not isinstance(plugin, kind):
        _warn_of_entry_point(point, f"it is not a {kind.__name__}")
        return None
    if isinstance(getattr(plugin, "tags", ()), str):
        _warn_of_entry_point(point, "its tags are a str, not a collection of names")
        return None
    return plugin


def _import(path: str) -> Callable[[], Any]:
    module, _, name = path.partition(":")
    imported: Callable[[], Any] = getattr(import_module(module), name)
    return imported


def _instantiate(plugin: Any) -> Any:
    """Return an instance of a class, and anything else as it is."""
    return plugin() if isinstance(plugin, type) else plugin


def warn_of_library(library: Library, reason: str) -> None:
    """Warn that a part of an installed library cannot be used."""
    name = f"{library.name!r} in shortcodes.libraries"
    warn(f"a part of the plug-in {name} is skipped: {reason}", RuntimeWarning, stacklevel=2)


def _warn_of_entry_point(point: EntryPoint, reason: str) -> None:
    name = f"{point.value!r} in {point.group}"
    warn(f"the plug-in {name} is skipped: {reason}", RuntimeWarning, stacklevel=2)

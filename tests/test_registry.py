"""The registry: built-in renderers by name, plug-ins by entry point, nothing before its time."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

import shortcodes
from shortcodes import registry

BUILT_IN = ["strip", "data", "html", "json", "yaml", "xml", "source", "plain", "markdown"]


class Shout:
    name = "shout"
    output = "text"

    def render(self, document: shortcodes.Document, context: shortcodes.Context) -> str:
        return document.source.upper()


class Hello:
    tags = ("hello", "covid19-ultimate-card")

    def handle(self, shortcode: shortcodes.Shortcode, context: shortcodes.Context) -> str:
        return "hello"


class TagsAreOneWord(Hello):
    tags = "hello"  # type: ignore[assignment]


class Broken:
    def __init__(self) -> None:
        raise RuntimeError("it does not work")


READY = Hello()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str, str]]]:
    """A list of entry points (group, name, object of this module) that is installed for a test."""
    points: list[tuple[str, str, str]] = []

    def entry_points(group: str) -> list[EntryPoint]:
        return [
            EntryPoint(name, f"{__name__}:{value}", of) for of, name, value in points if of == group
        ]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    caches = (registry._handlers, registry._points, registry._plugin)
    for cache in caches:
        cache.cache_clear()
    yield points
    for cache in caches:
        cache.cache_clear()


def _warned(call: object, *arguments: object) -> list[str]:
    """Call, and return the warnings that came of it."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        call(*arguments)  # type: ignore[operator]
    return [str(warning.message) for warning in found]


def test_the_built_in_renderers_have_the_names_they_are_found_by() -> None:
    names = {name: registry.renderer(name).name for name in registry.BUILT_IN_RENDERERS}
    assert names == {name: name for name in BUILT_IN}
    assert isinstance(registry.renderer("html"), shortcodes.Renderer)


def test_an_unknown_renderer_is_an_error_that_names_the_known_ones(installed: list) -> None:
    installed.append(("shortcodes.renderers", "shout", "Shout"))
    with pytest.raises(shortcodes.UnknownRenderer) as raised:
        registry.renderer("pdf")
    assert str(raised.value) == f"unknown renderer 'pdf'; known: {', '.join(BUILT_IN)}, shout"
    with pytest.raises(TypeError, match=r"^the name of a renderer must be a str, not NoneType$"):
        registry.renderer(None)  # type: ignore[arg-type]


def test_an_installed_renderer_is_found_by_the_name_of_its_entry_point(installed: list) -> None:
    installed.append(("shortcodes.renderers", "shout", "Shout"))
    assert registry.renderer("shout").render(shortcodes.parse("a"), shortcodes.Context()) == "A"


def test_handlers_are_found_by_their_tags_as_classes_and_as_instances(installed: list) -> None:
    installed.append(("shortcodes.handlers", "x", "READY"))
    with pytest.warns(RuntimeWarning, match="the tag 'covid19-ultimate-card' is taken"):
        handlers = registry.handlers()
    assert handlers["hello"] is READY
    assert "covid19-ultimate-card" not in handlers


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Broken", "RuntimeError: it does not work"),
        ("Missing", f"AttributeError: module '{__name__}' has no attribute 'Missing'"),
        ("Shout", "it is no Handler"),
        ("TagsAreOneWord", "its tags are a str, not a collection of names"),
    ],
)
def test_a_broken_handler_is_reported_once_and_skipped(
    installed: list, value: str, reason: str
) -> None:
    without = set(registry.handlers())
    registry._handlers.cache_clear()
    installed.append(("shortcodes.handlers", "x", value))
    expected = f"the plug-in '{__name__}:{value}' in shortcodes.handlers is skipped: {reason}"
    assert _warned(registry.handlers) == [expected]
    assert _warned(registry.handlers) == []
    assert set(registry.handlers()) == without


def test_a_broken_renderer_is_reported_and_unknown(installed: list) -> None:
    installed.append(("shortcodes.renderers", "broken", "Broken"))
    with (
        pytest.warns(RuntimeWarning, match="is skipped: RuntimeError: it does not work$"),
        pytest.raises(shortcodes.UnknownRenderer),
    ):
        registry.renderer("broken")


def test_no_plug_in_takes_a_name_that_is_taken(installed: list) -> None:
    installed += [
        ("shortcodes.renderers", "html", "Shout"),
        ("shortcodes.renderers", "shout", "Broken"),
        ("shortcodes.renderers", "shout", "Shout"),
    ]
    skipped = "the plug-in '{}:Shout' in shortcodes.renderers is skipped: the name '{}' is taken"
    assert _warned(registry.renderer_names) == [
        skipped.format(__name__, "html"),
        skipped.format(__name__, "shout"),
    ]
    assert registry.renderer_names() == [*BUILT_IN, "shout"]
    assert type(registry.renderer("html")) is not Shout


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    heavy = "{'jinja2', 'markdown_it', 'requests', 'click', 'rich', 'shortcodes_covid19'}"
    lines = [
        "import sys",
        "import shortcodes.api, shortcodes.registry",
        f"print(sorted(({heavy} | {{'lark'}}) & set(sys.modules)))",
        "print(shortcodes.api.strip('a [x k=1]'), shortcodes.api.extract('a'))",
        f"print(sorted({heavy} & set(sys.modules)))",
    ]
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\na  []\n[]\n"

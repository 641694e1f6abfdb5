"""The registry: built-in renderers by name, plug-ins by entry point, nothing before its time."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import shortcodes
from shortcodes import Engine, config, registry
from shortcodes.__main__ import main
from shortcodes.engine import default_engine
from shortcodes.engine import engine as engine_module
from shortcodes.linting.codes import RULE_NAMES, RUNTIME_NAMES, find_group
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.table import RULES
from shortcodes.plugins import Option

BUILT_IN = ["strip", "data", "html", "json", "yaml", "xml", "source", "plain", "markdown"]


EntryPoints = list[tuple[str, str, str]]
"""Groups, names, and objects of this module."""


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


class EmptyButton(Rule):
    """A button has no text.

    ## What it does
    Finds buttons that enclose nothing.
    """

    code = "EX101"

    def check(self, subject: Subject) -> Iterator[shortcodes.Diagnostic]:
        for shortcode in subject.shortcodes:
            if shortcode.name == "button" and not shortcode.content:
                yield self.found("the button has no text", shortcode.span)


def _read_word(value: Any, folder: object) -> str:
    if not isinstance(value, str):
        raise TypeError("must be a word")
    return value


def _register(engine: Engine, *, replace: bool = False, word: str = "go") -> None:
    engine.register("button", word, replace=replace)


LIBRARY = SimpleNamespace(
    TAGS=("button",),
    register=_register,
    SETTINGS={"word": _read_word},
    OPTIONS={"word": Option("--example-word", "What buttons say.")},
    RULES={"EX101": f"{__name__}:EmptyButton"},
    GROUPS={"EX1": "buttons"},
)


def _failing(engine: Engine, *, replace: bool = False) -> None:
    raise RuntimeError("it does not work")


FAILING = SimpleNamespace(register=_failing)
BROKEN_RULES = SimpleNamespace(RULES={"EX102": f"{__name__}:Missing", "EX103": f"{__name__}:Hello"})
WRONG = {
    "SC_CODE": (SimpleNamespace(RULES={"SC999": "a:B"}), "'SC999' is not a valid code"),
    "TAKEN": (SimpleNamespace(TAGS=["gallery"]), "'gallery' of its TAGS is taken"),
    "WORD": (SimpleNamespace(TAGS="gallery"), "its TAGS are a str, not a collection of names"),
    "NO_KEY": (
        SimpleNamespace(OPTIONS={"a": Option("--example-a", "a")}),
        "its OPTIONS have 'a', which is not a key of its SETTINGS",
    ),
    "OTHERS": (
        SimpleNamespace(SETTINGS={"a": _read_word}, OPTIONS={"a": Option("--page", "a")}),
        "the option --page does not begin with --example-",
    ),
    "NO_TABLE": (SimpleNamespace(RULES=["EX101"]), "its RULES are not a mapping"),
}
"""Libraries that cannot be used, and why."""
globals().update({name: library for name, (library, _) in WRONG.items()})


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[EntryPoints]:
    """A list of entry points (group, name, object of this module) that is installed for a test."""
    points: EntryPoints = []

    def entry_points(group: str) -> list[EntryPoint]:
        return [
            EntryPoint(name, f"{__name__}:{value}", of) for of, name, value in points if of == group
        ]

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    _forget()
    yield points
    _forget()


def _forget() -> None:
    """Forget what was installed."""
    for cache in (
        registry._load_handlers,
        registry._find_entry_points,
        registry._load_plugin,
        registry._load_libraries,
        engine_module._build_installed,
    ):
        cache.cache_clear()
    for codes in (RULE_NAMES, RUNTIME_NAMES):
        codes.__dict__.pop("_paths", None)
    RULES._instances.pop("EX101", None)  # type: ignore[attr-defined]


def _warned(call: object, *arguments: object) -> list[str]:
    """Call, and return the warnings that came of it."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        call(*arguments)  # type: ignore[operator]
    return [str(warning.message) for warning in found]


def test_the_built_in_renderers_have_the_names_they_are_found_by() -> None:
    names = {name: registry.get_renderer(name).name for name in registry.BUILT_IN_RENDERERS}
    assert names == {name: name for name in BUILT_IN}
    assert isinstance(registry.get_renderer("html"), shortcodes.Renderer)


def test_an_unknown_renderer_is_an_error_that_names_the_known_ones(installed: EntryPoints) -> None:
    installed.append(("shortcodes.renderers", "shout", "Shout"))
    with pytest.raises(shortcodes.UnknownRenderer) as raised:
        registry.get_renderer("pdf")
    assert str(raised.value) == f"unknown renderer 'pdf'; known: {', '.join(BUILT_IN)}, shout"
    with pytest.raises(TypeError, match=r"^the name of a renderer must be a str, not NoneType$"):
        registry.get_renderer(None)  # type: ignore[arg-type]


def test_an_installed_renderer_is_found_by_the_name_of_its_entry_point(
    installed: EntryPoints,
) -> None:
    installed.append(("shortcodes.renderers", "shout", "Shout"))
    assert registry.get_renderer("shout").render(shortcodes.parse("a"), shortcodes.Context()) == "A"


def test_handlers_are_found_by_their_tags_as_classes_and_as_instances(
    installed: EntryPoints,
) -> None:
    installed.append(("shortcodes.handlers", "x", "READY"))
    with pytest.warns(RuntimeWarning, match="the tag 'covid19-ultimate-card' is taken"):
        handlers = registry.load_handlers()
    assert cast(object, handlers["hello"]) is READY
    assert "covid19-ultimate-card" not in handlers


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Broken", "RuntimeError: it does not work"),
        ("Missing", f"AttributeError: module '{__name__}' has no attribute 'Missing'"),
        ("Shout", "it is not a Handler"),
        ("TagsAreOneWord", "its tags are a str, not a collection of names"),
    ],
)
def test_a_broken_handler_is_reported_once_and_skipped(
    installed: EntryPoints, value: str, reason: str
) -> None:
    without = set(registry.load_handlers())
    registry._load_handlers.cache_clear()
    installed.append(("shortcodes.handlers", "x", value))
    expected = f"the plug-in '{__name__}:{value}' in shortcodes.handlers is skipped: {reason}"
    assert _warned(registry.load_handlers) == [expected]
    assert _warned(registry.load_handlers) == []
    assert set(registry.load_handlers()) == without


def test_a_broken_renderer_is_reported_and_unknown(installed: EntryPoints) -> None:
    installed.append(("shortcodes.renderers", "broken", "Broken"))
    with (
        pytest.warns(RuntimeWarning, match="is skipped: RuntimeError: it does not work$"),
        pytest.raises(shortcodes.UnknownRenderer),
    ):
        registry.get_renderer("broken")


def test_no_plug_in_takes_a_name_that_is_taken(installed: EntryPoints) -> None:
    installed += [
        ("shortcodes.renderers", "html", "Shout"),
        ("shortcodes.renderers", "shout", "Broken"),
        ("shortcodes.renderers", "shout", "Shout"),
    ]
    skipped = "the plug-in '{}:Shout' in shortcodes.renderers is skipped: the name '{}' is taken"
    assert _warned(registry.list_renderer_names) == [
        skipped.format(__name__, "html"),
        skipped.format(__name__, "shout"),
    ]
    assert registry.list_renderer_names() == [*BUILT_IN, "shout"]
    assert not isinstance(registry.get_renderer("html"), Shout)


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


def test_an_installed_library_brings_handlers_settings_options_and_rules(
    installed: EntryPoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    installed.append(("shortcodes.libraries", "example", "LIBRARY"))
    monkeypatch.chdir(tmp_path)
    assert default_engine().render("[button]", format="html") == "go"
    found = shortcodes.lint("[button][/button]", tags=["button"])
    assert [(d.code, d.message) for d in found] == [("EX101", "the button has no text")]
    assert (RULE_NAMES["EX101"], find_group("EX101"), list(RULES)[-1]) == (
        "empty-button", "buttons", "EX101",
    )  # fmt: skip
    assert shortcodes.lint("[button][/button]", tags=["button"], select=["EX1"]) == found
    ignored = "<!-- shortcodes: ignore EX101 --> [button][/button]"
    assert shortcodes.lint(ignored, tags=["button"]) == []
    Path("shortcodes.toml").write_text('[example]\nword = "now"\n')
    assert config.find().build().render("[button]", format="html") == "now"
    Path("a.html").write_text("[button]")
    assert (main(["render", "a.html"]), capfd.readouterr().out) == (0, "now")
    assert main(["render", "--example-word", "then", "a.html"]) == 0
    assert capfd.readouterr().out == "then"
    assert main(["lint", "--explain", "EX101"]) == 0
    assert capfd.readouterr().out.startswith("# EX101: A button has no text\n\nbuttons · warning")
    Path("shortcodes.toml").write_text("[example]\nword = 1\n")
    with pytest.raises(config.ConfigError, match=r"shortcodes.toml: example: word: must be a word"):
        config.find()


@pytest.mark.parametrize("name", WRONG)
def test_a_library_that_cannot_be_used_is_reported_once_and_skipped(
    installed: EntryPoints, name: str
) -> None:
    without = registry.list_libraries()
    _forget()
    installed.append(("shortcodes.libraries", "example", name))
    said = f"the plug-in '{__name__}:{name}' in shortcodes.libraries is skipped: {WRONG[name][1]}"
    (warning,) = _warned(registry.list_libraries)
    assert warning.startswith(said)
    assert _warned(registry.list_libraries) == []
    assert [one.name for one in registry.list_libraries()] == [one.name for one in without]


def test_a_part_of_a_library_that_fails_costs_no_other(installed: EntryPoints) -> None:
    installed += [
        ("shortcodes.libraries", "broken-rules", "BROKEN_RULES"),
        ("shortcodes.libraries", "failing", "FAILING"),
    ]
    skipped = "a part of the plug-in {!r} in shortcodes.libraries is skipped: {}"
    assert _warned(default_engine) == [skipped.format("failing", "RuntimeError: it does not work")]
    assert _warned(lambda: list(RULE_NAMES)) == [
        skipped.format(
            "broken-rules", f"EX102: AttributeError: module '{__name__}' has no attribute 'Missing'"
        ),
        skipped.format("broken-rules", f"EX103: {__name__}:Hello is not a subclass of Code"),
    ]
    assert shortcodes.lint("[a k=”1”]", select=["SC201"])[0].code == "SC201"

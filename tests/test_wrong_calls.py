"""Wrong calls: each ends in a `TypeError` or `ValueError` of one sentence that names the argument,
before anything is done.
"""

import asyncio
import inspect
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from jinja2 import Environment
from markdown_it import MarkdownIt

import shortcodes
import shortcodes_covid19 as covid19
import shortcodes_html
import shortcodes_tree as tree
import shortcodes_wordpress
from shortcodes import Context, Engine, Name, UnknownDialect, wordpress
from shortcodes.catalogue import plugins_of
from shortcodes.engine import Parameter, Policy, Schema, default_engine
from shortcodes.integrations import jinja
from shortcodes.integrations.markdown_it import shortcodes_plugin
from shortcodes.plugins import Library
from shortcodes.schemas.inference import infer
from shortcodes_html.options import Options
from shortcodes_tree.forms import FormRenderer

TEXT = '[a x="1"] [b]y[/b]'
DOCUMENT = shortcodes.parse(TEXT)
ENGINE = Engine()
SCHEMA = Schema("a", [Parameter("x", "x", str, "")])
CARD = covid19.cards("[covid19-ultimate-card]")[0]

PARSING: dict[str, Any] = {
    "dialect": "lenient",
    "tags": None,
    "known": (),
    "skip_code": True,
    "markdown": None,
    "undo_typography": False,
}
LINTING: dict[str, Any] = {
    **PARSING,
    "select": None,
    "ignore": (),
    "engine": None,
    "schemas": None,
    "format": "text",
}
RENDERING: dict[str, Any] = {**PARSING, "format": "text", "diagnostics": None}
ENGINE_RENDERING: dict[str, Any] = {
    "text": TEXT,
    "stylesheets": None,
    "data": None,
    "options": None,
    "strict": False,
    **RENDERING,
}
POLICY: dict[str, Any] = {name: getattr(Policy(), name) for name in Policy.__dataclass_fields__}
PLACES: dict[str, Any] = {
    "local": "local.csv",
    "cache": None,
    "expires": 0,
    "base_urls": {},
}


def arender(*args: Any, **options: Any) -> object:
    return asyncio.run(ENGINE.arender(*args, **options))


def html(**options: Any) -> object:
    return shortcodes.apply("html", DOCUMENT, **options)


RIGHT: dict[Callable[..., Any], dict[str, Any]] = {
    shortcodes.parse: {"text": TEXT, **PARSING},
    shortcodes.strip: {
        "text": TEXT,
        "content": "keep",
        "escapes": "keep",
        "seams": True,
        **PARSING,
    },
    shortcodes.extract: {"text": TEXT, "tag": None, "evidence": False, **PARSING},
    shortcodes.render: {"text": TEXT, "unknown": "keep", **RENDERING},
    shortcodes.lint: {"text": TEXT, **LINTING},
    shortcodes.fix: {"text": TEXT, "unsafe": False, "diagnostics": None, **LINTING},
    shortcodes.apply: {
        "name": "strip",
        "document": DOCUMENT,
        "format": "text",
        "diagnostics": [],
        "engine": None,
    },
    DOCUMENT.position: {"offset": 0},
    Context().report: {"code": "X1", "message": "m", "span": (0, 1), "severity": "info"},
    Context().unique_id: {"prefix": "a"},
    Name: {"name": "24h"},
    Engine: {
        "templates": None,
        "schemas": None,
        "installed": False,
        "replace": False,
        "globals": None,
        "filters": None,
        "tests": None,
        "environment": None,
        **POLICY,
    },
    Policy: POLICY,
    ENGINE.register: {
        "name": "x",
        "what": "y",
        "aliases": (),
        "schema": None,
        "order": None,
        "cache": None,
        "replace": True,
    },
    ENGINE.shortcode: {"name": "x", "aliases": (), "order": None, "cache": None, "replace": True},
    ENGINE.default: {"what": "y"},
    ENGINE.add_templates: {"folder": ".", "replace": True},
    ENGINE.add_library: {"library": Library("x", None), "settings": {}, "replace": True},
    ENGINE.declare: {"schemas": {}, "replace": True},
    ENGINE.on: {"event": "after_document", "function": None},
    ENGINE.copy: {},
    ENGINE.parse: {"text": TEXT, **PARSING},
    ENGINE.render: ENGINE_RENDERING,
    arender: ENGINE_RENDERING,
    html: {name: getattr(Options(), name) for name in Options.__dataclass_fields__},
    Schema: {
        "name": "a",
        "parameters": [],
        "description": "",
        "open_ended": False,
        "encloses": None,
        "rest": "",
        "checks": None,
    },
    SCHEMA.read: {"call": None},
    SCHEMA.check: {"shortcode": next(DOCUMENT.shortcodes())},
    SCHEMA.check_many: {"shortcodes": DOCUMENT.shortcodes()},
    SCHEMA.fit: {"shortcode": next(DOCUMENT.shortcodes())},
    SCHEMA.parameter: {"name": "x"},
    SCHEMA.near: {"name": "x"},
    SCHEMA.json_schema: {},
    default_engine: {},
    infer: {"documents": [DOCUMENT]},
    plugins_of: {"name": "vc_row"},
    wordpress.do_shortcode: {"content": TEXT, "shortcodes": {}, "ignore_html": False},
    wordpress.find_matches: {"text": TEXT, "tags": ["a"]},
    wordpress.get_shortcode_tags_in_content: {"content": TEXT, "tags": ["a"]},
    wordpress.has_shortcode: {"content": TEXT, "tag": "a", "tags": ["a"]},
    wordpress.is_valid_tag: {"tag": "a"},
    wordpress.shortcode_atts: {"pairs": {}, "attrs": {}},
    wordpress.shortcode_parse_atts: {"text": "a=1"},
    wordpress.strip_shortcodes: {"content": TEXT, "tags": ["a"]},
    covid19.register: {
        "engine": Engine(),
        "source": "snapshot",
        "clock": datetime.now,
        "replace": True,
        "shape": "card",
        "heading": 3,
        "numbers": "latn",
        "fix_contrast": False,
        **PLACES,
    },
    covid19.sources: {"chain": "snapshot", "settings": None},
    covid19.ask: {"sources": [covid19.Snapshot()], "regions": ["EG"], "report": print},
    covid19.freshness: {"figures": CARD.figures, "today": date(2020, 6, 8)},
    covid19.resolve_region: {"text": "EG", "languages": ["ar"]},
    covid19.cards: {"text": TEXT, "lang": None, "handler": None, "context": None, **PARSING},
    covid19.php_date: {"pattern": "Y", "moment": datetime.now(UTC)},
    covid19.CardHandler: {
        "source": "snapshot",
        "settings": None,
        "options": covid19.CardOptions(),
        "clock": datetime.now,
    },
    covid19.CardOptions: {"shape": "card", "heading": 3, "numbers": "latn", "fix_contrast": False},
    covid19.Settings: {
        **PLACES,
        "timeout": 1,
        "deadline": 1,
        "limit": 1,
        "refresh": False,
        "progress": None,
    },
    shortcodes_wordpress.register: {
        "engine": Engine(),
        "media": None,
        "providers": (),
        "replace": True,
    },
    shortcodes_wordpress.stylesheet: {},
    shortcodes_wordpress.to_markdown: {"text": TEXT, "media": None, "diagnostics": [], **PARSING},
    shortcodes_html.write_styles: {"stylesheets": {}},
    shortcodes_html.page: {
        "fragment": "<p>x</p>",
        "title": "x",
        "lang": "en",
        "direction": "ltr",
        "stylesheets": (),
        "link": "",
    },
    tree.dumps: {"document": DOCUMENT, "form": "json", **PARSING},
    tree.loads: {"text": tree.dumps(DOCUMENT, "json"), "form": "json"},
    tree.recorded: {"text": tree.dumps(DOCUMENT, "json"), "form": "json"},
    tree.canonical: {"document": DOCUMENT, "options": {}},
}
"""Every public function and class, with a right value for each argument; the options that it
hands on are among them."""

RECORDS = {
    *("Attribute", "Call", "Context", "Diagnostic", "Document", "Escape", "Position", "Shortcode"),
    *("Text", "Amount", "Bundled", "Card", "Cell", "Figures", "Origin", "Snapshot", "Media"),
}
"""What the library makes for each place of a text, or plain data, which nothing checks."""
DECLARED = {
    *(
        "Data",
        "Url",
        "Handler",
        "Renderer",
        "Source",
        "MediaLibrary",
        "PostLibrary",
        "FormRenderer",
    ),
    *("HtmlRenderer", "MarkdownRenderer", "PlainRenderer", "SourceRenderer"),
}
"""Annotations, protocols, and renderers, which `apply` calls."""

RAW = re.compile(
    "object has no attribute|not subscriptable|is not iterable|unsupported operand|"
    "must be str, bytes|expected string or bytes|argument of type|not callable|can't concat|"
    "positional argument|unexpected keyword|has no len|cannot unpack|descriptor|"
    "cannot be interpreted|unhashable|after \\*|not supported between"
)
"""What Python says of its own."""

WRONG = [object(), 5, 1.5, b"x", [object()], (0,), {1: 2}, "\x00", "", True, None]


def called(function: Callable[..., Any], arguments: dict[str, Any]) -> object:
    """Call a function, with arguments by place where it takes them so only."""
    given = dict(arguments)
    parameters = inspect.signature(function).parameters.values()
    by_place = [given.pop(p.name) for p in parameters if p.kind is p.POSITIONAL_ONLY]
    return function(*by_place, **given)


def refusal(function: Callable[..., Any], arguments: dict[str, Any]) -> str:
    """Return what a call is refused with; empty where it is not."""
    try:
        called(function, arguments)
    except (TypeError, ValueError, LookupError, OSError, shortcodes.ShortcodeError) as error:
        return str(error)
    return ""


def name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


CALLS = {
    f"{name_of(function)}({name}=…)": (function, name)
    for function, arguments in RIGHT.items()
    for name in arguments
}


def test_every_public_function_and_class_is_tested_for_wrong_calls() -> None:
    packages = (shortcodes, covid19, shortcodes_wordpress, tree, shortcodes_html, wordpress)
    public = {
        name: getattr(package, name)
        for package in packages
        for name in package.__all__
        if callable(getattr(package, name)) and not isinstance(getattr(package, name), FormRenderer)
    }
    errors = {
        name for name, one in public.items() if isinstance(one, type) and issubclass(one, Exception)
    }
    here = {function.__name__ for function in RIGHT}
    assert public.keys() - errors - RECORDS - DECLARED - here == set()


@pytest.mark.parametrize("function", RIGHT, ids=name_of)
def test_every_parameter_is_tested_for_wrong_calls(function: Callable[..., Any]) -> None:
    parameters = inspect.signature(function).parameters.values()
    named = {p.name for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)}
    assert named - {"_locals", "locale", "self"} <= RIGHT[function].keys()


@pytest.mark.parametrize(("function", "name"), CALLS.values(), ids=CALLS)
def test_an_object_is_refused_in_a_sentence_that_names_the_argument(
    function: Callable[..., Any], name: str
) -> None:
    with pytest.raises((TypeError, ValueError)) as raised:
        called(function, {**RIGHT[function], name: object()})
    message = str(raised.value)
    assert name in message
    assert message.endswith(", not object")
    assert not RAW.search(message)


@pytest.mark.parametrize(("function", "name"), CALLS.values(), ids=CALLS)
def test_no_wrong_argument_raises_an_error_of_python_itself(
    function: Callable[..., Any], name: str
) -> None:
    arguments = RIGHT[function]
    said = [refusal(function, {**arguments, name: wrong}) for wrong in WRONG]
    assert [message for message in said if RAW.search(message)] == []


HUGE = 10**5000
MESSAGES: list[tuple[Callable[..., Any], dict[str, Any], type[Exception], str]] = [
    (shortcodes.parse, {"text": b"x"}, TypeError, "text must be a str, not bytes"),
    (shortcodes.parse, {"dialect": b"x"}, TypeError, "dialect must be a str, not bytes"),
    (
        shortcodes.parse,
        {"dialect": "x" * 200},
        UnknownDialect,
        f"unknown dialect {'x' * 80!r}; known: lenient, wordpress",
    ),
    (
        shortcodes.parse,
        {"tags": "gallery"},
        TypeError,
        "tags must be \"any\" or a collection of names, not the str 'gallery'",
    ),
    (shortcodes.parse, {"tags": [0]}, TypeError, "tags must hold names, not int"),
    (shortcodes.parse, {"known": [None]}, TypeError, "known must hold names, not NoneType"),
    (shortcodes.parse, {"skip_code": 1}, TypeError, "skip_code must be a bool, not int"),
    (
        ENGINE.parse,
        {"known": "ab"},
        TypeError,
        "known must be a collection of names, not the str 'ab'",
    ),
    (shortcodes.fix, {"text": []}, TypeError, "text must be a str, not list"),
    (
        shortcodes.fix,
        {"text": "x", "tags": 5},
        TypeError,
        'tags must be "any" or a collection of names, not int',
    ),
    (
        shortcodes.lint,
        {"engine": ""},
        TypeError,
        "engine must be an Engine or None, not str",
    ),
    (
        shortcodes.lint,
        {"ignore": b"x"},
        TypeError,
        "ignore must be a collection of codes, not bytes",
    ),
    (
        shortcodes.lint,
        {"schemas": {"a": {}}},
        TypeError,
        "schemas['a'] must be a Schema, not dict",
    ),
    (
        shortcodes.render,
        {"unknown": "x"},
        ValueError,
        "unknown must be one of 'keep', 'strip', 'mark', not 'x'",
    ),
    (
        shortcodes.render,
        {"diagnostics": ()},
        TypeError,
        "diagnostics must be a list or None, not tuple",
    ),
    (shortcodes.apply, {"name": 5}, TypeError, "the name of a renderer must be a str, not int"),
    (
        ENGINE.render,
        {"options": {"engine": Engine()}},
        TypeError,
        "the html renderer has no option 'engine'",
    ),
    (html, {"handlers": [5]}, TypeError, "each of handlers must be a Handler, not int"),
    (Engine, {"templates": ""}, ValueError, "templates must not be empty"),
    (Engine, {"installed": 1}, TypeError, "installed must be a bool, not int"),
    (Engine, {"max_depth": True}, TypeError, "max_depth must be an int, not bool"),
    (
        Engine,
        {"max_depth": -HUGE},
        ValueError,
        "max_depth must be a whole number from 0, not a number of so many digits",
    ),
    *(
        (
            Engine,
            {"timeout": value},
            ValueError,
            f"timeout must be a number of seconds above 0, up to 1,000,000,000, not {value}",
        )
        for value in (0, -1, float("nan"), float("inf"))
    ),
    (
        ENGINE.declare,
        {"schemas": {5: {}}},
        TypeError,
        "each key of schemas must be a str, not int",
    ),
    (
        ENGINE.declare,
        {"schemas": {"x": {"attributes": {5: {}}}}},
        ValueError,
        "x.attributes must have names for keys, not 5",
    ),
    (ENGINE.register, {"schema": 0}, TypeError, "schema must be a Schema or None, not int"),
    (
        ENGINE.shortcode,
        {"name": "a b"},
        ValueError,
        "'a b' cannot be the name of a shortcode",
    ),
    (
        wordpress.strip_shortcodes,
        {"tags": "ab"},
        TypeError,
        "tags must be a collection of names, not the str 'ab'",
    ),
    (
        wordpress.do_shortcode,
        {"shortcodes": {"a": 5}},
        TypeError,
        "shortcodes['a'] must be a function, not int",
    ),
    (
        covid19.sources,
        {"chain": b"who"},
        TypeError,
        "a chain of sources must be a str, a source or a collection of them, not bytes",
    ),
    (covid19.register, {"heading": 3.0}, TypeError, "heading must be an int, not float"),
    (
        covid19.register,
        {"base_urls": {"who": 1}},
        TypeError,
        "base_urls['who'] must be a str, not int",
    ),
    (
        covid19.freshness,
        {"today": datetime(2020, 1, 1)},
        TypeError,
        "today must be a date, not datetime",
    ),
    (
        covid19.ask,
        {"regions": "EG"},
        TypeError,
        "regions must be a collection of names, not the str 'EG'",
    ),
    (
        shortcodes_wordpress.register,
        {"media": 5},
        TypeError,
        "media must be a MediaLibrary or None, not int",
    ),
    (tree.loads, {"text": b"{}"}, TypeError, "text must be a str, not bytes"),
    (tree.dumps, {"form": []}, TypeError, "form must be a str, not list"),
]


@pytest.mark.parametrize(("function", "wrong", "error", "message"), MESSAGES)
def test_a_wrong_value_is_named_with_what_it_must_be(
    function: Callable[..., Any], wrong: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        called(function, {**RIGHT[function], **wrong})
    assert (type(raised.value), str(raised.value)) == (error, message)


def test_integrations_take_an_engine_or_none() -> None:
    message = "^engine must be an Engine or None, not str$"
    with pytest.raises(TypeError, match=message):
        jinja.install(Environment(autoescape=True), "x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=message):
        MarkdownIt().use(shortcodes_plugin, "")


@pytest.mark.parametrize("pair", [object(), "ab", ("red",), ("red", 5)])
def test_colours_of_a_style_sheet_are_pairs_of_texts(pair: Any) -> None:
    kind = type(pair).__name__
    with pytest.raises(
        TypeError, match=rf"^each of colours must be a pair of strings, not {kind}$"
    ):
        covid19.stylesheet(pair)

"""The plug-in points: renderers, which turn a document into output; handlers, which turn one
shortcode into markup; and libraries, packages that bring handlers with their settings, rules and
command-line options. All are found by name, and imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol, TypeVar, cast, get_args, runtime_checkable

from shortcodes.checks import check_one_of, check_span, check_type
from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.nodes import Document, Shortcode, Span

Format = Literal["text", "html", "markdown"]
Output = Literal["text", "json", "html"]

_Declared = TypeVar("_Declared")

_FORMATS = get_args(Format)
_SEVERITIES = get_args(Severity)


def check_format(name: str) -> None:
    """Raise `ValueError` for a format that is none, and `TypeError` for what is no `str`."""
    check_one_of("format", name, _FORMATS)


@dataclass(frozen=True, slots=True)
class Context:
    """What a renderer is given beside the document, and a handler beside the shortcode."""

    format: Format = "text"
    """What the document's text is written in."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """The caller's keyword arguments, such as `content="drop"`."""
    content: str = ""
    """For a handler: what the shortcode encloses, already rendered; safe markup."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """What went wrong while rendering; read by the caller afterwards."""
    stylesheets: dict[str, str] = field(default_factory=dict)
    """CSS that the output needs, by the name of who needs it; each is printed once."""
    engine: Any = None
    """The `Engine` that renders the shortcodes. `None` stands for `default_engine()`; renderers
    that run no handlers ignore it."""
    _ids: dict[str, int] = field(default_factory=dict)

    def report(self, code: str, message: str, span: Span, severity: Severity = "warning") -> None:
        """Say that something is wrong at a place of the document.

        Raises `TypeError` and `ValueError` for what no diagnostic can hold.
        """
        check_type("code", code, str)
        check_type("message", message, str)
        check_span("span", span)
        check_one_of("severity", severity, _SEVERITIES)
        self.diagnostics.append(Diagnostic(code, message, span, severity))

    def report_split(self, document: Document) -> None:
        """Say which shortcodes of a document are text because an HTML tag splits them."""
        for delimiter in document.split_by_html:
            self.report("SC109", delimiter.split_message, (delimiter.start, delimiter.end))

    def unique_id(self, prefix: str) -> str:
        """Return an HTML id that no other call for this output returned: prefix, hyphen, number."""
        check_type("prefix", prefix, str)
        self._ids[prefix] = self._ids.get(prefix, 0) + 1
        return f"{prefix}-{self._ids[prefix]}"


@runtime_checkable
class Renderer(Protocol):
    """Turns a document into output."""

    name: str
    """The name that users type."""
    output: Output
    """What `render` returns: a `str` for "text" and "html", an iterable of JSON-ready objects
    for "json"."""

    def render(self, document: Document, context: Context) -> Any:
        """Return the output. Never raises on what the text holds."""


@runtime_checkable
class Handler(Protocol):
    """Turns one shortcode into markup."""

    tags: Collection[str]
    """The tag names it handles."""

    def handle(self, shortcode: Shortcode, context: Context) -> str:
        """Return safe markup (`markupsafe.Markup`); a plain `str` is escaped."""


class Option(NamedTuple):
    """A command-line option that sets what a configuration says otherwise."""

    name: str
    """As it is typed: `--example-colour`."""
    help: str
    metavar: str | None = None
    """What stands for its value in the help."""
    choices: Sequence[str] = ()
    """The values that it takes, where these are all."""
    kind: type = str
    """What its value is: `str`, `int`, or `bool` for one without a value."""


@dataclass(frozen=True, slots=True)
class Library:
    """A package that belongs to the engine, the configuration, the linter and the command.

    Each property is a name of the package in upper case; what a package does not have is empty.
    """

    name: str
    """As a configuration names its table."""
    package: Any
    is_built_in: bool = False

    @property
    def tags(self) -> Collection[str]:
        """`TAGS`: the names of the shortcodes that `register` takes."""
        return self._declared("TAGS", ())

    @property
    def settings(self) -> Mapping[str, Callable[[Any, Any], Any]]:
        """`SETTINGS`: for every key of its table in a configuration a function.

        It takes the value, and the `Folder` that paths are relative to, and returns the setting, or
        raises `ValueError` or `TypeError`.
        """
        return self._declared("SETTINGS", {})

    @property
    def options(self) -> Mapping[str, Option]:
        """`OPTIONS`: for some of these keys, the option of `render` that sets them."""
        return self._declared("OPTIONS", {})

    @property
    def commands(self) -> Mapping[str, str]:
        """`COMMANDS`: places of commands, "module:command", by name."""
        return self._declared("COMMANDS", {})

    @property
    def rules(self) -> Mapping[str, str]:
        """`RULES`: places of rules, "module:Class", by code."""
        return self._declared("RULES", {})

    @property
    def codes(self) -> Mapping[str, str]:
        """`CODES`: places of codes that only rendering or converting finds, in the same way."""
        return self._declared("CODES", {})

    @property
    def groups(self) -> Mapping[str, str]:
        """`GROUPS`: what the beginnings of its codes stand for."""
        return self._declared("GROUPS", {})

    def register(self, engine: Any, *, replace: bool = False, **settings: Any) -> None:
        """Let an engine render its shortcodes, by settings with underscores in their keys."""
        register = getattr(self.package, "register", None)
        if register is not None:
            register(engine, replace=replace, **settings)

    def _declared(self, name: str, otherwise: _Declared) -> _Declared:
        return cast(_Declared, getattr(self.package, name, otherwise))

"""The protocols of plug-ins. Renderers turn a document into output, handlers turn a shortcode into
markup, and libraries combine handlers with their settings, rules and command-line options. All are
found by name, and imported when they are first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol, TypeVar, cast, get_args, runtime_checkable

from shortcodes.common.checks import check_one_of, check_span, check_type
from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.nodes import Document, Shortcode, Span
from shortcodes.splits import diagnose_splits

Format = Literal["text", "html", "markdown"]
Output = Literal["text", "json", "html"]

_Declared = TypeVar("_Declared")

_FORMATS = get_args(Format)
_SEVERITIES = get_args(Severity)


def check_format(name: str) -> None:
    """Raise `ValueError` for an unknown format, and `TypeError` if it is not a `str`."""
    check_one_of("format", name, _FORMATS)


@dataclass(frozen=True, slots=True)
class Context:
    """What a renderer receives besides the document, and a handler besides the shortcode."""

    format: Format = "text"
    """What the text of the document is written in."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """The caller's keyword arguments, such as `content="drop"`."""
    content: str = ""
    """For a handler: the enclosed content, rendered, as safe markup."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """The problems found while rendering."""
    stylesheets: dict[str, str] = field(default_factory=dict)
    """CSS that the output needs, by a name of its handler; each style sheet is printed once."""
    engine: Any = None
    """The `Engine` that renders the shortcodes. `None` stands for `default_engine()`; renderers
    that run no handlers ignore it."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the caller of `Engine.render` passed as data of the page and the request."""
    _ids: dict[str, int] = field(default_factory=dict)

    def report(self, code: str, message: str, span: Span, severity: Severity = "warning") -> None:
        """Add a diagnostic.

        Args:
            code: The code, such as `EX101`.
            message: One sentence that says what is wrong.
            span: The span in the document, in code points, the end exclusive.
            severity: "error", "warning" or "info".

        Raises:
            TypeError: An argument has the wrong type.
            ValueError: There is no such severity.
        """
        check_type("code", code, str)
        check_type("message", message, str)
        check_span("span", span)
        check_one_of("severity", severity, _SEVERITIES)
        self.diagnostics.append(Diagnostic(code, message, span, severity))

    def report_split(self, document: Document) -> None:
        """Report the shortcodes of a document that stay text because of the HTML around them."""
        self.diagnostics.extend(diagnose_splits(document))

    def unique_id(self, prefix: str) -> str:
        """Return an HTML id that is unique in the output: the prefix, a hyphen and a number."""
        check_type("prefix", prefix, str)
        self._ids[prefix] = self._ids.get(prefix, 0) + 1
        return f"{prefix}-{self._ids[prefix]}"


@runtime_checkable
class Renderer(Protocol):
    """Turns a document into output."""

    name: str
    """The name by which users choose it."""
    output: Output
    """What `render` returns: a `str` for "text" and "html", or an iterable of objects that can be
    written as JSON for "json"."""

    def render(self, document: Document, context: Context) -> Any:
        """Return the output. No text may raise an exception."""


@runtime_checkable
class Handler(Protocol):
    """Turns one shortcode into markup."""

    tags: Collection[str]
    """The tag names that it handles."""

    def handle(self, shortcode: Shortcode, context: Context) -> str:
        """Return safe markup (`markupsafe.Markup`); a plain `str` is escaped."""


class Option(NamedTuple):
    """A command-line option that overrides a key of a configuration."""

    name: str
    """The option as users type it, such as `--example-colour`."""
    help: str
    metavar: str | None = None
    """The name of its value in the help."""
    choices: Sequence[str] = ()
    """The values that it accepts; empty if it accepts any."""
    kind: type = str
    """The type of its value: `str`, `int`, or `bool` for an option without a value."""


@dataclass(frozen=True, slots=True)
class Library:
    """A package that extends the engine, the configuration, the linter and the command.

    Each property reads a name of the package in upper case. A name that the package does not define
    counts as empty.
    """

    name: str
    """The name of its table in a configuration."""
    package: Any
    is_built_in: bool = False

    @property
    def tags(self) -> Collection[str]:
        """`TAGS`: the names of the shortcodes that `register` registers."""
        return self._read("TAGS", ())

    @property
    def settings(self) -> Mapping[str, Callable[[Any, Any], Any]]:
        """`SETTINGS`: a function for every key of its table in a configuration.

        The function takes the value and the `Folder` to which paths are relative. It returns the
        setting, or raises `ValueError` or `TypeError`.
        """
        return self._read("SETTINGS", {})

    @property
    def options(self) -> Mapping[str, Option]:
        """`OPTIONS`: for some of these keys, the option of `render` that overrides them."""
        return self._read("OPTIONS", {})

    @property
    def commands(self) -> Mapping[str, str]:
        """`COMMANDS`: the import paths of commands, "module:command", by name."""
        return self._read("COMMANDS", {})

    @property
    def rules(self) -> Mapping[str, str]:
        """`RULES`: the import paths of rules, "module:Class", by code."""
        return self._read("RULES", {})

    @property
    def codes(self) -> Mapping[str, str]:
        """`CODES`: the same for codes that only rendering or converting reports."""
        return self._read("CODES", {})

    @property
    def groups(self) -> Mapping[str, str]:
        """`GROUPS`: the meaning of the first letters of its codes."""
        return self._read("GROUPS", {})

    def register(self, engine: Any, *, replace: bool = False, **settings: Any) -> None:
        """Register its handlers with an engine; settings have underscores in their keys."""
        register = getattr(self.package, "register", None)
        if register is not None:
            register(engine, replace=replace, **settings)

    def _read(self, name: str, default: _Declared) -> _Declared:
        return cast(_Declared, getattr(self.package, name, default))

"""The Jinja2 environment of a folder of templates: sandboxed, escaping, with what the site adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import CodeType, NoneType
from typing import Any, cast

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, Undefined, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.ext import InternationalizationExtension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shortcodes.common.checks import check_mapping, check_type

VARIABLES = ("attributes", "positional", "name", "content", "data")
"""The variables that every template has beside the attributes."""

_MESSAGES = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
"""How many of the first arguments of a function that translates are texts."""
_SYNTAX = (
    "block_start_string",
    "block_end_string",
    "variable_start_string",
    "variable_end_string",
    "comment_start_string",
    "comment_end_string",
    "line_statement_prefix",
    "line_comment_prefix",
    "trim_blocks",
    "lstrip_blocks",
    "newline_sequence",
    "keep_trailing_newline",
)
"""The settings of an environment that say how its templates are written."""

_parts: ContextVar[list[Template]] = ContextVar("parts")
"""The templates that the one that is being rendered has used."""


@dataclass(frozen=True, slots=True)
class Additions:
    """What a site adds to its templates. See `Engine`."""

    globals: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    tests: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    environment: Environment | None = None


NO_ADDITIONS = Additions()


def read_additions(
    globals: Mapping[str, Any] | None,  # noqa: A002 - as in Jinja2
    filters: Mapping[str, Callable[..., Any]] | None,
    tests: Mapping[str, Callable[..., Any]] | None,
    environment: Environment | None,
) -> Additions:
    """Return the arguments of an engine that are for its templates.

    Raises `TypeError` for one of a wrong type, and `ValueError` for a global that no template could
    see.
    """
    arguments = {"globals": globals, "filters": filters, "tests": tests}
    given = {name: {} if mapping is None else mapping for name, mapping in arguments.items()}
    for argument, mapping in given.items():
        check_mapping(argument, mapping, object)
        for name, value in mapping.items():
            if argument != "globals" and not callable(value):
                kind = type(value).__name__
                raise TypeError(f"{name!r} in {argument} must be a function, not {kind}")
    for name in VARIABLES:
        if name in given["globals"]:
            raise ValueError(f"{name!r} in globals is a variable of every template: rename it")
    check_type("environment", environment, Environment, NoneType)
    return Additions(
        **{name: dict(mapping) for name, mapping in given.items()}, environment=environment
    )


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment whose templates cannot use names with a leading underscore, change values, or
    print text that is not escaped.
    """

    def __init__(self, **options: Any) -> None:
        """Take the options of a Jinja2 environment."""
        super().__init__(**options)
        self.composed: set[str | None] = set()
        """The names of the templates that use others."""

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """Return a template, and note that it is used."""
        return _note(super().get_template(name, parent, globals))

    def select_template(
        self,
        names: Any,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """Return the first template that exists, and note that it is used."""
        return _note(super().select_template(names, parent, globals))

    def compile(  # type: ignore[override]  # Jinja2 overloads it by `raw`
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> str | CodeType:
        """Return the code of a template.

        Some functions that translate take their text for HTML. A text that the template does not
        hold itself, such as an attribute, is escaped before.
        """
        tree = self.parse(source, name, filename) if isinstance(source, str) else source
        if any(tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport))):
            self.composed.add(name)
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in _MESSAGES:
                count = _MESSAGES[call.node.name]
                call.args[:count] = [_escape(argument) for argument in call.args[:count]]
        code: str | CodeType = super().compile(  # type: ignore[call-overload]
            tree, name, filename, raw, defer_init
        )
        return code


def _escape(node: nodes.Expr) -> nodes.Expr:
    """Return an expression whose value is escaped, unless it is a text of the template."""
    if isinstance(node, nodes.Const | nodes.TemplateData):
        return node
    return nodes.Filter(node, "escape", [], [], None, None, lineno=node.lineno)


def _note(template: Template) -> Template:
    parts = _parts.get(None)
    if parts is not None and template not in parts:
        parts.append(template)
    return template


def render(template: Template, variables: Mapping[str, Any]) -> tuple[str, list[Template]]:
    """Return what a template prints, and the templates that it used, the last of which it is."""
    sandbox = cast(Sandbox, template.environment)
    if template.name not in sandbox.composed:
        return template.render(variables), [template]
    parts: list[Template] = []
    token = _parts.set(parts)
    try:
        output = template.render(variables)
    finally:
        _parts.reset(token)
    return output, [*parts, template]


def format_value(value: object) -> object:
    """Return what a template prints for a value: nothing for `None`."""
    return "" if value is None else value


def build_environment(loader: BaseLoader, additions: Additions) -> Sandbox:
    """Return the environment for the templates of a loader."""
    site = additions.environment
    settings = {"trim_blocks": True, "lstrip_blocks": True}
    if site is not None:
        settings = {name: getattr(site, name) for name in _SYNTAX}
    sandbox = Sandbox(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=format_value,
        extensions=[InternationalizationExtension],
        **settings,
    )
    if site is not None:
        _take_over(site, sandbox)
    sandbox.globals.update(additions.globals)
    sandbox.filters.update(additions.filters)
    sandbox.tests.update(additions.tests)
    return sandbox


def _take_over(site: Environment, sandbox: Sandbox) -> None:
    """Give a sandbox what a site has set in its environment, except what would open it."""
    for name, value in vars(site).items():  # what extensions keep in an environment
        if not hasattr(Environment, name) and name not in vars(sandbox) and not callable(value):
            setattr(sandbox, name, value)
    if hasattr(site, "newstyle_gettext"):
        sandbox.newstyle_gettext = site.newstyle_gettext  # type: ignore[attr-defined]
    bound = {name: extension.bind(sandbox) for name, extension in site.extensions.items()}
    sandbox.extensions = {**sandbox.extensions, **bound}
    sandbox.globals |= {
        name: value
        for name, value in site.globals.items()
        if value is not DEFAULT_NAMESPACE.get(name, site)  # the sandbox has a `range` of its own
    }
    sandbox.filters.update(site.filters)
    sandbox.tests.update(site.tests)
    sandbox.policies.update(site.policies)
    sandbox.finalize = site.finalize or format_value
    if site.undefined is not Undefined:
        sandbox.undefined = site.undefined

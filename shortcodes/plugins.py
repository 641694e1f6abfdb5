"""The two plug-in points: renderers, which turn a document into output, and handlers, which
turn one shortcode into markup. Both are found by name, never imported by the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, get_args, runtime_checkable

from shortcodes.checks import check_one_of, check_span, check_type
from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.nodes import Document, Shortcode, Span

Format = Literal["text", "html", "markdown"]
Output = Literal["text", "json", "html"]

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

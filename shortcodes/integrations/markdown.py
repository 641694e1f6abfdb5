"""Python-Markdown: an extension that renders shortcodes in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any
from xml.etree.ElementTree import Element

from shortcodes.common.checks import check_type
from shortcodes.diagnostics import Diagnostic
from shortcodes.engine import Engine, default_engine
from shortcodes.integrations import build_missing_extra
from shortcodes_html.hosted_markdown import HostedMarkdown

try:
    from markdown import Markdown
    from markdown.extensions import Extension
    from markdown.postprocessors import Postprocessor
    from markdown.preprocessors import Preprocessor
    from markdown.treeprocessors import Treeprocessor
    from markdown.util import AtomicString

    from shortcodes.integrations.markdown_copy import copy_markdown
except ImportError:
    raise build_missing_extra("Python-Markdown", "markdown") from None

NAME, CODE_NAME = "shortcodes", "shortcodes-code"
AFTER_FRONT_MATTER = 26
"""Runs before fenced code (25) and HTML (20) are hidden, but after front matter (27) is removed."""
BEFORE_HIGHLIGHTING = 40
"""Runs before code is highlighted (30), which would split what it does not know."""
LAST = -10


@dataclass
class _Conversion:
    """The document that one `Markdown` is converting."""

    diagnostics: list[Diagnostic]
    """Where the problems of each document are added."""
    stylesheets: dict[str, str]
    """Where the CSS of each document is added."""
    hosted: HostedMarkdown | None = None
    is_whole: bool = False
    """Whether the tree is complete; before that, extensions may write parts of it as HTML."""

    def finish(self, html: str) -> str:
        """Return the converted text, or a part of it, with the outputs in it."""
        if self.hosted is None:
            return html
        if not self.is_whole:
            return self.hosted.fill_part(html)
        html = self.hosted.finish(html)
        self.diagnostics += self.hosted.diagnostics
        self.stylesheets |= self.hosted.stylesheets
        return html


class ShortcodesExtension(Extension):
    """Renders shortcodes in Markdown: `markdown(text, extensions=[ShortcodesExtension()])`.

    By default `engine` has all handlers that are built in or installed. `unknown` says what happens
    to shortcodes without a handler: "keep", "strip" or "mark". `styles` says where the CSS of
    handlers goes: "once", before the first output that needs it; "inline"; or "none", for pages
    that print `stylesheets` themselves. `data` is a mapping that handlers find in `Call.data`.

    Who converts many texts may pass a list of `diagnostics` and a `dict` of `stylesheets`, to which
    each conversion adds what it has found. Raises `TypeError` for an argument of a wrong type.
    """

    def __init__(
        self,
        *,
        diagnostics: list[Diagnostic] | None = None,
        stylesheets: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        check_type("diagnostics", diagnostics, list, NoneType)
        check_type("stylesheets", stylesheets, dict, NoneType)
        self._receivers = diagnostics, stylesheets
        self.config = {
            "engine": [
                kwargs.get("engine") or default_engine(),
                "The engine that renders the shortcodes",
            ],
            "unknown": ["keep", "What happens to shortcodes without a handler"],
            "styles": ["once", "Where the CSS of handlers goes"],
            "data": [{}, "The data of the page and the request"],
        }
        self._conversion = self._begin()
        super().__init__(**{name: value for name, value in kwargs.items() if value is not None})

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The problems of the last conversion."""
        hosted = self._conversion.hosted
        return hosted.diagnostics if hosted else []

    @property
    def stylesheets(self) -> dict[str, str]:
        """The CSS of the handlers of the last conversion, by name."""
        hosted = self._conversion.hosted
        return hosted.stylesheets if hosted else {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Add a step before all that read Markdown, and one after all that write HTML."""
        # Threads may share the extension, but not a Markdown.
        self._conversion = conversion = self._begin()
        md.preprocessors.register(_TakeOut(md, self, conversion), NAME, AFTER_FRONT_MATTER)
        md.treeprocessors.register(_RestoreCode(conversion), CODE_NAME, BEFORE_HIGHLIGHTING)
        md.treeprocessors.register(_MarkComplete(conversion), NAME, LAST)
        md.postprocessors.register(_PutIn(md, conversion), NAME, LAST)

    def _begin(self) -> _Conversion:
        diagnostics, stylesheets = self._receivers
        return _Conversion(
            [] if diagnostics is None else diagnostics, {} if stylesheets is None else stylesheets
        )


def makeExtension(**kwargs: Any) -> ShortcodesExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension, for `extensions=["shortcodes.integrations.markdown"]`."""
    return ShortcodesExtension(**kwargs)


class _TakeOut(Preprocessor):
    def __init__(
        self, md: Markdown, extension: ShortcodesExtension, conversion: _Conversion
    ) -> None:
        super().__init__(md)
        self._extension = extension
        self._conversion = conversion
        self._inner: Markdown | None = None

    def run(self, lines: list[str]) -> list[str]:
        engine: Engine = self._extension.getConfig("engine")
        unknown: str = self._extension.getConfig("unknown")
        styles: str = self._extension.getConfig("styles")
        data: Mapping[str, Any] = self._extension.getConfig("data")
        hosted = HostedMarkdown("\n".join(lines), engine, self._convert, unknown, styles, data)
        self._conversion.hosted, self._conversion.is_whole = hosted, False
        return hosted.draft.split("\n")

    def _convert(self, text: str) -> str:
        """Convert enclosed content as a document of its own, with all extensions."""
        if self._inner is None:
            self._inner = copy_markdown(self.md, [self._extension, self._conversion])
            for steps in ("preprocessors", "treeprocessors", "postprocessors"):
                getattr(self._inner, steps).deregister(NAME)
            self._inner.treeprocessors.deregister(CODE_NAME)
        return self._inner.reset().convert(text)


class _RestoreCode(Treeprocessor):
    """Puts the source of shortcodes into blocks of code."""

    def __init__(self, conversion: _Conversion) -> None:
        super().__init__()
        self._conversion = conversion

    def run(self, root: Element) -> None:
        hosted = self._conversion.hosted
        for block in root.iter("pre") if hosted else ():
            for code in block.iter("code"):
                if code.text and hosted:
                    code.text = AtomicString(hosted.restore_code(code.text))


class _MarkComplete(Treeprocessor):
    def __init__(self, conversion: _Conversion) -> None:
        super().__init__()
        self._conversion = conversion

    def run(self, root: Element) -> None:
        self._conversion.is_whole = True


class _PutIn(Postprocessor):
    def __init__(self, md: Markdown, conversion: _Conversion) -> None:
        super().__init__(md)
        self._conversion = conversion

    def run(self, text: str) -> str:
        return self._conversion.finish(text)

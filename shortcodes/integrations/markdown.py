"""Python-Markdown: an extension with which shortcodes survive Markdown."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import Element

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
except ImportError:
    raise build_missing_extra("Python-Markdown", "markdown") from None

NAME = "shortcodes"
AFTER_FRONT_MATTER = 26
"""Before fenced code (25) and HTML (20) are hidden, but after front matter (27) is taken off."""
LAST = -10


class ShortcodesExtension(Extension):
    """Renders shortcodes in Markdown: `markdown(text, extensions=[ShortcodesExtension()])`.

    `engine` is what renders them, else one with every handler that is built in or installed.
    `unknown` says what becomes of those that no handler takes: "keep", "strip" or "mark".
    """

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "engine": [kwargs.get("engine") or default_engine(), "what renders the shortcodes"],
            "unknown": ["keep", "what becomes of shortcodes that no handler takes"],
        }
        self.hosted: HostedMarkdown | None = None
        self.is_whole = False
        """Whether the tree is complete: before, extensions may write pieces of it as HTML."""
        super().__init__(**{name: value for name, value in kwargs.items() if value is not None})

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What went wrong in the last conversion."""
        return self.hosted.diagnostics if self.hosted else []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Put a step before all that read Markdown, and one behind all that write HTML."""
        md.preprocessors.register(_Weave(md, self), NAME, AFTER_FRONT_MATTER)
        md.treeprocessors.register(_Complete(self), NAME, LAST)
        md.postprocessors.register(_Place(md, self), NAME, LAST)


def makeExtension(**kwargs: Any) -> ShortcodesExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension, for `extensions=["shortcodes.integrations.markdown"]`."""
    return ShortcodesExtension(**kwargs)


class _Weave(Preprocessor):
    def __init__(self, md: Markdown, extension: ShortcodesExtension) -> None:
        super().__init__(md)
        self._extension = extension
        self._inside: Markdown | None = None

    def run(self, lines: list[str]) -> list[str]:
        engine: Engine = self._extension.getConfig("engine")
        unknown: str = self._extension.getConfig("unknown")
        hosted = HostedMarkdown("\n".join(lines), engine, self._convert, unknown)
        self._extension.hosted, self._extension.is_whole = hosted, False
        return hosted.template.split("\n")

    def _convert(self, text: str) -> str:
        """Convert what a shortcode encloses, as a document of its own with all extensions."""
        if self._inside is None:
            shared = {id(self._extension): self._extension}
            self._inside = deepcopy(self.md, shared)
            for steps in ("preprocessors", "treeprocessors", "postprocessors"):
                getattr(self._inside, steps).deregister(NAME)
        return self._inside.reset().convert(text)


class _Complete(Treeprocessor):
    def __init__(self, extension: ShortcodesExtension) -> None:
        super().__init__()
        self._extension = extension

    def run(self, root: Element) -> None:
        self._extension.is_whole = True


class _Place(Postprocessor):
    def __init__(self, md: Markdown, extension: ShortcodesExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, text: str) -> str:
        hosted = self._extension.hosted
        if hosted is None:
            return text
        return hosted.finish(text) if self._extension.is_whole else hosted.fill(text)

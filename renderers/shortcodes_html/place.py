"""Puts outputs where their placeholders stand: markup into text, but never into a tag.

A placeholder may end up inside an HTML tag, a comment or a script, because that is where the
shortcode stood. Markup there would break out of its place; only plain words are put into a tag.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from shortcodes.plugins import Context
from shortcodes_html.inlining import inlined
from shortcodes_html.outputs import PLACEHOLDER, Output, Outputs

TOKEN = re.compile(
    rf"""(?isx)
    (?P<placeholder>{PLACEHOLDER})
  | <!--.*?(?:-->|\Z)
  | <(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])
      .*?(?:</(?P=raw)(?=[\s/>])|\Z)
  | <(?P<slash>/?)(?P<name>[a-z][^\s/>]*+)
      (?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?)*+(?:>|\Z)
  | <[!?][^>]*+(?:>|\Z)
"""
)
"""A placeholder in the text, or a place where markup is no markup (HTML Living Standard, 13.2.5).
What is never closed runs to the end of the text, as in a browser; so nothing is read twice."""

_BREAKS_OUT = re.compile(r"[<>\"'`\s]")

_EXECUTES = re.compile(r"(?i)(?:javascript|vbscript|data):")
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0\ufffd]+")
"""What browsers leave out where they look for the scheme of an address."""

_ATTRIBUTE = re.compile(
    r"""(?x)(?P<name>[^\s/>=]++)
    (?:\s*+=\s*+(?P<value>"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+"""
)
"""The name of a tag, or an attribute of it."""

_RUNS = re.compile(r"(?i)on|srcdoc\Z")
"""How attributes begin that a browser runs, or shows as a page."""

_PLACEHOLDER = re.compile(PLACEHOLDER)

_STYLE_END = re.compile(r"</(?=style)", re.IGNORECASE)


def style_element(css: str) -> Markup:
    """Return CSS as a `<style>` element that nothing in the CSS can end."""
    harmless = _STYLE_END.sub(r"<\\/", css)
    return Markup(f"<style>{harmless}</style>")  # noqa: S704 - a handler's own CSS


def _would_run(tag: str) -> bool:
    """Whether a placeholder stands in a name, or in the value of an attribute that is run."""
    for part in _ATTRIBUTE.finditer(tag, 1):
        name, value = part["name"], part["value"] or ""
        if _PLACEHOLDER.search(name) or (_RUNS.match(name) and _PLACEHOLDER.search(value)):
            return True
    return False


class Printer:
    """Prints the outputs of one document."""

    def __init__(self, context: Context, styles: str = "once") -> None:
        """Make one; `styles` says where CSS goes, as in `Options`."""
        self._context = context
        self.literal: Callable[[str], Markup] = escape
        """How source is printed; a layout has its own way."""
        self._styles = styles
        self._waiting: list[str] = []
        self._left: set[str] = set()
        self.printed: set[str] = set()
        """The CSS that was printed."""

    def bring(self, stylesheets: Iterable[str]) -> None:
        """Print stylesheets before the next output that stands in the text, or in every output."""
        if self._styles != "none":
            self._waiting += stylesheets

    def markup(self, output: Output) -> str:
        """Return the output for a place in the text, after the stylesheets that wait for one."""
        return self._styled(output.markup) if self._waiting else output.markup

    def alone(self, markup: list[str]) -> list[str]:
        """Return the markup of outputs that stand in the text side by side, in the same way."""
        if self._waiting and markup:
            return [self._styled(one) if self._waiting else one for one in markup]
        return markup

    def _styled(self, markup: str) -> str:
        if self._styles == "inline":
            return inlined(markup, self._waiting)
        css, self._waiting = self._waiting, []
        self.printed.update(css)
        return "".join([*map(style_element, css), markup])

    def in_tag(self, output: Output) -> str:
        """Return the output for a place inside a tag: plain words, or what stood there."""
        if not _BREAKS_OUT.search(output.markup):
            return output.markup
        return self._left_in_tag(output)

    def _left_in_tag(self, output: Output) -> str:
        if output.rendered is not None and output.placeholder not in self._left:
            self._left.add(output.placeholder)
            message = f"[{output.rendered.name}] is left as it is, it stands inside an HTML tag"
            self._context.report("SC404", message, output.rendered.span)
        return self.literal(output.source)

    def in_code(self, output: Output) -> str:
        """Return what stood in code, as it was."""
        return html.escape(output.source, quote=False)

    def _tag(self, tag: str, outputs: Outputs) -> str:
        """Return a tag with plain words in it, or with what stood there where it would run."""
        filled = outputs.replace(tag, self.in_tag)
        if filled == tag:
            return tag
        if not _would_run(tag) and not _EXECUTES.search(_SKIPPED.sub("", html.unescape(filled))):
            return filled
        return outputs.replace(tag, self._left_in_tag)

    def place(self, markup: str, outputs: Outputs) -> str:
        """Return HTML with every placeholder replaced."""

        def printed(match: re.Match[str]) -> str:
            if match["placeholder"] is None:
                return self._tag(match[0], outputs)
            output = outputs.get(match[0])
            return match[0] if output is None else self.markup(output)

        if "<" not in markup:
            if self._waiting:
                return outputs.replace(markup, self.markup)
            return outputs.fill(markup)
        return TOKEN.sub(printed, markup)

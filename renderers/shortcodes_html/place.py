"""Puts outputs where their placeholders stand: markup into text, but never into a tag.

A placeholder may end up inside an HTML tag, a comment or a script, because that is where the
shortcode stood. Markup there would break out of its place; only plain words are put into a tag.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from shortcodes.html_edits import keeps_its_meaning, reach
from shortcodes.html_tags import ANY_TOKEN, ATTRIBUTE, RAW_TEXT
from shortcodes.plugins import Context
from shortcodes_html.inlining import inlined
from shortcodes_html.outputs import PLACEHOLDER, Output, Outputs
from shortcodes_strip import LEFT_IN_TAG

_RAW_TEXT = "|".join(RAW_TEXT)
TOKEN = re.compile(
    rf"(?i)(?P<placeholder>{PLACEHOLDER})"
    rf"|(?P<raw_tag><(?P<raw>{_RAW_TEXT})(?=[ \t\n\f\r/>])(?:[ \t\n\f\r/]++|{ATTRIBUTE})*+>)"
    r"(?P<raw_text>(?s:.*?)(?:</(?P=raw)(?=[ \t\n\f\r/>])|\Z))"
    rf"|{ANY_TOKEN}"
)
"""A placeholder in the text, or a place where markup is no markup (HTML Living Standard, 13.2.5).
What is never closed runs to the end of the text, as in a browser; so nothing is read twice."""

_BREAKS_OUT = re.compile(r"[<>\"'`\s]")

_STYLE_END = re.compile(r"</(?=style)", re.IGNORECASE)


def style_element(css: str) -> Markup:
    """Return CSS as a `<style>` element that nothing in the CSS can end."""
    harmless = _STYLE_END.sub(r"<\\/", css)
    return Markup(f"<style>{harmless}</style>")  # noqa: S704 - a handler's own CSS


def _vouched(output: Output) -> str:
    """Return an output that is a whole address: its handler answers for where it leads."""
    if reach(output.markup) and not _BREAKS_OUT.search(output.markup):
        return output.markup
    return output.placeholder


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
        if output.stripped is not None:
            self._context.report("SC404", LEFT_IN_TAG, output.stripped)
        return self.literal(output.source)

    def in_code(self, output: Output) -> str:
        """Return what stood in code, as it was."""
        return html.escape(output.source, quote=False)

    def _tag(self, tag: str, outputs: Outputs) -> str:
        """Return a tag with plain words in it, or with what stood there where they do harm."""
        filled = outputs.replace(tag, self.in_tag)
        if filled == tag or keeps_its_meaning(tag, filled, outputs.replace(tag, _vouched)):
            return filled
        return outputs.replace(tag, self._left_in_tag)

    def place(self, markup: str, outputs: Outputs) -> str:
        """Return HTML with every placeholder replaced."""

        def printed(match: re.Match[str]) -> str:
            if match["raw"]:
                raw_text = outputs.replace(match["raw_text"], self._left_in_tag)
                return self._tag(match["raw_tag"], outputs) + raw_text
            if match["closed"]:
                return self._tag(match[0], outputs)
            if match["placeholder"] is None:
                return outputs.replace(match[0], self._left_in_tag)
            output = outputs.get(match[0])
            return match[0] if output is None else self.markup(output)

        if "<" not in markup:
            if self._waiting:
                return outputs.replace(markup, self.markup)
            return outputs.fill(markup)
        return TOKEN.sub(printed, markup)

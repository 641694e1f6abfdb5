"""Puts outputs where their placeholders stand: markup into text, but never into a tag.

A placeholder may end up inside an HTML tag, a comment or a script, because that is where the
shortcode stood, or because a Markdown library put it there: into the class of fenced code, the
title of a link. Markup there would break out of its place. Only plain words are put into a tag, or
the source of the shortcode, escaped so that it ends neither a value nor a name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from markupsafe import Markup

from shortcodes.errors import MissingExtra
from shortcodes.html.edits import keeps_its_meaning, reach
from shortcodes.html.tags import attributes
from shortcodes.html.tokens import ANY_TOKEN, ATTRIBUTE, RAW_TEXT
from shortcodes.nodes import Span
from shortcodes.plugins import Context
from shortcodes_html.css_inlining import inlined
from shortcodes_html.failures import named
from shortcodes_html.replacements import PLACEHOLDER, Output, Outputs
from shortcodes_strip import LEFT

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

_ENDS_VALUE = {'"': re.compile('"'), "'": re.compile("'")}
"""What ends the value of an attribute, by the quote before it."""

_CLOSES = re.compile("[\"'>]")
"""What may end a tag or a comment that was open."""

_ENDS_BARE = re.compile(r"[\s\"'`=<>]")
_ENDS_NAME = re.compile(r"[\s\"'`=<>/]")
_NOTHING = re.compile(r"(?!)")
_NAME_IS_PLACEHOLDER = re.compile(f"</?+{PLACEHOLDER}")

_STYLE_END = re.compile(r"</(?=style)", re.IGNORECASE)


def style_element(css: str) -> Markup:
    """Return CSS as a `<style>` element that nothing in the CSS can end."""
    harmless = _STYLE_END.sub(r"<\\/", css)
    return Markup(f"<style>{harmless}</style>")  # noqa: S704 - a handler's own CSS


def _filled(tag: str, outputs: Outputs, by: Callable[[Output], str], *, strict: bool) -> str:
    """Return a tag with every placeholder replaced, by what ends no quoted value in it.

    In names and in values without quotes, it ends neither where that is `strict`.
    """
    # A "<" before a shortcode begins no tag: the name only looks like one.
    is_name = strict and not _NAME_IS_PLACEHOLDER.match(tag)
    ends_name, ends_bare = _ENDS_NAME if is_name else _NOTHING, _ENDS_BARE if strict else _NOTHING

    def named_by(output: Output) -> str:
        return ends_name.sub("_", by(output))

    parts, position = [], 0
    for _, (start, end) in attributes(tag, 0, len(tag)):
        ends = _ENDS_VALUE.get(tag[start - 1], ends_bare)
        parts.append(outputs.replace(tag[position:start], named_by))
        parts.append(_value(tag[start:end], outputs, by, ends))
        position = end
    return "".join([*parts, outputs.replace(tag[position:], named_by)])


def _value(value: str, outputs: Outputs, by: Callable[[Output], str], ends: re.Pattern[str]) -> str:
    """Return a value with every placeholder replaced, and references to what would end it."""
    return outputs.replace(value, lambda output: ends.sub(_reference, by(output)))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _vouched(output: Output) -> str:
    """Return an output that is a whole address: its handler answers for where it leads."""
    if reach(output.markup) and not _BREAKS_OUT.search(output.markup):
        return output.markup
    return output.placeholder


def _made(output: Output) -> str:
    """Return what was made in place of a shortcode, or a word for what is taken out."""
    if output.source.is_stripped or _BREAKS_OUT.search(output.markup):
        return output.placeholder
    return output.markup


class Printer:
    """Prints the outputs of one document."""

    def __init__(self, context: Context, styles: str = "once") -> None:
        """Make one; `styles` says where CSS goes, as in `Options`."""
        self._context = context
        self.left: Callable[[Output], str] = lambda output: html.escape(output.source.shown)
        """How the source is printed where no markup can stand; a layout has its own way."""
        self.is_own = False
        """Whether source in a tag was part of this tag before, and ends there what it ended."""
        self._styles = styles
        self._waiting: list[str] = []
        self._reported: set[int] = set()
        self.printed: set[str] = set()
        """The CSS that was printed."""

    def bring(self, stylesheets: Iterable[str]) -> None:
        """Print stylesheets before the next output that stands in the text, or in every output."""
        if self._styles != "none":
            self._waiting += stylesheets

    def markup(self, output: Output) -> str:
        """Return the output for a place in the text, after the stylesheets that wait for one."""
        return self._styled(output) if self._waiting else output.markup

    def alone(self, words: list[str], outputs: Outputs) -> list[str]:
        """Return the markup of outputs that stand in the text side by side, in the same way."""
        if self._waiting:
            return [self.markup(output) for word in words if (output := outputs.get(word))]
        return outputs.made(words)

    def _styled(self, output: Output) -> str:
        if self._styles == "inline":
            return self._inlined(output) if output.is_markup else output.markup
        css, self._waiting = self._waiting, []
        self.printed.update(css)
        return "".join([*map(style_element, css), output.markup])

    def _inlined(self, output: Output) -> str:
        try:
            return inlined(output.markup, self._waiting)
        except MissingExtra:
            raise
        except Exception as error:  # of the library that inlines
            said = f"css-inline failed: {named(error)}"
            message = f"the styles are not written into the markup, {said}"
            self._context.report("SC408", message, output.source.span)
            return output.markup

    def report_left(self, span: Span) -> None:
        """Say that the source of a shortcode stays for the sake of the HTML around it."""
        self._context.report("SC404", LEFT, span)

    def in_tag(self, output: Output) -> str:
        """Return the output for a place inside a tag: plain words, or what stood there."""
        if not _BREAKS_OUT.search(output.markup):
            return output.markup
        return self._left_in_tag(output)

    def _left_in_tag(self, output: Output) -> str:
        rendered, source = output.rendered, output.source
        if rendered is not None and rendered.span[0] not in self._reported:
            self._reported.add(rendered.span[0])
            message = f"[{rendered.name}] is left as it is, it stands inside an HTML tag"
            self._context.report("SC404", message, rendered.span)
        if source.is_stripped:
            self.report_left(source.span)
        return self.left(output)

    def _left_open(self, output: Output) -> str:
        """Return what stood there, for a place in a tag that nothing closes; nor does this."""
        return _CLOSES.sub(_reference, self._left_in_tag(output))

    def _tag(self, tag: str, outputs: Outputs) -> str:
        """Return a tag with plain words in it, or with what stood there where they do harm."""
        filled = _filled(tag, outputs, self.in_tag, strict=not self.is_own)
        if filled == tag:
            return filled
        vouched, made = outputs.replace(tag, _vouched), outputs.replace(tag, _made)
        if keeps_its_meaning(tag, filled, vouched, made):
            return filled
        return _filled(tag, outputs, self._left_in_tag, strict=not self.is_own)

    def place(self, markup: str, outputs: Outputs) -> str:
        """Return HTML with every placeholder replaced."""

        def printed(match: re.Match[str]) -> str:
            if match["raw"]:
                raw_text = outputs.replace(match["raw_text"], self._left_in_tag)
                return self._tag(match["raw_tag"], outputs) + raw_text
            if match["closed"]:
                return self._tag(match[0], outputs)
            if match["placeholder"] is None:
                # A tag that another "<" interrupts goes on in a browser, with all that stood there.
                is_closed = (match["name"], match["endless"], match["cut"]) == (None, None, None)
                is_open = match.end() == len(markup) and not is_closed
                return outputs.replace(match[0], self._left_open if is_open else self._left_in_tag)
            output = outputs.get(match[0])
            return match[0] if output is None else self.markup(output)

        if "<" not in markup:
            if self._waiting:
                return outputs.replace(markup, self.markup)
            return outputs.fill(markup)
        return TOKEN.sub(printed, markup)

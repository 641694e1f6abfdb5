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
from shortcodes.plugins import Context
from shortcodes_html.failing import named
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

_ENDS_VALUE = {
    '"': re.compile('"'),
    "'": re.compile("'"),
}
"""What ends the value of an attribute, by the quote around it."""

_ENDS_BARE = re.compile(r"[\s\"'`=<>]")
_NOTHING = re.compile(r"(?!)")
_ENDS_NAME = re.compile(r"[\s\"'`=<>/]")

_TAG = re.compile(
    r"""(?ix)</?[a-z][^\s/>]*+(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?)*+(?:>|\Z)"""
)
"""The tag that a token begins with, if it is no comment."""

_PLACEHOLDER = re.compile(PLACEHOLDER)
_NAME_IS_PLACEHOLDER = re.compile(f"</?+{PLACEHOLDER}")

_STYLE_END = re.compile(r"</(?=style)", re.IGNORECASE)


def style_element(css: str) -> Markup:
    """Return CSS as a `<style>` element that nothing in the CSS can end."""
    harmless = _STYLE_END.sub(r"<\\/", css)
    return Markup(f"<style>{harmless}</style>")  # noqa: S704 - a handler's own CSS


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _filled(token: str, outputs: Outputs, by: Callable[[Output], str], *, strict: bool) -> str:
    """Return a token with every placeholder replaced, by what ends no value in its tag.

    In names and in values without quotes, it ends neither where that is `strict`.
    """
    found = _TAG.match(token)
    if found is None:
        return outputs.replace(token, by)
    tag, content = found[0], token[found.end() :]
    # A "<" before a shortcode begins no tag: the name only looks like one.
    is_kept = not strict or _NAME_IS_PLACEHOLDER.match(tag) is not None

    def in_name(output: Output) -> str:
        return by(output) if is_kept else _ENDS_NAME.sub("_", by(output))

    def fitted(part: re.Match[str]) -> str:
        value = part["value"]
        if value is None:
            return outputs.replace(part[0], in_name)
        ends = _ENDS_VALUE.get(value[:1], _ENDS_BARE if strict else _NOTHING)
        before = part[0][: part.start("value") - part.start()]
        return outputs.replace(before, in_name) + outputs.replace(
            value, lambda output: ends.sub(_reference, by(output))
        )

    return _ATTRIBUTE.sub(fitted, tag) + outputs.replace(content, by)


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
            message = (
                f"the styles are not written into the markup, css-inline failed: {named(error)}"
            )
            self._context.report("SC408", message, output.source.span)
            return output.markup

    def in_tag(self, output: Output) -> str:
        """Return the output for a place inside a tag: plain words, or what stood there."""
        if not _BREAKS_OUT.search(output.markup):
            return output.markup
        return self._left_in_tag(output)

    def _left_in_tag(self, output: Output) -> str:
        rendered = output.rendered
        if rendered is not None and rendered.span[0] not in self._reported:
            self._reported.add(rendered.span[0])
            message = f"[{rendered.name}] is left as it is, it stands inside an HTML tag"
            self._context.report("SC404", message, rendered.span)
        return self.left(output)

    def _tag(self, tag: str, outputs: Outputs) -> str:
        """Return a tag with plain words in it, or with what stood there where it would run."""
        if not _PLACEHOLDER.search(tag):
            return tag
        filled = _filled(tag, outputs, self.in_tag, strict=not self.is_own)
        if filled == tag:
            return tag
        if not _would_run(tag) and not _EXECUTES.search(_SKIPPED.sub("", html.unescape(filled))):
            return filled
        return _filled(tag, outputs, self._left_in_tag, strict=not self.is_own)

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

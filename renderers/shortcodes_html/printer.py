"""Inserts replacements in place of their placeholders: markup into text, but never into a tag.

A placeholder may end up inside an HTML tag, a comment or a script, because the shortcode stood
there, or because a Markdown library moved it there: into the class of fenced code, or the title of
a link. Markup would break out of such a context. A tag therefore gets only plain words, or the
source of the shortcode, escaped so that it ends neither a value nor a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from markupsafe import Markup

from shortcodes.errors import MissingExtra
from shortcodes.html.gains import count_foreign
from shortcodes.html.tag_edit import TagEdit
from shortcodes.html.tags import attributes
from shortcodes.html.tokens import ANY_TOKEN, ATTRIBUTE, RAW_TEXT
from shortcodes.html.values import CUT_MARK, reach
from shortcodes.nodes import Span
from shortcodes.plugins import Context
from shortcodes_html.css_inlining import inline_css
from shortcodes_html.failures import describe_error
from shortcodes_html.replacements import PLACEHOLDER, Replacement, Replacements
from shortcodes_html.style_needs import StyleNeeds
from shortcodes_strip import LEFT_IN_PLACE

_RAW_TEXT = "|".join(RAW_TEXT)
TOKEN = re.compile(
    rf"(?ai)(?P<placeholder>{PLACEHOLDER})"
    rf"|(?P<raw_tag><(?P<raw>{_RAW_TEXT})(?=[ \t\n\f\r/>])(?:[ \t\n\f\r/]++|{ATTRIBUTE}|(?!).)*+>)"
    r"(?P<raw_text>(?s:.*?)(?:</(?P=raw)(?=[ \t\n\f\r/>])|\Z))"
    rf"|{ANY_TOKEN}"
)
"""A placeholder in the text, or a context in which markup is not read as markup (HTML Living
Standard, 13.2.5). One that is never closed runs to the end of the text, as in a browser, so that
nothing is read twice."""

_BREAKS_OUT = re.compile(r"[<>\"'`\s]")

_ENDS_VALUE = {'"': re.compile('"'), "'": re.compile("'")}
"""What ends the value of an attribute, by its opening quote."""

_CLOSES = re.compile("[\"'>]")
"""What may end an open tag or comment."""

_ENDS_BARE = re.compile(r"[\s\"'`=<>]")
_ENDS_NAME = re.compile(r"[\s\"'`=<>/]")
_NOTHING = re.compile(r"(?!)")
_NAME_IS_PLACEHOLDER = re.compile(f"</?+{PLACEHOLDER}")

_STYLE_END = re.compile(r"(?ai)</(?=style)")

_Write = Callable[[Replacement], str]
"""Returns what is printed in place of a placeholder."""


def write_style_element(css: str) -> Markup:
    """Return CSS as a `<style>` element that nothing in the CSS can end."""
    harmless = _STYLE_END.sub(r"<\\/", css)
    return Markup(f"<style>{harmless}</style>")  # noqa: S704 - a handler's own CSS


def _fill_tag(tag: str, replacements: Replacements, write: _Write, *, strict: bool) -> str:
    """Return a tag with every placeholder replaced by something that ends no quoted value.

    With `strict`, it does not end a name or a value without quotes either.
    """
    # A "<" before a shortcode begins no tag: the name only looks like one.
    has_name = strict and not _NAME_IS_PLACEHOLDER.match(tag)
    ends_name, ends_bare = _ENDS_NAME if has_name else _NOTHING, _ENDS_BARE if strict else _NOTHING

    def write_name(replacement: Replacement) -> str:
        return ends_name.sub("_", write(replacement))

    parts, offset = [], 0
    for _, (start, end) in attributes(tag, 0, len(tag)):
        ends = _ENDS_VALUE.get(tag[start - 1], ends_bare)
        parts.append(replacements.substitute(tag[offset:start], write_name))
        parts.append(_fill_value(tag[start:end], replacements, write, ends))
        offset = end
    return "".join([*parts, replacements.substitute(tag[offset:], write_name)])


def _fill_value(
    value: str, replacements: Replacements, write: _Write, ends: re.Pattern[str]
) -> str:
    """Return a value with every placeholder replaced, and references for whatever would end it."""
    return replacements.substitute(value, lambda r: ends.sub(_write_reference, write(r)))


def _write_reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _write_address(replacement: Replacement) -> str:
    """Return markup that is a whole address, as its handler vouches; else what stands for it."""
    if reach(replacement.markup) and not _BREAKS_OUT.search(replacement.markup):
        return replacement.markup
    return _write_mark(replacement)


def _write_words(replacement: Replacement) -> str:
    """Return markup that is plain words; else what stands for it."""
    if not replacement.source.is_stripped and not _BREAKS_OUT.search(replacement.markup):
        return replacement.markup or CUT_MARK
    return _write_mark(replacement)


def _write_mark(replacement: Replacement) -> str:
    """Return the mark of a cut if nothing is printed, else the placeholder."""
    is_cut = replacement.source.is_stripped or not replacement.markup
    return CUT_MARK if is_cut else replacement.placeholder


class Printer:
    """Prints the replacements of one document."""

    def __init__(
        self, context: Context, write_source: _Write, *, styles: str = "once", is_html: bool = False
    ) -> None:
        """Prepare to print.

        Args:
            context: Where problems are reported.
            write_source: What returns the source as it is printed where no markup can stand.
            styles: Where CSS goes; see `Options.styles`.
            is_html: Whether the document is HTML. Source inside a tag was part of that tag before,
                and ends there what it ended.
        """
        self._context = context
        self._write_source = write_source
        self._is_html = is_html
        self._styles = styles
        self._known_styles = set(context.stylesheets)
        self._pending_css: dict[str, str] = {}
        self._styled_end = 0
        self._reported: set[int] = set()
        self.style_needs = StyleNeeds(context.stylesheets)

    def add_stylesheets(self) -> None:
        """Print each new style sheet before the first output in the text that needs it, or all of
        them inline in every output.
        """
        if self._styles == "once":
            new = self._context.stylesheets.items()
            self._pending_css = {name: css for name, css in new if name not in self._known_styles}
        elif self._styles == "inline":
            self._pending_css = dict(self._context.stylesheets)

    def forget_unprinted(self) -> None:
        """Take out the style sheets that were not printed, which the next document may need."""
        if self._styles == "once":
            for name in self._pending_css:
                self._context.stylesheets.pop(name, None)

    @contextmanager
    def hold_stylesheets(self) -> Iterator[None]:
        """Print no stylesheets meanwhile."""
        pending, self._pending_css = self._pending_css, {}
        try:
            yield
        finally:
            self._pending_css = pending

    def print_in_text(self, replacement: Replacement) -> str:
        """Return the markup of a replacement in the text, after any pending stylesheets."""
        return self._print_styled(replacement) if self._pending_css else replacement.markup

    def print_outputs(self, placeholders: list[str], replacements: Replacements) -> list[str]:
        """Return the markup for placeholders that stand side by side in the text."""
        if self._pending_css:
            return [self.print_in_text(r) for p in placeholders if (r := replacements.get(p))]
        return replacements.list_markup(placeholders)

    def _print_styled(self, replacement: Replacement) -> str:
        if not replacement.is_markup:
            return replacement.markup
        if self._styles == "inline":
            return self._inline(replacement)
        span = replacement.shortcode.span if replacement.shortcode else replacement.source.span
        # What is printed in a tag may need a style sheet too, so none before is passed over.
        needed = self.style_needs.find((self._styled_end, span[1]))
        self._styled_end = max(self._styled_end, span[1])
        css = [self._pending_css.pop(name) for name in needed if name in self._pending_css]
        return "".join([*map(write_style_element, css), replacement.markup])

    def _inline(self, replacement: Replacement) -> str:
        try:
            return inline_css(replacement.markup, list(self._pending_css.values()))
        except MissingExtra:
            raise
        except Exception as error:  # raised by the library that inlines
            reason = f"css-inline failed with {describe_error(error)}"
            message = f"the styles were not written into the markup: {reason}"
            self._context.report("SC408", message, replacement.source.span)
            return replacement.markup

    def report_left_in_place(self, span: Span) -> None:
        """Report that source stays because the HTML around it would change its meaning."""
        self._context.report("SC404", LEFT_IN_PLACE, span)

    def _print_in_tag(self, replacement: Replacement) -> str:
        """Return plain words as they are; for other markup, the source."""
        if not _BREAKS_OUT.search(replacement.markup):
            return replacement.markup
        return self._print_source_in_tag(replacement)

    def _print_source_in_tag(self, replacement: Replacement, place: str = "an HTML tag") -> str:
        shortcode, source = replacement.shortcode, replacement.source
        if shortcode is not None and shortcode.span[0] not in self._reported:
            self._reported.add(shortcode.span[0])
            message = f"[{shortcode.name}] was left in place: it is inside {place}"
            self._context.report("SC404", message, shortcode.span)
        if source.is_stripped:
            self.report_left_in_place(source.span)
        return self._write_source(replacement)

    def _print_source_in_open_tag(self, replacement: Replacement) -> str:
        """Return the source for a tag that nothing closes, so that the source does not either."""
        return _CLOSES.sub(_write_reference, self._print_source_in_tag(replacement))

    def _print_tag(self, tag: str, replacements: Replacements) -> str:
        """Return a tag with plain words in it, or with the source where words would do harm."""
        if not replacements.may_be_in(tag):
            return tag
        strict = not self._is_html
        filled = _fill_tag(tag, replacements, self._print_in_tag, strict=strict)
        if filled == tag:
            return filled
        with_addresses = replacements.substitute(tag, _write_address)
        with_words = replacements.substitute(tag, _write_words)
        parts = replacements.split(tag)
        removed = "".join(part.source.written for part in parts if not isinstance(part, str))
        if TagEdit(tag, filled, with_addresses, with_words, removed).keeps_meaning():
            return filled
        return _fill_tag(tag, replacements, self._print_source_in_tag, strict=strict)

    def insert(self, html: str, replacements: Replacements) -> str:
        """Return HTML with every placeholder replaced."""
        if not replacements.may_be_in(html):
            return html
        foreign_depth = 0

        def print_token(match: re.Match[str]) -> str:
            nonlocal foreign_depth
            if match["raw"]:
                raw_text = replacements.substitute(match["raw_text"], self._print_source_in_tag)
                return self._print_tag(match["raw_tag"], replacements) + raw_text
            if match["closed"]:
                foreign_depth = count_foreign(foreign_depth, match)
                return self._print_tag(match[0], replacements)
            if match["placeholder"] is None:
                # A tag that another "<" interrupts goes on in a browser, with all that stood there.
                is_closed = (match["name"], match["endless"], match["cut"]) == (None, None, None)
                is_open = match.end() == len(html) and not is_closed
                write = self._print_source_in_open_tag if is_open else self._print_source_in_tag
                return replacements.substitute(match[0], write)
            replacement = replacements.get(match[0])
            if replacement is None:
                return match[0]
            if foreign_depth and "<" in replacement.markup:
                # HTML would end the SVG, and what follows would be HTML as well.
                return self._print_source_in_tag(replacement, "SVG or MathML")
            return self.print_in_text(replacement)

        if "<" not in html:
            if self._pending_css:
                return replacements.substitute(html, self.print_in_text)
            return replacements.fill(html)
        return TOKEN.sub(print_token, html)

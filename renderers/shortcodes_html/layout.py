"""The layout of a format: how its text and the outputs of handlers become HTML."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from markupsafe import Markup

from shortcodes.html.tokens import FindCode
from shortcodes.plugins import Context
from shortcodes_html.printer import Printer
from shortcodes_html.replacements import PLACEHOLDER, Replacement, Replacements
from shortcodes_html.sanitising import sanitise


class Layout(ABC):
    """Turns a text with placeholders into HTML with the replacements."""

    hides_source: ClassVar[bool] = False
    """Whether source that stays must be hidden from the layout, which would read it as something
    else."""
    is_html: ClassVar[bool] = False
    """Whether a text of the format is HTML."""
    has_markup: ClassVar[bool] = True
    """Whether a text of the format may contain HTML."""
    code_finders: ClassVar[Sequence[FindCode]] = ()
    """The ways to find code beside that HTML."""

    def __init__(
        self,
        context: Context,
        *,
        styles: str = "once",
        trusted: bool = False,
        from_template: bool = False,
    ) -> None:
        """Prepare the layout.

        Args:
            context: Where problems are reported.
            styles: Where CSS goes; see `Options.styles`.
            trusted: Whether HTML inside shortcodes stays as it is.
            from_template: Whether a template wrote the text; see `Options.from_template`.
        """
        self.is_from_template = from_template
        self._context = context
        self.printer = Printer(context, self.write_source, styles=styles, is_html=self.is_html)
        self.sanitise = str if trusted else _sanitise_draft
        """Returns HTML inside a shortcode as it may be printed."""
        self.is_sanitising = self.has_markup and not trusted

    @abstractmethod
    def write_literal(self, source: str) -> Markup:
        """Return the source of a delimiter so that it is shown as it is."""

    def write_source(self, replacement: Replacement) -> str:
        """Return the source of a shortcode for a place where its output cannot stand."""
        return self.write_literal(replacement.source.printed)

    @abstractmethod
    def lay_out(self, draft: str, replacements: Replacements, *, as_page: bool = False) -> str:
        """Return the HTML of a whole document; `as_page` if it will fill a page."""

    @abstractmethod
    def lay_out_content(self, draft: str, replacements: Replacements) -> Markup:
        """Return the HTML of the content of a shortcode with a handler."""

    def unindent(self, draft: str, lead: str) -> str:
        """Return the content of a shortcode without what each of its lines begins with.

        Args:
            draft: The content.
            lead: The text before the shortcode on its line.
        """
        return draft

    def split_content(self, draft: str) -> tuple[str, str, str]:
        """Split the content of a failed shortcode.

        Returns what stays in the text as it is, what is laid out as if a handler received it, and
        what stays in the text after that.
        """
        return "", draft, ""


_LESS_BEFORE_PLACEHOLDER = re.compile(rf"<(?=/?{PLACEHOLDER})")


def _sanitise_draft(html: str) -> str:
    """Return HTML inside a shortcode, with placeholders, as it may be printed.

    A "<" before a shortcode is text: the name of a tag may not come from a placeholder. The
    sanitiser would remove that tag, with all that seems to be its attributes.
    """
    return sanitise(_LESS_BEFORE_PLACEHOLDER.sub("&lt;", html) if "<" in html else html)

"""What the layout of a format does; each format has one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from markupsafe import Markup

from shortcodes_html.printer import Printer
from shortcodes_html.replacements import Output, Outputs
from shortcodes_html.sanitising import sanitised


class Layout(ABC):
    """Turns text with placeholders into HTML with outputs."""

    protect: ClassVar[bool] = False
    """Source that stays must be hidden from the layout, which would read it as something else."""
    is_html: ClassVar[bool] = False
    """A text is HTML as it stands."""
    has_markup: ClassVar[bool] = True
    """A text may hold HTML of its own."""

    def __init__(self, printer: Printer, *, trusted: bool = False) -> None:
        """Make one; `trusted` leaves the HTML that shortcodes enclose as it is."""
        self.printer = printer
        printer.left = self.left
        printer.is_own = self.is_html
        self.harmless = str if trusted else sanitised
        self.sanitises = self.has_markup and not trusted
        """Whether HTML that shortcodes enclose is sanitised."""

    @abstractmethod
    def literal(self, source: str) -> Markup:
        """Return the source of a delimiter as it is to be printed."""

    def left(self, output: Output) -> str:
        """Return the source of a shortcode as it is printed where its output cannot stand."""
        return self.literal(output.source.shown)

    @abstractmethod
    def whole(self, template: str, outputs: Outputs, *, as_page: bool = False) -> str:
        """Return the whole document; `as_page`, when it will fill a page."""

    @abstractmethod
    def enclosed(self, template: str, outputs: Outputs) -> Markup:
        """Return what a handled shortcode encloses."""

    def parts(self, template: str) -> tuple[str, str, str]:
        """Return what a failed shortcode encloses: what stays in the text as it is, what is laid
        out as if a handler were to get it, and what stays behind that.
        """
        return "", template, ""

"""What the layout of a format does; each format has one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from markupsafe import Markup

from shortcodes_html.outputs import Outputs
from shortcodes_html.place import Printer
from shortcodes_html.sanitising import sanitised


class Layout(ABC):
    """Turns text with placeholders into HTML with outputs."""

    protect: ClassVar[bool] = False
    """Source that stays must be hidden from the layout, which would read it as something else."""

    def __init__(self, printer: Printer, *, trusted: bool = False) -> None:
        """Make one; `trusted` leaves the HTML that shortcodes enclose as it is."""
        self.printer = printer
        printer.literal = self.literal
        self.harmless = str if trusted else sanitised

    @abstractmethod
    def literal(self, source: str) -> Markup:
        """Return the source of a shortcode as it is to be printed."""

    @abstractmethod
    def whole(self, template: str, outputs: Outputs, *, as_page: bool = False) -> str:
        """Return the whole document; `as_page`, when it will fill a page."""

    @abstractmethod
    def enclosed(self, template: str, outputs: Outputs) -> Markup:
        """Return what a handled shortcode encloses."""

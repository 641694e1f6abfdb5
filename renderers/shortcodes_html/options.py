"""The options of the `html` renderer: read once, checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from types import NoneType
from typing import Any

from shortcodes.checks import check_each, check_one_of, check_type
from shortcodes.plugins import Handler

_CHOICES: Mapping[str, tuple[str | None, ...]] = {
    "unknown": ("keep", "strip", "mark"),
    "dir": ("ltr", "rtl", None),
    "styles": ("once", "inline", "none"),
}
_KINDS: Mapping[str, tuple[type, ...]] = {
    "page": (bool,),
    "title": (str, NoneType),
    "name": (str,),
    "lang": (str, NoneType),
    "link": (str,),
}
"""What the values of options may be."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may ask for, by keyword."""

    unknown: str = "keep"
    """What becomes of shortcodes without a handler: "keep" shows their source, "strip" takes them
    out as the `strip` renderer does, "mark" puts each delimiter into
    `<mark class="shortcode-unknown">`."""
    handlers: Iterable[Handler] = ()
    """Handlers for this call; they go before those that are installed."""
    page: bool = False
    """A complete page instead of a fragment. HTML that is a complete page already stays one."""
    title: str | None = None
    """The title of the page; else its first heading or first line."""
    name: str = ""
    """What the text is called, such as its file name: the title where the text gives none."""
    lang: str | None = None
    """The language tag of the page; else guessed from its letters."""
    dir: str | None = None
    """The direction of the page, "ltr" or "rtl"; else that of its language."""
    link: str = ""
    """The address of a style sheet that a page links to."""
    styles: str = "once"
    """Where the CSS of handlers goes: "once" puts a `<style>` before the first output that needs
    it, or into the head of a page; "inline" writes it into `style` attributes, for feeds and mail,
    which needs the extra `inline`; "none" leaves it to the page's own style sheet."""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Options:
        """Return the options.

        Raises `TypeError` for one that is unknown or of a wrong type, `ValueError` for its value.
        """
        known = {field.name for field in fields(cls)}
        for name in given:
            if name not in known:
                raise TypeError(f"the html renderer has no option {name!r}")
        options = cls(**given)
        for name, kinds in _KINDS.items():
            check_type(name, getattr(options, name), *kinds)
        for name, choices in _CHOICES.items():
            check_one_of(name, getattr(options, name), choices)
        return replace(options, handlers=check_each("handlers", options.handlers, Handler))

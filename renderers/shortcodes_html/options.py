"""The options of the `html` renderer, which are checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from types import NoneType
from typing import Any

from shortcodes.common.checks import check_each, check_one_of, check_type
from shortcodes.plugins import Handler

_CHOICES: Mapping[str, tuple[str | None, ...]] = {
    "unknown": ("keep", "strip", "mark"),
    "dir": ("ltr", "rtl", None),
    "styles": ("once", "inline", "none"),
}
_TYPES: Mapping[str, tuple[type, ...]] = {
    "page": (bool,),
    "from_template": (bool,),
    "commonmark": (bool,),
    "title": (str, NoneType),
    "name": (str,),
    "lang": (str, NoneType),
    "link": (str,),
}
"""The types of options that accept any value of a type."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one call, by keyword."""

    unknown: str = "keep"
    """What becomes of shortcodes without a handler: "keep" shows their source, "strip" takes them
    out as the `strip` renderer does, and "mark" puts each delimiter into
    `<mark class="shortcode-unknown">`."""
    handlers: Iterable[Handler] = ()
    """Handlers for this call; they take precedence over installed ones."""
    page: bool = False
    """Whether to return a complete page instead of a fragment. HTML that is a complete page stays
    one."""
    title: str | None = None
    """The title of the page. By default it is the first heading, or else the first line."""
    name: str = ""
    """The name of the text, such as its file name, which is the title of a page without words."""
    lang: str | None = None
    """The language tag of the page. By default it is guessed from the letters of the text."""
    dir: str | None = None
    """The direction of the page, "ltr" or "rtl". By default it is the direction of its language."""
    link: str = ""
    """The address of a style sheet that a page links to, if any."""
    styles: str = "once"
    """Where the CSS of handlers goes: "once" puts a `<style>` before the first output that needs
    it, or into the head of a page; "inline" writes it into `style` attributes, for feeds and mail,
    which requires the extra `inline`; "none" leaves it out, for pages with a style sheet of their
    own."""

    commonmark: bool = False
    """Whether Markdown is read as CommonMark, without tables, strikethrough, task lists, footnotes
    and definition lists."""

    from_template: bool = False
    """Whether a template wrote the text, with variables that are escaped as HTML. In Markdown, a
    line break in a quoted value then ends neither the tag nor the block of HTML around it."""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Options:
        """Return the options with these values.

        Raises `TypeError` for an unknown option and for a value of a wrong type, and `ValueError`
        for any other wrong value.
        """
        known = {field.name for field in fields(cls)}
        for name in values:
            if name not in known:
                raise TypeError(f"the html renderer has no option {name!r}")
        options = cls(**values)
        for name, types in _TYPES.items():
            check_type(name, getattr(options, name), *types)
        for name, choices in _CHOICES.items():
            check_one_of(name, getattr(options, name), choices)
        return replace(options, handlers=check_each("handlers", options.handlers, Handler))

"""The base of all codes: what may be wrong with shortcodes, each with a page about it."""

from __future__ import annotations

import inspect
import re
from functools import cached_property
from typing import ClassVar

from shortcodes.diagnostics import Severity

_HEADING = re.compile(r"^## (.++)$", re.MULTILINE)


class Code:
    """A code of diagnostics. The docstring of a subclass is its page in the documentation."""

    code: ClassVar[str]
    name: ClassVar[str]
    """The name of the class in lower case with hyphens."""
    severity: ClassVar[Severity] = "warning"

    def __init_subclass__(cls) -> None:
        if "name" not in cls.__dict__:
            cls.name = hyphenate(cls.__name__)

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.page.partition("\n\n")[0].replace("\n", " ")

    @cached_property
    def page(self) -> str:
        """The docstring, as Markdown."""
        return inspect.cleandoc(type(self).__doc__ or "")

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings of the page, in order."""
        return tuple(_HEADING.findall(self.page))


def hyphenate(name: str) -> str:
    """Return the name of a code from that of its class: `foreign-quotes` for `ForeignQuotes`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()

"""Codes: what may be wrong with shortcodes, with a page about each."""

from __future__ import annotations

import inspect
import re
from typing import ClassVar

from shortcodes.diagnostics import Severity

_HEADING = re.compile(r"^## (.++)$", re.MULTILINE)


class Code:
    """What a code stands for. The docstring of a subclass is its page of the documentation."""

    code: ClassVar[str]
    name: ClassVar[str]
    """What the class is called, in lower case with hyphens."""
    severity: ClassVar[Severity] = "warning"

    def __init_subclass__(cls) -> None:
        if "name" not in cls.__dict__:
            cls.name = hyphenated(cls.__name__)

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.page.partition("\n\n")[0].replace("\n", " ")

    @property
    def page(self) -> str:
        """The docstring, as Markdown."""
        return inspect.cleandoc(type(self).__doc__ or "")

    @property
    def headings(self) -> list[str]:
        """The headings of the page, in order."""
        return _HEADING.findall(self.page)


def hyphenated(name: str) -> str:
    """Return the name of a class as that of a code: `foreign-quotes` for `ForeignQuotes`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()

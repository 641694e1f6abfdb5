"""SC107: a shortcode that is never closed, although others with its name are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from shortcodes.diagnostics import Severity
from shortcodes.linting.rule import Candidate, Subject, YieldingRule


class UnclosedShortcode(YieldingRule):
    """A shortcode is never closed, although others with its name are.

    ## What it does
    Finds shortcodes without a closing tag in texts where more shortcodes with their name have one.
    If there are only two, it is enough that the other one is closed.

    ## Why is this bad
    The text that it should enclose is not part of it. In WordPress it may reach up to the closing
    tag of another shortcode.

    ## Example
    ```text
    [tab]One[/tab] [tab]Two[/tab] [tab]Three
    ```

    ## Use instead
    ```text
    [tab]One[/tab] [tab]Two[/tab] [tab]Three[/tab]
    ```
    """

    code = "SC107"
    name = "unclosed-shortcode"
    severity: ClassVar[Severity] = "info"
    yields_to = ("SC104", "SC105", "SC106", "SC108")

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield a candidate for every unclosed shortcode, if more with its name are closed."""
        if "[/" not in subject.text:
            return
        crossing = {delimiter.name for delimiter in subject.loose.crossing}
        closed = Counter(sc.name for sc in subject.shortcodes if sc.close_span is not None)
        alone = [sc for sc in subject.shortcodes if sc.name in closed and sc.kind == "standalone"]
        counts = Counter(shortcode.name for shortcode in alone)
        for shortcode in alone:
            name = shortcode.name
            few = counts[name] < closed[name] or counts[name] == closed[name] == 1
            if few and name not in crossing:
                message = f"[{name}] is never closed, but others in this text are"
                yield shortcode.open_span, partial(self.found, message, shortcode.open_span)

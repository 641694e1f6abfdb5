"""SC107: a shortcode that is never closed, although it, or others with its name, should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Edit, Fix, Severity
from shortcodes.linting.rule import Candidate, Subject, YieldingRule
from shortcodes.nodes import Shortcode


class UnclosedShortcode(YieldingRule):
    """A shortcode is never closed, although others with its name are, or it has to be.

    ## What it does
    Finds shortcodes without a closing tag whose schema says that they always enclose text, with the
    likely place of the closing tag: the end of the paragraph. Without a schema, it finds them in
    texts where more shortcodes with their name have one. If there are only two, it is enough that
    the other one is closed.

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

    ## Fix safety
    Unsafe: it is a guess where the enclosed text ends.
    """

    code = "SC107"
    name = "unclosed-shortcode"
    severity: ClassVar[Severity] = "info"
    yields_to = ("SC102", "SC104", "SC105", "SC106", "SC108", "SC109", "SC110")

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield a candidate for every unclosed shortcode, if more with its name are closed."""
        unclosed = subject.by_schema.enclosing.unclosed
        explained = subject.find_misclosed_names() if unclosed else frozenset()
        must_close = {sc: place for sc, place in unclosed if sc.name not in explained}
        for shortcode, place in must_close.items():
            yield shortcode.open_span, partial(self._build, subject, shortcode, place)
        if "[/" not in subject.text:
            return
        crossing = {delimiter.name for delimiter in subject.loose.crossing}
        closed = Counter(sc.name for sc in subject.shortcodes if sc.close_span is not None)
        alone = [sc for sc in subject.shortcodes if sc.name in closed and sc.kind == "standalone"]
        counts = Counter(shortcode.name for shortcode in alone)
        for shortcode in alone:
            name = shortcode.name
            few = counts[name] < closed[name] or counts[name] == closed[name] == 1
            if few and name not in crossing and shortcode not in must_close:
                message = f"[{name}] is never closed, but others in this text are"
                yield shortcode.open_span, partial(self.found, message, shortcode.open_span)

    def _build(self, subject: Subject, shortcode: Shortcode, place: int) -> Diagnostic:
        """Return the finding for a shortcode that has to be closed."""
        name = shortcode.name
        line, column = subject.document.position(place)
        message = f"close [{name}] with [/{name}]: it always encloses text"
        hint = f"the likely place is line {line}, column {column}"
        fix = Fix(f"insert [/{name}]", (Edit((place, place), f"[/{name}]"),), safe=False)
        return replace(
            self.found(message, shortcode.open_span, hint=hint, fix=fix), severity="warning"
        )

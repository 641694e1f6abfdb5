"""SC901: what WordPress reads differently from what was meant, where no other rule says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Candidate, Subject, YieldingRule
from shortcodes.nodes import Attribute, Shortcode

_SHOWN = 60
"""Code points of what WordPress reads that a message shows."""


class ReadOtherwise(YieldingRule):
    """WordPress reads a shortcode differently from what was meant.

    ## What it does
    Reads the text as it was meant and as WordPress reads it, and finds the shortcodes in which the
    two differ: in their attributes, in where they end, or in whether they are shortcodes at all.
    Differences that another rule explains are not reported.

    ## Why is this bad
    What the author sees in another tool is not what the published page shows.

    ## Example
    ```text
    [map größe="3 4"]
    ```

    ## Use instead
    ```text
    [map size="3 4"]
    ```

    ## Fix safety
    Safe in the lenient dialect: the attributes stay the same, and WordPress can read them.
    """

    code = "SC901"
    name = "read-otherwise"
    yields_to = (
        *("SC10", "SC201", "SC202", "SC204", "SC205", "SC206", "SC302", "SC404"),
        *("SC902", "SC903", "SC91", "SC943"),
    )

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield one candidate for every shortcode that differs."""
        differences, meant_at = subject.differences, subject.meant_at
        for place in differences.unseen:
            yield self._candidate(subject, meant_at(place), _unseen)
        for place in differences.cut:
            yield self._candidate(subject, meant_at(place), _as_read)
        by_others = {*differences.swallowing, *(inner for _, inner in differences.nesting)}
        names = {meant_at(place).name for place in by_others}
        for place in differences.closed_elsewhere:
            if meant_at(place).name not in names:
                yield self._candidate(subject, meant_at(place), _closed)
        # Who reads as WordPress does knows of these: mostly names that only it can read.
        further = differences.further if subject.dialect != "wordpress" else ()
        for name, start, end, *_ in further:
            message = f"WordPress will read this as a shortcode, [{name}]"
            yield (start, end), partial(self.found, message, (start, end))
        gone = {meant_at(place).open_span[0] for place in (*differences.unseen, *differences.cut)}
        for shortcode in subject.mends.misread if subject.suspects else ():
            if shortcode.open_span[0] not in gone:
                yield self._candidate(subject, shortcode, _as_read)

    def _candidate(
        self, subject: Subject, shortcode: Shortcode, say: Callable[[Subject, Shortcode], str]
    ) -> Candidate:
        def make() -> Diagnostic:
            message, fix = say(subject, shortcode), subject.mend(shortcode)
            return self.found(message, shortcode.open_span, fix=fix)

        return shortcode.open_span, make


def _unseen(subject: Subject, shortcode: Shortcode) -> str:
    """Say that WordPress finds nothing there."""
    return f"WordPress will read this as text, not as [{shortcode.name}]"


def _as_read(subject: Subject, shortcode: Shortcode) -> str:
    """Say what WordPress makes of an opening tag."""
    read = subject.read_at(shortcode.open_span[0])
    if read is None:
        return f"WordPress will find other attributes in this [{shortcode.name}]"
    source = " ".join([read.name, *map(_shown, read.attribute_nodes)])
    shown = source if len(source) <= _SHOWN else f"{source[:_SHOWN]}…"
    return f"WordPress will read this as [{shown}]"


def _shown(attribute: Attribute) -> str:
    quote = "'" if '"' in attribute.value else '"'
    value = f"{quote}{attribute.value}{quote}"
    return f"{attribute.name}={value}" if attribute.name else value


def _closed(subject: Subject, shortcode: Shortcode) -> str:
    """Say where WordPress closes a shortcode."""
    read = subject.read_at(shortcode.open_span[0])
    if read is None or read.close_span is None:
        return f"WordPress will not read the closing tag of this [{shortcode.name}]"
    line = subject.document.position(read.close_span[0]).line
    return f"WordPress will close this [{shortcode.name}] in line {line}"

"""SC901: what WordPress reads differently from what was meant, where no other rule says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Candidate, Subject, YieldingRule
from shortcodes.nodes import Attribute, Shortcode

_SHOWN = 60
"""How many code points of what WordPress reads a message shows."""


class ReadOtherwise(YieldingRule):
    """WordPress reads a shortcode differently from what was meant.

    ## What it does
    Reads the text as it was meant and as WordPress reads it, and finds the shortcodes in which the
    two differ: in their attributes, in where they end, or in whether they are shortcodes at all.
    Differences that another rule explains are not reported.

    ## Why is this bad
    What the author sees in another tool is not what the published page shows.

    ## Example
    The closing tag makes WordPress run the escaped shortcode, with the text up to it as content:
    ```text
    Write [[map zoom=7]] for a map, and [/map] to end it.
    ```

    ## Use instead
    ```text
    Write [[map zoom=7]] for a map, and [[/map]] to end it.
    ```

    ## Fix safety
    Safe in the lenient dialect if all values are plausible: the attributes stay the same, and
    WordPress can read them.
    """

    code = "SC901"
    name = "read-otherwise"
    yields_to = (
        *("SC10", "SC201", "SC202", "SC204", "SC205", "SC206", "SC302", "SC304", "SC404"),
        *("SC902", "SC903", "SC91", "SC943"),
    )

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield one candidate for every shortcode that differs."""
        differences, meant_at = subject.differences, subject.meant_at
        for index in differences.unseen:
            yield self._candidate(subject, meant_at(index), _describe_unseen)
        for index in differences.cut:
            yield self._candidate(subject, meant_at(index), _describe_reading)
        explained = {*differences.swallowing, *(inner for _, inner in differences.nesting)}
        names = {meant_at(index).name for index in explained}
        for index in differences.closed_elsewhere:
            if meant_at(index).name not in names:
                yield self._candidate(subject, meant_at(index), _describe_closing)
        # Mostly names that only WordPress can read. Its own dialect reads them too.
        further = differences.further if subject.dialect != "wordpress" else ()
        for name, start, end, *_ in further:
            message = f"WordPress will read this as a shortcode, [{name}]"
            yield (start, end), partial(self.found, message, (start, end))
        reported = {
            meant_at(index).open_span[0] for index in (*differences.unseen, *differences.cut)
        }
        for shortcode in subject.mends.misread if subject.suspects else ():
            if shortcode.open_span[0] not in reported:
                yield self._candidate(subject, shortcode, _describe_reading)

    def _candidate(
        self, subject: Subject, shortcode: Shortcode, describe: Callable[[Subject, Shortcode], str]
    ) -> Candidate:
        def build() -> Diagnostic:
            message, fix = describe(subject, shortcode), subject.mend(shortcode)
            return self.found(message, shortcode.open_span, fix=fix)

        return shortcode.open_span, build


def _describe_unseen(subject: Subject, shortcode: Shortcode) -> str:
    """Return that WordPress finds nothing there."""
    return f"WordPress will read this as text, not as [{shortcode.name}]"


def _describe_reading(subject: Subject, shortcode: Shortcode) -> str:
    """Return what WordPress reads in an opening tag."""
    read = subject.read_at(shortcode.open_span[0])
    if read is None:
        return f"WordPress will find other attributes in this [{shortcode.name}]"
    source = " ".join([read.name, *map(_format_attribute, read.attribute_nodes)])
    shown = source if len(source) <= _SHOWN else f"{source[:_SHOWN]}…"
    return f"WordPress will read this as [{shown}]"


def _format_attribute(attribute: Attribute) -> str:
    quote = "'" if '"' in attribute.value else '"'
    value = f"{quote}{attribute.value}{quote}"
    return f"{attribute.name}={value}" if attribute.name else value


def _describe_closing(subject: Subject, shortcode: Shortcode) -> str:
    """Return where WordPress closes a shortcode."""
    read = subject.read_at(shortcode.open_span[0])
    if read is None or read.close_span is None:
        return f"WordPress will not read the closing tag of this [{shortcode.name}]"
    line = subject.document.position(read.close_span[0]).line
    return f"WordPress will close this [{shortcode.name}] in line {line}"

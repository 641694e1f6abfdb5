"""SC901: what WordPress reads otherwise than it was meant, where no other rule says why."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.nodes import Attribute, Shortcode
from shortcodes.rules.rule import Rule, Subject

_SHOWN = 60
"""Code points of what WordPress reads that a message shows."""


class ReadOtherwise(Rule):
    """WordPress reads a shortcode otherwise than it was meant.

    ## What it does
    Reads the text as it was meant and as WordPress does, and finds the shortcodes in which the two
    differ: attributes, where the shortcode ends, whether it is one at all. It is silent where
    another rule says why.

    ## Why is this bad
    What the author sees in another tool is not what the published page shows.

    ## Example
    ```text
    [map zoom = 7, place=Cairo"s]
    ```

    ## Use instead
    ```text
    [map zoom="7" place='Cairo"s']
    ```

    ## Fix safety
    Safe in the lenient dialect: the attributes stay the same, and WordPress reads them too.
    """

    code = "SC901"
    name = "read-otherwise"
    yields_to = ("SC10", "SC2", "SC3", "SC404", "SC902", "SC91")

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every shortcode that differs, once."""
        differences, meant_at = subject.differences, subject.meant_at
        for place in differences.unseen:
            shortcode = meant_at(place)
            message = f"WordPress will read this as text, not as [{shortcode.name}]"
            yield self._at(subject, shortcode, message)
        for place in differences.cut:
            yield self._at(subject, meant_at(place), _as_read(subject, meant_at(place)))
        by_others = {*differences.swallowing, *(inner for _, inner in differences.nesting)}
        names = {meant_at(place).name for place in by_others}
        for place in differences.closed_elsewhere:
            shortcode = meant_at(place)
            if shortcode.name not in names:
                yield self._at(subject, shortcode, _closed(subject, shortcode))
        for row in differences.further:
            message = f"WordPress will read this as a shortcode, [{row[0]}]"
            yield self.found(message, (row[1], row[2]))
        gone = {meant_at(place).open_span[0] for place in (*differences.unseen, *differences.cut)}
        for shortcode in subject.mends.misread if subject.suspects else ():
            if shortcode.open_span[0] not in gone:
                yield self._at(subject, shortcode, _as_read(subject, shortcode))

    def _at(self, subject: Subject, shortcode: Shortcode, message: str) -> Diagnostic:
        return self.found(message, shortcode.open_span, fix=subject.mend(shortcode))


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

"""SC302: attributes with no space between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Attribute

_JOINED = re.compile(r"""=[ \t\r\n]*+(?:"[^"]*+"|'[^']*+')(?=[\w-]++=)""")


class AttributesWithoutSpace(Rule):
    """There is no space between two attributes.

    ## What it does
    Finds attributes that begin right after the closing quote of the value before them. Each
    shortcode is reported once, at the first of them.

    ## Why is this bad
    WordPress requires white space after every value. It reads the two attributes as one value
    without a name, so that neither has an effect.

    ## Example
    ```text
    [map zoom="7"place="Cairo"]
    ```

    ## Use instead
    ```text
    [map zoom="7" place="Cairo"]
    ```

    ## Fix safety
    Safe in the lenient dialect, if it is certain that the attributes stay the same and all values
    are plausible. Unsafe in the WordPress dialect, which reads other attributes afterwards than
    before.
    """

    code = "SC302"
    name = "attributes-without-space"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such attributes."""
        by_wordpress = subject.dialect == "wordpress"
        for shortcode, attributes in zip(subject.shortcodes, subject.attributes, strict=True):
            if by_wordpress:
                opening = _JOINED.finditer(subject.text, *shortcode.open_span)
                offsets = [match.end() for match in opening]
            else:
                offsets = _find_joints(attributes)
            if offsets:
                edits = tuple(Edit((offset, offset), " ") for offset in offsets)
                count = "a space is" if len(offsets) == 1 else f"{len(offsets)} spaces are"
                yield self.found(
                    f"{count} missing between attributes: WordPress does not read them",
                    _span_neighbours(offsets[0], attributes),
                    fix=subject.mend(shortcode)
                    or Fix("add a space between attributes", edits, safe=False),
                )


def _find_joints(attributes: Sequence[Attribute]) -> list[int]:
    """Return the offsets at which a quoted value ends and the next named attribute begins."""
    return [
        following.span[0]
        for previous, following in pairwise(attributes)
        if previous.span[1] == following.span[0] and previous.quotes and following.name is not None
    ]


def _span_neighbours(offset: int, attributes: Sequence[Attribute]) -> tuple[int, int]:
    """Return the span of the two attributes on both sides of an offset."""
    spans = [a.span for a in attributes if a.span[0] <= offset <= a.span[1]]
    return (spans[0][0], spans[-1][1]) if spans else (offset, offset + 1)

"""SC301: an attribute that is repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shortcodes.diagnostics import Diagnostic, Edit, Fix
from shortcodes.html.whole import has_whole_tags
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Attribute


class DuplicateAttribute(Rule):
    """An attribute is repeated.

    ## What it does
    Finds attributes with the same name as an earlier attribute of the shortcode.

    ## Why is this bad
    Only the last value counts; the others are lost without notice.

    ## Example
    ```text
    [map zoom="7" zoom="9"]
    ```

    ## Use instead
    ```text
    [map zoom="9"]
    ```

    ## Fix safety
    Unsafe: of two equal values the second is removed. Of two different values the first is removed.
    It counts for nothing, but it may be the one that was meant.
    """

    code = "SC301"
    name = "duplicate-attribute"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every attribute that is not the first with its name."""
        for attributes in subject.attributes:
            seen: dict[str, int] = {}
            # Without a value in which an HTML tag begins or ends, other words would be in the tag.
            is_whole = all(has_whole_tags(attribute.raw) for attribute in attributes)
            for index, attribute in enumerate(attributes):
                if attribute.name is None:
                    continue
                if attribute.name in seen:
                    message = (
                        f"the attribute {attribute.name} is repeated: only its last value counts"
                    )
                    fix = _build_fix(attributes, seen[attribute.name], index) if is_whole else None
                    yield self.found(message, attribute.span, fix=fix)
                seen[attribute.name] = index


def _build_fix(attributes: Sequence[Attribute], first: int, second: int) -> Fix:
    """Return the fix that removes one of two attributes with the same name."""
    if attributes[first].value == attributes[second].value:
        removed = (attributes[second - 1].span[1], attributes[second].span[1])
        return Fix("remove the repetition", (Edit(removed, ""),), safe=False)
    removed = (attributes[first].span[0], attributes[first + 1].span[0])
    return Fix("remove the value that is lost", (Edit(removed, ""),), safe=False)

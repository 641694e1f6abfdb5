"""SC203: a value that no straight quote can carry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from shortcodes.linting.rule import Candidate, Subject, YieldingRule


class UncarriedValue(YieldingRule):
    """No straight quote can carry a value.

    ## What it does
    Finds shortcodes that WordPress misreads and that no way of writing them with straight quotes
    would mend: a value holds both `"` and `'`, a `]` or a lone `<`, or its attribute is named `0`,
    which WordPress drops.

    ## Why is this bad
    The shortcode stays as it is when all others are fixed.

    ## Example
    ```text
    [testimonial text=”It’s 5" and 6' long” by=”an editor”]
    ```

    ## Use instead
    ```text
    [testimonial text="It’s 5&quot; and 6' long" by="an editor"]
    ```

    ## Fix safety
    Unsafe: what no quote can carry is written as entities, and WordPress hands these on as they
    are. In HTML they look the same.
    """

    code = "SC203"
    name = "uncarried-value"
    yields_to = ("SC108", "SC205", "SC206", "SC901", "SC912", "SC913")

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Give every such shortcode, at the first such value."""
        if not subject.suspects and not subject.differences.swallowing:
            return
        uncarried = subject.mends.uncarried
        for shortcode in subject.mends.misread:
            start = shortcode.open_span[0]
            if start in uncarried:
                message, span = uncarried[start]
                yield span, partial(self.found, message, span, fix=subject.mend(shortcode))

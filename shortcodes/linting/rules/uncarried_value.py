"""SC203: a value that cannot be written in straight quotes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from shortcodes.linting.rule import Candidate, Subject, YieldingRule


class UncarriedValue(YieldingRule):
    """A value cannot be put in straight quotes as it is.

    ## What it does
    Finds shortcodes that WordPress would misread even with straight quotes around their values,
    because a value contains both kinds of straight quotes, a `]`, or a `<` that begins no HTML tag.
    The rule is named after such values: straight quotes cannot carry them. It also finds an
    attribute named `0`, which WordPress ignores.

    ## Why is this bad
    WordPress misreads this shortcode, and safe fixes cannot repair it.

    ## Example
    The value contains a `'` and a `"`, so neither can enclose it:
    ```text
    [shelf size=”6' by 30"”]
    ```

    ## Use instead
    ```text
    [shelf size="6' by 30&quot;"]
    ```

    ## Fix safety
    Unsafe: the characters are written as entities, which WordPress passes on as they are. In HTML
    they look the same.
    """

    code = "SC203"
    name = "uncarried-value"
    yields_to = ("SC108", "SC205", "SC206", "SC304", "SC901", "SC912", "SC913")

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield a candidate for every such shortcode, at the first such value."""
        if not subject.suspects and not subject.differences.swallowing:
            return
        uncarried = subject.mends.uncarried
        for shortcode in subject.mends.misread:
            start = shortcode.open_span[0]
            if start in uncarried:
                message, span = uncarried[start]
                yield span, partial(self.found, message, span, fix=subject.mend(shortcode))

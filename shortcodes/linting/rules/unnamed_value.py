"""SC604: a value without a name that the shortcode does not take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from shortcodes.linting.rule import Candidate, Subject, YieldingRule
from shortcodes.linting.schema_rule import SchemaRule


class UnnamedValue(SchemaRule, YieldingRule):
    """The shortcode does not take this value without a name.

    ## What it does
    Finds positional attributes, values without a name, beyond those that the schema of the
    shortcode takes. Each shortcode is reported once, at the first of them.

    ## Why is this bad
    The value has no effect. Usually its name is missing, or a quote before it.

    ## Example
    ```text
    [gallery 4,8,15]
    ```

    ## Use instead
    ```text
    [gallery ids="4,8,15"]
    ```
    """

    code = "SC604"
    name = "unnamed-value"
    yields_to = ("SC2", "SC302", "SC304")

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Yield a candidate for everything that the schemas find under this code."""
        for found in self.check(subject):
            yield found.span, partial(replace, found)

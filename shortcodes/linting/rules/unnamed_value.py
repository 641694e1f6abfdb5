"""SC604: a value without a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from shortcodes.linting.rule import Candidate, Subject, YieldingRule
from shortcodes.linting.schema_rule import SchemaRule


class UnnamedValue(SchemaRule, YieldingRule):
    """A value stands without a name where nothing takes it.

    ## What it does
    Finds values without a name beyond those that the shortcode's schema takes by their place. A
    shortcode is reported once, at the first of them.

    ## Why is this bad
    It has no effect. Mostly a name is missing, or a quote before it.

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
    yields_to = ("SC2", "SC302")

    def candidates(self, subject: Subject) -> Iterator[Candidate]:
        """Give what the schemas find, each with its place."""
        for found in self.check(subject):
            yield found.span, partial(replace, found)

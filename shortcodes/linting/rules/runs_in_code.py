"""SC902: a shortcode in code, which WordPress runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.linting.rule import Rule, Subject


class RunsInCode(Rule):
    """A shortcode stands in code or a comment, and WordPress runs it.

    ## What it does
    Finds shortcodes in `<pre>`, `<code>`, `<script>`, `<style>` and `<textarea>`, which other tools
    leave alone.

    ## Why is this bad
    WordPress gives code no protection. An example of a shortcode becomes its output.

    ## Example
    ```text
    Write [map zoom=7], as in <code>[map zoom=7]</code>.
    ```

    ## Use instead
    ```text
    Write [map zoom=7], as in <code>[[map zoom=7]]</code>.
    ```
    """

    code = "SC902"
    name = "runs-in-code"
    severity: ClassVar[Severity] = "info"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every shortcode that only WordPress finds, inside code."""
        further = subject.differences.further
        for name, start, end, *_ in further:
            if start in subject.starts_in_code:
                message = f"WordPress runs this [{name}], though it stands in code"
                yield self.found(message, (start, end))

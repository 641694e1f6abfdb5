"""SC902: a shortcode in code, which WordPress runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from shortcodes.diagnostics import Diagnostic, Severity
from shortcodes.linting.rule import Rule, Subject


class RunsInCode(Rule):
    """A shortcode is in code or a comment, and WordPress runs it.

    ## What it does
    Finds shortcodes in comments and in `<pre>`, `<code>`, `<script>`, `<style>` and `<textarea>`,
    which other tools do not touch.

    ## Why is this bad
    WordPress does not protect code: an example of a shortcode turns into its output.

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
        """Yield a finding for every shortcode in code that only WordPress reads."""
        further = subject.differences.further
        for name, start, end, *_ in further:
            if start in subject.starts_in_code:
                message = f"WordPress runs this [{name}], although it is in code"
                yield self.found(message, (start, end))

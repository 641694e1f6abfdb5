"""SC109: a shortcode that an HTML tag splits."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject


class SplitByHtml(Rule):
    """A shortcode begins in the value of an HTML attribute and ends outside of it.

    ## What it does
    Finds tags of shortcodes that begin inside an HTML tag and do not end in the same value, and
    pairs of which only one tag stands inside an HTML tag. The lenient dialect reads them as text.

    ## Why is this bad
    Whoever takes such a shortcode out, or puts something in its place, makes attributes of what was
    a value: sanitised HTML could turn into a script that way. Readers see the source instead.

    ## Example
    ```text
    <img alt="[year before='">"] src="/a.png">
    ```

    ## Use instead
    ```text
    <img alt="[year before='']" src="/a.png">
    ```
    """

    code = "SC109"
    name = "split-by-html"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield every such tag of a shortcode."""
        for delimiter in subject.document.split_by_html:
            yield self.found(delimiter.split_message, (delimiter.start, delimiter.end))

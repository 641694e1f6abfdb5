"""SC109: a shortcode that an HTML tag splits."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject


class SplitByHtml(Rule):
    """A shortcode begins in the value of an HTML attribute and ends outside of it.

    ## What it does
    Finds shortcode tags that begin inside an HTML tag and do not end in the same attribute value,
    and pairs of which only one is inside an HTML tag. The lenient dialect reads them as text.

    Some HTML is ambiguous: in `<svg>`, `<math>`, `<select>` or `<frameset>`, browsers may read a
    `<` in a `<style>`, `<title>` or similar element as a tag. In such a text, all shortcodes are
    read as text.

    ## Why is this bad
    Removing or replacing such a shortcode would turn parts of a value into attributes, and could
    let a script into HTML that was sanitized. So it is left alone, and readers see its source.

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
        """Yield a finding for every such shortcode tag."""
        for delimiter in subject.document.split_by_html:
            yield self.found(delimiter.split_message, (delimiter.start, delimiter.end))

"""SC109: a shortcode that is read as text because of the HTML around it."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject
from shortcodes.splits import diagnose_splits


class SplitByHtml(Rule):
    """A shortcode is read as text because of the HTML around it.

    ## What it does
    Finds shortcodes in two cases, in which the lenient dialect reads them as text.

    1. An HTML tag splits the shortcode: one of its tags begins inside an HTML tag and does not end
       in the same attribute value, or only one of its two tags is inside an HTML tag.
    2. Browsers may read the HTML in two ways: the text contains `<svg>`, `<math>`, `<select>` or
       `<frameset>`, and also a `<style>`, `<title>` or similar element that has a `<` in it or is
       never closed. Whether that `<` begins a tag depends on the elements around it. In such a
       text, every shortcode is found, and the message gives the position of the element.

    ## Why is this bad
    Removing or replacing such a shortcode could turn parts of a value into attributes, or text into
    tags, and so let a script into HTML that was sanitized. This is why the shortcode is not
    rendered, and readers see its source.

    ## Example
    The value of `alt` has no quotes, so it ends at the space:
    ```text
    <img alt=[year plus=1] src="/a.png">
    ```

    ## Use instead
    ```text
    <img alt="[year plus=1]" src="/a.png">
    ```
    """

    code = "SC109"
    name = "split-by-html"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such shortcode tag."""
        yield from diagnose_splits(subject.document)

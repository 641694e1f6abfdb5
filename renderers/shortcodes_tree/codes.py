"""Codes of problems that only converting can find: pages without a rule."""

from __future__ import annotations

from shortcodes.linting.code import Code


class OtherInMarkdown(Code):
    """In Markdown, other shortcodes or attributes would be read.

    ## What it does
    `convert --to markdown` reports that the text it wrote does not read back as the original.

    ## Why is this bad
    What is published from the Markdown is not what the original says.

    ## Example
    ```text
    [note]`[note]`[/note]
    ```

    ## Use instead
    ```text
    [note]a sentence about notes[/note]
    ```
    """

    code = "SC801"
    name = "other-in-markdown"

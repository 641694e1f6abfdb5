"""Codes of what only converting can find: pages without a rule."""

from __future__ import annotations

from shortcodes.linting.code import Code


class OtherInMarkdown(Code):
    """In Markdown other shortcodes or attributes would be read.

    ## What it does
    `convert --to markdown` says that the text it wrote reads back as something else.

    ## Why is this bad
    What is published from the Markdown is not what stood in the original.

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

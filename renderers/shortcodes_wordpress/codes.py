"""Codes of what only rendering and converting can find: pages without a rule."""

from __future__ import annotations

from shortcodes.linting.code import Code


class MissingMedia(Code):
    """The media library lacks some of what a gallery or playlist names; the rest is shown.

    ## What it does
    `render` and `convert` say which numbers the library does not have.

    ## Why is this bad
    Readers miss pictures or pieces without knowing it.

    ## Example
    ```text
    [gallery ids="12,13,99999"]
    ```

    ## Use instead
    ```text
    [gallery ids="12,13"]
    ```
    """

    code = "SC701"
    name = "missing-media"

"""Codes of problems that only rendering and converting can find: pages without a rule."""

from __future__ import annotations

from shortcodes.linting.code import Code


class MissingMedia(Code):
    """The media library lacks some attachments of a gallery or playlist; the others are shown.

    ## What it does
    `render` and `convert` report which ids the library does not have.

    ## Why is this bad
    Readers miss images or tracks without knowing it.

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

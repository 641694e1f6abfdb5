"""SC601: a value that does not fit."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class UnfitValue(SchemaRule):
    """A value does not fit the type of its attribute.

    ## What it does
    Finds values that the schema of the shortcode does not accept: not a number, not one of the
    choices, too large. Shortcodes without a schema are not checked.

    ## Why is this bad
    The default is used instead, without notice.

    ## Example
    ```text
    [gallery columns="three" order="DES"]
    ```

    ## Use instead
    ```text
    [gallery columns="3" order="DESC"]
    ```

    ## Fix safety
    Unsafe: it is a guess that the most similar choice was meant.
    """

    code = "SC601"
    name = "unfit-value"

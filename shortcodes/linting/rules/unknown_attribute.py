"""SC603: an attribute that the shortcode does not have."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class UnknownAttribute(SchemaRule):
    """The shortcode does not have this attribute.

    ## What it does
    Finds attributes that the schema of the shortcode does not list, unless the schema is
    open-ended. Upper and lower case make no difference.

    ## Why is this bad
    The attribute has no effect. Often it is the misspelt name of another one.

    ## Example
    ```text
    [gallery colums="2"]
    ```

    ## Use instead
    ```text
    [gallery columns="2"]
    ```

    ## Fix safety
    Unsafe: it is a guess that the most similar attribute was meant.
    """

    code = "SC603"
    name = "unknown-attribute"

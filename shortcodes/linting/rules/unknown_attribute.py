"""SC603: an attribute that there is not."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class UnknownAttribute(SchemaRule):
    """The shortcode has no such attribute.

    ## What it does
    Finds attributes that the shortcode's schema does not list, unless it is open-ended. Case does
    not count.

    ## Why is this bad
    It has no effect. Often it is another one, misspelt.

    ## Example
    ```text
    [gallery colums="2"]
    ```

    ## Use instead
    ```text
    [gallery columns="2"]
    ```

    ## Fix safety
    Unsafe: the attribute that is one slip away is a guess.
    """

    code = "SC603"
    name = "unknown-attribute"

"""SC601: a value does not fit."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class UnfitValue(SchemaRule):
    """A value does not fit the type of its attribute.

    ## What it does
    Finds values that the shortcode's schema does not take: no number where one is meant, none of
    the choices, too large. Shortcodes without a schema are not looked at.

    ## Why is this bad
    The default is used instead, without a word.

    ## Example
    ```text
    [gallery columns="three" order="DES"]
    ```

    ## Use instead
    ```text
    [gallery columns="3" order="DESC"]
    ```

    ## Fix safety
    Unsafe: of several choices the one that is one slip away is a guess.
    """

    code = "SC601"
    name = "unfit-value"

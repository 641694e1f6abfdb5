"""SC501: a card has an invalid colour."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardColour(SchemaRule):
    """A colour of the card is not valid CSS.

    ## What it does
    Finds values of `font-color` and `bg-color` that are not CSS colours.

    ## Why is this bad
    The card is shown in the default colour instead.

    ## Example
    ```text
    [covid19-ultimate-card region="EG" bg-color="0c3278"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card region="EG" bg-color="#0c3278"]
    ```
    """

    code = "SC501"
    name = "card-colour"

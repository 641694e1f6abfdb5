"""SC501: a card's colour is none."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardColour(SchemaRule):
    """A colour of the card is none.

    ## What it does
    Finds values of `font-color` and `bg-color` that are no colour of CSS.

    ## Why is this bad
    The card has the colours that it has without them.

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

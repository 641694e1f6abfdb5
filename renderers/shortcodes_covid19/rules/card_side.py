"""SC502: a card's side is none."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardSide(SchemaRule):
    """The side of the card's ornament is none.

    ## What it does
    Finds values of `bg-position` other than left, right and center.

    ## Why is this bad
    The ornament stands on the right.

    ## Example
    ```text
    [covid19-ultimate-card region="EG" bg-position="centre"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card region="EG" bg-position="center"]
    ```

    ## Fix safety
    Unsafe: the side is a guess, by one slip of the pen.
    """

    code = "SC502"
    name = "card-side"

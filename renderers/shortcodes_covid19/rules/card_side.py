"""SC502: a card has an invalid `bg-position`."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardSide(SchemaRule):
    """The position of the card's ornament is invalid.

    ## What it does
    Finds values of `bg-position` other than `left`, `right` and `center`. The ornament is the faint
    shape behind the figures.

    ## Why is this bad
    The ornament is shown on the right, whatever the author meant.

    ## Example
    ```text
    [covid19-ultimate-card region="EG" bg-position="centre"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card region="EG" bg-position="center"]
    ```

    ## Fix safety
    Unsafe: the value that was meant is guessed from a misspelling.
    """

    code = "SC502"
    name = "card-side"

"""SC504: a card has an unknown region."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardRegion(SchemaRule):
    """No figures are known for the region of the card.

    ## What it does
    Finds values of `region` that are missing from the figures in the package. The linter fetches
    nothing, so a region that only another source has is found too.

    ## Why is this bad
    The card shows dashes instead of figures.

    ## Example
    ```text
    [covid19-ultimate-card region="Atlantis"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card region="EG"]
    ```

    ## Fix safety
    Unsafe: it is a guess that the region with the most similar name was meant.
    """

    code = "SC504"
    name = "card-region"

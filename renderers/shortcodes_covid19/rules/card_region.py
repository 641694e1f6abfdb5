"""SC504: a card's region is unknown."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardRegion(SchemaRule):
    """There are no figures for the region of the card.

    ## What it does
    Finds values of `region` for which the figures inside the package have none. Nothing is fetched.

    ## Why is this bad
    The card shows dashes.

    ## Example
    ```text
    [covid19-ultimate-card region="Atlantis"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card region="EG"]
    ```
    """

    code = "SC504"
    name = "card-region"

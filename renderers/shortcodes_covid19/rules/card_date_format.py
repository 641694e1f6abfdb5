"""SC503: a card's date format is none."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardDateFormat(SchemaRule):
    """The date format of the card is none.

    ## What it does
    Finds values of `last-update` that make no date: without a letter of PHP's `date()`, longer than
    64 characters, with control characters, or with a backslash at the end.

    ## Why is this bad
    The card does not say when its figures were taken.

    ## Example
    ```text
    [covid19-ultimate-card region="EG" last-update="2020"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card region="EG" last-update="Y-m-d"]
    ```
    """

    code = "SC503"
    name = "card-date-format"

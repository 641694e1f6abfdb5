"""SC503: a card has an invalid date format."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardDateFormat(SchemaRule):
    """The date format of the card is invalid.

    ## What it does
    Finds values of `last-update` that cannot format a date: those without a letter that PHP's
    `date()` replaces, with more than 64 characters, with a control character, or with a backslash
    at the end.

    ## Why is this bad
    The card is shown without the line that says when its figures were updated.

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

"""SC508: a card's region is written in another way than its code."""

from __future__ import annotations

from typing import ClassVar

from shortcodes.diagnostics import Severity
from shortcodes.linting.schema_rule import SchemaRule


class CardRegionName(SchemaRule):
    """The region of the card is written in another way than its code.

    ## What it does
    Finds values of `region` that are a code of three letters or digits, or a name in English or
    Arabic.

    ## Why is this bad
    Two letters are the same in every language and in every program; a name may be read otherwise
    elsewhere, or not at all.

    ## Example
    ```text
    [covid19-ultimate-card region="Egypt"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card region="EG"]
    ```

    ## Fix safety
    Safe: the card is the same.
    """

    code = "SC508"
    name = "card-region-name"
    severity: ClassVar[Severity] = "info"

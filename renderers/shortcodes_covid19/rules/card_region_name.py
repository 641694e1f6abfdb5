"""SC508: a card names its region instead of using its code."""

from __future__ import annotations

from typing import ClassVar

from shortcodes.diagnostics import Severity
from shortcodes.linting.schema_rule import SchemaRule


class CardRegionName(SchemaRule):
    """The region of the card is not written as a two-letter code.

    ## What it does
    Finds values of `region` that are a code of three letters or digits, or a name in English or
    Arabic.

    ## Why is this bad
    A two-letter code means the same in every language and program. Another program may read a name
    differently, or not at all.

    ## Example
    ```text
    [covid19-ultimate-card region="Egypt"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card region="EG"]
    ```

    ## Fix safety
    Safe: the card stays the same.
    """

    code = "SC508"
    name = "card-region-name"
    severity: ClassVar[Severity] = "info"

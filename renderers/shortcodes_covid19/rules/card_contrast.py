"""SC505: a card's colours have too little contrast."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardContrast(SchemaRule):
    """The card is hard to read in its colours.

    ## What it does
    Finds a `font-color` and `bg-color` with a contrast of less than 4.5 : 1, the minimum for small
    text in success criterion 1.4.3 of WCAG 2.2. It also finds colours whose contrast cannot be
    computed, such as a transparent background.

    ## Why is this bad
    Many readers cannot read such a card, especially older people and anyone in bright sunlight.

    ## Example
    ```text
    [covid19-ultimate-card font-color="#ffffff" bg-color="#ffcc00"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card font-color="#000000" bg-color="#ffcc00"]
    ```

    ## Fix safety
    Unsafe: black or white replaces a colour that the author chose. `shortcodes render
    --fix-contrast` does the same without changing the text.
    """

    code = "SC505"
    name = "card-contrast"

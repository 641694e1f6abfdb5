"""SC505: a card's colours contrast too little."""

from __future__ import annotations

from shortcodes.linting.schema_rule import SchemaRule


class CardContrast(SchemaRule):
    """The colours of the card are hard to read.

    ## What it does
    Finds `font-color` and `bg-color` whose contrast is less than 4.5 : 1, the least for small text
    by success criterion 1.4.3 of WCAG 2.2, or cannot be told, as of colours that are see-through.

    ## Why is this bad
    Many readers cannot read the card, above all the old and those in the sun.

    ## Example
    ```text
    [covid19-ultimate-card font-color="#ffffff" bg-color="#ffcc00"]
    ```

    ## Use instead
    ```text
    [covid19-ultimate-card font-color="#000000" bg-color="#ffcc00"]
    ```

    ## Fix safety
    Unsafe: black or white takes the place of a colour that its author chose. `render
    --fix-contrast` does the same without changing the text.
    """

    code = "SC505"
    name = "card-contrast"

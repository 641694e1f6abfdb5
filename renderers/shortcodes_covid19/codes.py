"""Codes of what only rendering a card can find: pages without a rule."""

from __future__ import annotations

from typing import ClassVar

from shortcodes.diagnostics import Severity
from shortcodes.linting.code import Code


class CardSourceFailed(Code):
    """A source of the card's figures failed; what it said before is used, or the next source.

    ## What it does
    `render` says which source did not answer, or answered what cannot be read, and why.

    ## Why is this bad
    The figures may be older than they need to be, or missing.

    ## Example
    ```text
    shortcodes render --covid-source who article.txt
    ```

    ## Use instead
    ```text
    shortcodes render --covid-source who,snapshot article.txt
    ```
    """

    code = "SC506"
    name = "card-source-failed"


class CardFiguresLeftOut(Code):
    """Something that a source says was left out, since it cannot be.

    ## What it does
    `render` says which figure of a region contradicts itself or the others: a count below nought,
    more deaths than confirmed cases, words in place of a number.

    ## Why is this bad
    It is not: the card shows a dash where a wrong figure would stand.

    ## Example
    ```text
    region,confirmed,deaths
    EG,100,2000
    ```

    ## Use instead
    ```text
    region,confirmed,deaths
    EG,100,20
    ```
    """

    code = "SC507"
    name = "card-figures-left-out"
    severity: ClassVar[Severity] = "info"

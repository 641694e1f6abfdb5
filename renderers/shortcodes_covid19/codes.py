"""The codes of problems that are found only when a card is rendered. They have no rule."""

from __future__ import annotations

from typing import ClassVar

from shortcodes.diagnostics import Severity
from shortcodes.linting.code import Code


class CardSourceFailed(Code):
    """A data source of the card failed.

    ## What it does
    `shortcodes render` reports a source that did not answer, or whose answer cannot be read, and
    says why. The card uses the last answer of that source, or else the next source of the chain.

    ## Why is this bad
    The figures may be outdated or missing.

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
    """A figure was left out because it cannot be true.

    ## What it does
    `shortcodes render` reports each figure that is impossible: a total below zero, more deaths than
    confirmed cases, or text that is not a number.

    ## Why is this bad
    The source has an error. The card shows a dash instead of the wrong figure.

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

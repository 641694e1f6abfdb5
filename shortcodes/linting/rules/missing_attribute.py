"""SC602: a required attribute that is missing."""

from __future__ import annotations

from typing import ClassVar

from shortcodes.diagnostics import Severity
from shortcodes.linting.schema_rule import SchemaRule


class MissingAttribute(SchemaRule):
    """A required attribute is missing.

    ## What it does
    Finds shortcodes without an attribute that their schema requires, or with a value of it that the
    schema does not accept.

    ## Why is this bad
    The shortcode cannot be rendered: its source appears on the page.

    ## Example
    ```text
    [button size="l"]Order[/button]
    ```

    ## Use instead
    ```text
    [button url="/order" size="l"]Order[/button]
    ```
    """

    code = "SC602"
    name = "missing-attribute"
    yields_to = ("SC111",)
    severity: ClassVar[Severity] = "error"

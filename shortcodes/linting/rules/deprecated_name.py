"""SC942: a shortcode that its plug-in has deprecated."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.catalogue import catalogue, plugins_of
from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.rules.unknown_name import find_name_span


class DeprecatedName(Rule):
    """The plug-in has replaced this shortcode with another one.

    ## What it does
    Finds shortcodes that the catalogue of public plug-ins marks as deprecated, unless the engine
    has a handler or a schema for them.

    ## Why is this bad
    A later version of the plug-in may not render it, and editors no longer offer it. Its successor
    may take other attributes, so the name is not changed automatically.

    ## Example
    ```text
    [vc_button title="Order"]
    ```

    ## Use instead
    ```text
    [vc_btn title="Order"]
    ```
    """

    code = "SC942"
    name = "deprecated-name"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every deprecated shortcode, at its name."""
        deprecated = catalogue().deprecated
        for shortcode in subject.shortcodes:
            name = shortcode.name
            if name in deprecated and name not in subject.registered:
                message = f"[{name}] is deprecated by {plugins_of(name)[0].name}"
                better = deprecated[name]
                hint = f"[{better}] replaces it" if better else ""
                yield self.found(message, find_name_span(shortcode), hint=hint)

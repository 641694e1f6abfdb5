"""SC931: a value that contains a script, or other HTML that may be dangerous."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject

_SCRIPT = re.compile(
    r"(?ai:(?:<|&lt;|&#0*+60;|&#x0*+3c;)\s*+(?:script|iframe|object|embed|svg|style))\b"
    r"|\b(?ai:on(?:error|load|click|focus|mouse\w++|key\w++|submit|toggle|begin)\s*+=)"
)
_WORDS = (
    *("script", "iframe", "object", "embed", "svg", "style"),
    *("onerror", "onload", "onclick", "onfocus", "onmouse", "onkey", "onsubmit", "ontoggle"),
    "onbegin",
)
"""Words of which every such value contains one, to rule out most texts fast."""


class ScriptInValue(Rule):
    """A value contains a script, or other HTML that may be dangerous.

    ## What it does
    Finds values that contain `<script>`; `<iframe>`, `<object>`, `<embed>` or `<svg>`, which can
    embed scripts; `<style>`, which can change the whole page; or an event handler such as
    `onerror=`. Tags that are written with entities are found too.

    ## Why is this bad
    Many plug-ins print values without escaping them. Anyone who may write a post can then run
    scripts in the browsers of its readers.

    ## Example
    ```text
    [button label="Go <script>track()</script>"]
    ```

    ## Use instead
    If every button needs the script, it belongs in the theme, or in the plug-in or template that
    renders the shortcode.
    ```text
    [button label="Go"]
    ```
    """

    code = "SC931"
    name = "script-in-value"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such value."""
        text = subject.text
        if not subject.shortcodes or not any(word in subject.lowered for word in _WORDS):
            return
        for shortcode in subject.shortcodes:
            if _SCRIPT.search(text, *shortcode.open_span):
                for attribute in shortcode.attribute_nodes:
                    match = _SCRIPT.search(attribute.raw)
                    if match:
                        name = attribute.name or "a positional attribute"
                        message = (
                            f"the value of {name} contains HTML that may be dangerous: {match[0]}"
                        )
                        yield self.found(message, attribute.span)

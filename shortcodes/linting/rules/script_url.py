"""SC932: a URL that runs a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject

_MAYBE = re.compile(r"(?ai:script)\b|(?i:data)|&|[\t\n\r]")
_IGNORED = re.compile(r"[\x00-\x20]++")
_SCHEME = re.compile(r"(?ai:javascript|vbscript|data:(?:text/html|image/svg\+xml))\b")


class ScriptUrl(Rule):
    """A URL runs a script.

    ## What it does
    Finds values that are a `javascript:` or `vbscript:` URL, or a `data:` URL of a type that runs
    scripts. White space in the scheme, which browsers skip, and entities do not hide it.

    ## Why is this bad
    A plug-in that makes a link of the value runs the script for everyone who follows it. WordPress
    removes such URLs from HTML, but not from the attributes of shortcodes.

    ## Example
    ```text
    [button url="javascript:history.back()"]
    ```

    ## Use instead
    If the button needs a script, it belongs in the plug-in or template that renders the shortcode.
    ```text
    [button url="/"]
    ```
    """

    code = "SC932"
    name = "script-url"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such value."""
        text = subject.text
        if not subject.shortcodes or not _may_contain_scheme(subject):
            return
        for shortcode in subject.shortcodes:
            if not _MAYBE.search(text, *shortcode.open_span):
                continue
            for attribute in shortcode.attribute_nodes:
                scheme = _find_scheme(attribute.value)
                if scheme:
                    name = attribute.name or "a positional attribute"
                    yield self.found(f"the URL in {name} runs a script: {scheme}", attribute.span)


def _may_contain_scheme(subject: Subject) -> bool:
    """Return whether a scheme may be in the text, in one piece or interrupted."""
    return (
        "&" in subject.text
        or "\t" in subject.text
        or any(word in subject.lowered for word in ("script", "data:"))
    )


def _find_scheme(value: str) -> str:
    before, colon, _ = value.partition(":")
    if not colon:
        return ""
    address = _IGNORED.sub("", value[: len(before) + 100])
    match = _SCHEME.match(address)
    return (
        match[0].lower() if match and (match[0][4:5] == ":" or address[match.end()] == ":") else ""
    )

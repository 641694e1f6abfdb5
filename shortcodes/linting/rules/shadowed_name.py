"""SC943: a name that WordPress may read as a shorter one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.rules.unknown_name import find_name_span

_LONGEST = 200
_ENDS = re.compile(r"(?=[^A-Za-z0-9_-])")
"""The offsets at which WordPress may end a name."""


class ShadowedName(Rule):
    """WordPress may read a name as a shorter one with which it begins.

    ## What it does
    Finds names that begin with another name, one that is registered or used in the same text, and
    continue with a character other than an ASCII letter or digit, a hyphen or an underscore:
    `[carté]` next to `[cart]`, `[tab.one]` next to `[tab]`.

    ## Why is this bad
    WordPress tries the names in the order in which they were registered. If the shorter one comes
    first, WordPress takes the rest for attributes, and the longer one is never called.

    ## Example
    ```text
    [cart id="1"] [carté id="2"]
    ```

    ## Use instead
    ```text
    [cart id="1"] [carte id="2"]
    ```
    """

    code = "SC943"
    name = "shadowed-name"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every shortcode with such a name, at the name."""
        names = {shortcode.name for shortcode in subject.shortcodes}
        registered = subject.registered
        shorter_names = {name: _find_shorter(name, names, registered) for name in names}
        for shortcode in subject.shortcodes:
            shorter = shorter_names[shortcode.name]
            if shorter:
                remainder = shortcode.name[len(shorter) :]
                message = f"WordPress may read this as [{shorter}] followed by {remainder!r}"
                yield self.found(message, find_name_span(shortcode))


def _find_shorter(name: str, *known: Set[str]) -> str:
    """Return the shortest known name with which WordPress may take the name to end, if any."""
    beginnings = (name[: match.start()] for match in _ENDS.finditer(name[:_LONGEST]))
    return next((short for short in beginnings if any(short in names for names in known)), "")

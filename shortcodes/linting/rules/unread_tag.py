"""SC110: a tag that is not read, because something is in the way."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.unread import Unread

_MESSAGES = {
    "space": "take the space out of {tag}: with it, this is no shortcode",
    "html": "take the HTML out of {tag}: with it, this is no shortcode",
    "bracket": "write {tag} in the brackets [ and ]: others make no shortcode",
    "slash": "write {tag} with a straight slash: others close no shortcode",
    "sign": "take away the sign behind {tag}: with it, this is no shortcode",
}


class UnreadTag(Rule):
    """Something makes a tag of a known name no shortcode.

    ## What it does
    Finds a space or HTML before a name, as in `[ map …]` and `[<b>map</b> …]`, a comma or colon
    behind it, the brackets `［ ］` and `【 】`, and backslashes that stand for slashes. The name
    must be registered or in the text, and the mended tag must have attributes, enclose text or
    close a shortcode.

    ## Why is this bad
    Readers see the tag as it is written.

    ## Example
    ```text
    [map zoom="7" /] and [ map zoom="9" ]
    ```

    ## Use instead
    ```text
    [map zoom="7" /] and [map zoom="9" ]
    ```

    ## Fix safety
    Unsafe: it is a guess that a shortcode was meant.
    """

    code = "SC110"
    name = "unread-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such tag."""
        for tag in subject.unread.tags:
            if tag.reason != "name":
                message = _MESSAGES[tag.reason].format(tag=format_tag(tag))
                yield self.found(message, tag.span, fix=tag.fix)


def format_tag(tag: Unread) -> str:
    """Return a tag as messages name it."""
    return f"[{'/' if tag.is_closing else ''}{tag.name}]"

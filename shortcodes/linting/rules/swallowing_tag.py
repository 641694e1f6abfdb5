"""SC105: a shortcode without closing tag that WordPress gives one."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject


class SwallowingTag(Rule):
    """A shortcode without closing tag swallows what follows, in WordPress.

    ## What it does
    Finds shortcodes that enclose nothing, do not close themselves, and have a closing tag of their
    name somewhere behind them, which belongs to another one.

    ## Why is this bad
    WordPress takes the first closing tag of its name for its own, however far away. All between the
    two becomes its content, the other shortcode included.

    ## Example
    ```text
    [button url="/a"] Some text. [button url="/b"]More[/button]
    ```

    ## Use instead
    ```text
    [button url="/a" /] Some text. [button url="/b"]More[/button]
    ```

    ## Fix safety
    Safe in the lenient dialect: the shortcode encloses as little as before. If its closing tag was
    forgotten, write that instead.
    """

    code = "SC105"
    name = "swallowing-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Give every such opening tag."""
        for place in subject.differences.swallowing:
            shortcode = subject.meant_at(place)
            read = subject.read_at(shortcode.open_span[0])
            if read and read.close_span:
                line = subject.document.position(read.close_span[0]).line
                message = f"WordPress closes it with the [/{shortcode.name}] of line {line}"
                hint = "close it with a slash, or write its closing tag"
                fix = subject.mend(shortcode)
                yield self.found(message, shortcode.open_span, hint=hint, fix=fix)

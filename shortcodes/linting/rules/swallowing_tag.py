"""SC105: a shortcode without a closing tag, to which WordPress gives that of another."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject


class SwallowingTag(Rule):
    """In WordPress, a shortcode without a closing tag swallows the text that follows.

    ## What it does
    Finds standalone shortcodes without a slash, such as `[button]`, that are followed somewhere by
    an enclosing one with the same name, `[button]…[/button]`. Where a schema says that the first
    one has to be closed too, SC107 reports that.

    ## Why is this bad
    WordPress takes the first closing tag with that name, however far away. Everything up to it
    becomes the content of the first shortcode, including the other shortcode.

    ## Example
    ```text
    [button url="/a"] Some text. [button url="/b"]More[/button]
    ```

    ## Use instead
    ```text
    [button url="/a" /] Some text. [button url="/b"]More[/button]
    ```

    ## Fix safety
    Unsafe: the shortcode becomes self-closing, although the closing tag may have been meant for it.
    If its closing tag was forgotten or misspelt, add or correct that instead.
    """

    code = "SC105"
    name = "swallowing-tag"
    yields_to = ("SC108",)

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every such opening tag."""
        must_close = {found.shortcode for found in subject.by_schema.enclosing.unclosed}
        for index in subject.differences.swallowing:
            shortcode = subject.meant_at(index)
            if shortcode in must_close:
                continue
            read = subject.read_at(shortcode.open_span[0])
            if read and read.close_span:
                line = subject.document.position(read.close_span[0]).line
                message = f"WordPress closes this with the [/{shortcode.name}] in line {line}"
                hint = "end the tag with a slash, or add its closing tag"
                fix = subject.close(shortcode)
                yield self.found(message, shortcode.open_span, hint=hint, fix=fix)

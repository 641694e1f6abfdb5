"""SC404: a shortcode inside an HTML tag."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.html.tags import may_hold_brackets
from shortcodes.linting.rule import Rule, Subject

_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,30}+)(?![A-Za-z0-9:-])")
"""A tag with a name that is not too long to be repeated in every message."""


class ShortcodeInHtmlTag(Rule):
    """A shortcode is inside an HTML tag.

    ## What it does
    Finds shortcodes between the `<` and the `>` of an HTML tag, usually in the value of an
    attribute. Rendering reports those whose markup is not allowed there, and leaves their source as
    it is. So does stripping, if the tag would mean something else without them, or if two parts of
    the text would join to form a tag or another shortcode.

    ## Why is this bad
    Markup breaks an attribute. WordPress runs such a shortcode before all others and filters its
    output; in `onclick`, and wherever quotes meet, it does not run the shortcode at all.

    ## Example
    ```text
    <a href="[link to='home']">Home</a>
    ```

    ## Use instead
    ```text
    [link to="home"]Home[/link]
    ```
    """

    code = "SC404"
    name = "shortcode-in-html-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every shortcode that begins inside a tag."""
        if not subject.shortcodes or not may_hold_brackets(subject.text):
            return
        for shortcode in subject.shortcodes:
            tag = subject.html_tags.around(shortcode.open_span[0])
            if tag is not None:
                name = _NAME.match(subject.text, tag[0])
                around = f"<{name[1].lower()}>" if name else "a tag"
                message = f"[{shortcode.name}] is inside an HTML tag, {around}"
                yield self.found(message, shortcode.span)

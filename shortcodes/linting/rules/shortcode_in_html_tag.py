"""SC404: a shortcode inside an HTML tag."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject

_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*+)")


class ShortcodeInHtmlTag(Rule):
    """A shortcode stands inside an HTML tag.

    ## What it does
    Finds shortcodes inside the `<` and `>` of an HTML tag, mostly as the value of an attribute.
    Rendering reports those whose markup cannot stand there: their source stays. So does stripping,
    where the tag would have another meaning without them, or where two parts of the text would
    come together as a tag or as another shortcode.

    ## Why is this bad
    Markup breaks an attribute. WordPress runs such a shortcode before all others and cleans what
    it gives, and in `onclick` and wherever quotes meet it does not run it at all.

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
        """Give every shortcode that begins inside a tag."""
        if not subject.shortcodes or not subject.html_tags.spans:
            return
        for shortcode in subject.shortcodes:
            tag = subject.html_tags.around(shortcode.open_span[0])
            if tag is not None:
                name = _NAME.match(subject.text, tag[0])
                around = f"<{name[1].lower()}>" if name else "a tag"
                message = f"[{shortcode.name}] stands inside an HTML tag, {around}"
                yield self.found(message, shortcode.span)

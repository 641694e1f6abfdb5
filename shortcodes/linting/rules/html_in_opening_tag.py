"""SC911: HTML between the attributes of an opening tag."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.gaps import find_gaps
from shortcodes.linting.rule import Rule, Subject

_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")


class HtmlInOpeningTag(Rule):
    """There is HTML between the attributes of an opening tag.

    ## What it does
    Finds `<br />`, `<p>`, `<span>` and other HTML tags inside an opening tag, outside its values.
    Each shortcode is reported once, at the first of them.

    ## Why is this bad
    An editor or WordPress's own paragraph filter put them there for line breaks. WordPress takes
    them for attributes, and loses the attribute before each of them.

    ## Example
    ```text
    [map zoom="7"<br />
    place="Cairo"]
    ```

    ## Use instead
    ```text
    [map zoom="7" place="Cairo"]
    ```

    ## Fix safety
    Safe in the lenient dialect, which takes them for white space, if all values are plausible and
    the tags begin and end in the opening tag. `</p><p>` and the like are safe too, unless the tag
    that begins has attributes.
    """

    code = "SC911"
    name = "html-in-opening-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such tags, at the first of them."""
        for shortcode in subject.undoubted:
            if "<" not in subject.text[slice(*shortcode.open_span)]:
                continue
            for start, end in find_gaps(shortcode):
                match = _TAG.search(subject.text, start, end)
                if match:
                    message = f"the HTML tag {match[0]} is between attributes"
                    yield self.found(message, match.span(), fix=subject.mend(shortcode))
                    break

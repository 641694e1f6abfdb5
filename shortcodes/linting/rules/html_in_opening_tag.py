"""SC911: HTML inside an opening tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.gaps import find_gaps
from shortcodes.linting.inner_html import find_linked, take_out
from shortcodes.linting.rule import Rule, Subject
from shortcodes.nodes import Attribute, Shortcode, Span

_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_SHOWN = 40


class HtmlInOpeningTag(Rule):
    """There is HTML inside an opening tag.

    ## What it does
    Finds `<br />`, `<b>`, `<span>` and other HTML tags inside an opening tag, outside its values,
    and links around an address that is a value. Each shortcode is reported once, at the first of
    them.

    ## Why is this bad
    An editor put them there for line breaks, bold letters or links. WordPress takes them for
    attributes, and loses the attribute before each of them.

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
    that begins has attributes. Unsafe for links, and where elements begin or end outside the tag:
    these tags move in front of it.
    """

    code = "SC911"
    name = "html-in-opening-tag"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield one finding for every shortcode with such tags, at the first of them."""
        for shortcode in subject.undoubted:
            if "<" not in subject.text[slice(*shortcode.open_span)]:
                continue
            linked = find_linked(shortcode)
            if found := _find_first(subject.text, shortcode, linked):
                span, tag = found
                message = f"take the HTML out of [{shortcode.name}]: {tag} is inside the shortcode"
                mend = subject.mend(shortcode)
                if mend is None or not mend.safe:
                    mend = take_out(shortcode, linked) or mend
                yield self.found(message, span, fix=mend)


def _find_first(
    text: str, shortcode: Shortcode, linked: Sequence[Attribute]
) -> tuple[Span, str] | None:
    """Return the span of the first HTML tag, or of the attribute that it is in, and the tag."""
    matches = (_TAG.search(text, start, end) for start, end in find_gaps(shortcode))
    tags = [(match.span(), match[0]) for match in matches if match]
    for attribute in linked:
        if match := _TAG.search(text, *attribute.value_span):
            tags.append((attribute.span, match[0]))
    if not tags:
        return None
    span, tag = min(tags)
    return span, tag if len(tag) <= _SHOWN else f"{tag[: _SHOWN - 1]}…"

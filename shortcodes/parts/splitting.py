"""What is a text of its own in a text: the body after front matter, each CDATA section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from shortcodes.dialects import DIALECTS, list_code_finders
from shortcodes.lenient.serialised import is_serialised
from shortcodes.parts.cdata import CLOSING, Part, has_sections, is_xml, list_parts
from shortcodes.parts.front_matter import find_front_matter


class Parts(NamedTuple):
    """The parts of a text. What is in none of them never changes."""

    parts: Sequence[Part]
    front_matter_end: int = 0
    """Where the text begins behind front matter."""
    is_html: bool = False
    """Whether a browser may read the whole as HTML, in which a CDATA section is a comment."""

    def may_replace(self, part: Part, before: str, after: str) -> bool:
        """Return whether a text may be written in place of that of a part: it ends no section, and
        between the sections of XML has no `&` more that begins no entity.
        """
        if part.kind == "section":
            return CLOSING not in after
        if self.is_html or part.kind == "body":
            return True
        find = _compile_lone_ampersand().findall
        return "&" not in after or len(find(after)) <= len(find(before))


@cache
def _compile_lone_ampersand() -> re.Pattern[str]:
    return re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]{0,31}|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")


def split(text: str, *, dialect: str, markdown: bool, has_begun: bool = False) -> Parts | None:
    """Return the parts of a text, or `None` if it is one text.

    Args:
        text: The text.
        dialect: The dialect in which it is read. WordPress's has no CDATA sections.
        markdown: Whether it is Markdown.
        has_begun: Whether front matter is before it.
    """
    if not has_begun:
        if front_matter := find_front_matter(text):
            start = front_matter.end
            return Parts([Part(start, len(text), "body")], front_matter_end=start)
        if is_serialised(text):
            return Parts([])
    if dialect != DIALECTS[0] or "[" not in text:
        return None
    parts: Sequence[Part] = ()
    if has_sections(text):
        parts = list_parts(text, markdown=markdown, code_finders=list_code_finders(markdown))
    if is_xml(text):
        return Parts(parts or [Part(0, len(text), "rest")])
    return Parts(parts, is_html=True) if parts else None

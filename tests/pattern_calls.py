"""How the package tries its patterns where that is not all over a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shortcodes.lenient.grammar import terminals
from shortcodes.lenient.quote_classes import LONGEST_SPACE
from tests.pattern_places import Pattern, places, uses
from tests.pattern_steps import Counted

How = Literal["search", "once", "whole", "chain"]
"""All over a text, as a search does; once, at its beginning; once, for all of it; or again and
again, each time where the last match ended, and no more where it fails."""

_ONCE: dict[str, How] = {"match(1)": "once", "fullmatch(1)": "whole", "fullmatch(3)": "whole"}


@dataclass(frozen=True)
class Call:
    """How a pattern is tried."""

    how: How
    why: str = ""
    """Why that is so, where no test can see it in the code."""
    after: str = ""
    """A pattern of what stands before it, wherever it is tried."""
    beyond: str = ""
    """A pattern of what is passed over behind each match."""
    last: str = ""
    """A character; the text ends with the last one."""
    longest: int = 0
    """The text has no more characters."""

    def counted(self, pattern: Pattern) -> Counted:
        """Return the pattern, to be measured."""
        if self.after:
            return Counted(f"(?:{self.after})(?={pattern.source})", pattern.flags)
        if self.beyond:
            return Counted(f"(?:{pattern.source})(?:{self.beyond})?+", pattern.flags)
        return Counted(pattern.given, pattern.flags)

    def steps(self, counted: Counted, text: str, limit: int) -> int:
        """Return how many steps a text costs."""
        if self.last:
            text = text[: text.rfind(self.last) + 1]
        if self.longest:
            text = text[-self.longest :]
        if self.how == "search":
            counted.find_all(text, limit=limit)
        elif self.how == "chain":
            counted.follow(text, limit=limit)
        else:
            counted.match(text, whole=self.how == "whole", limit=limit)
        return counted.steps


EVERYWHERE = Call("search")
_QUOTE = terminals(False)["_QUOTE"]
_AFTER_QUOTE = Call("search", "it is tried behind quotes only", after=_QUOTE)
_BEFORE_QUOTE = Call("search", "it is shown so many characters", longest=LONGEST_SPACE)
_AT_LINE = Call("once", "it is tried where the text of a line begins")
_TO_BRACKET = Call("search", "the text is cut behind its last bracket", last="]")

CALLS: dict[str, Call] = {
    "shortcodes/lenient/patterns.py: item": Call(
        "chain", "each place that a delimiter came through before it broke off is marked as dead"
    ),
    "shortcodes/lenient/patterns.py: empty": _AFTER_QUOTE,
    "shortcodes/lenient/patterns.py: strong": _AFTER_QUOTE,
    "shortcodes/lenient/patterns.py: weak": _AFTER_QUOTE,
    "shortcodes/lenient/patterns.py: separated": _AFTER_QUOTE,
    "shortcodes/lenient/patterns.py: separator": Call(
        "search", "it is tried behind values in quotes, once at each end", after=_QUOTE
    ),
    "shortcodes/lenient/patterns.py: opening_after": _AFTER_QUOTE,
    "shortcodes/lenient/patterns.py: space_before": _BEFORE_QUOTE,
    "shortcodes/lenient/patterns.py: gap_before": _BEFORE_QUOTE,
    "shortcodes/parts/front_matter.py: _compile_line_end": Call("once", "it is tried once a text"),
    "shortcodes/parts/yaml_flow.py: _compile_key": Call("once", "it is tried behind one brace"),
    "shortcodes/parts/yaml_mapping.py: _compile_space": Call(
        "chain", "it is tried where the last value ended"
    ),
    "shortcodes/parts/yaml_mapping.py: _compile_head": Call("once", "each line is read once"),
    "shortcodes/parts/yaml_mapping.py: _compile_broken": Call("once", "each value is read once"),
    "shortcodes/parts/yaml_mapping.py: _compile_line_rest": Call("once", "each value ends once"),
    "shortcodes/lenient/markdown_blocks.py: closing_fence": _AT_LINE,
    "shortcodes/lenient/markdown_blocks.py: marker": _AT_LINE,
    "shortcodes/lenient/markdown_blocks.py: rule": _AT_LINE,
    "shortcodes/lenient/markdown_blocks.py: no_paragraph": _AT_LINE,
    "shortcodes/lenient/markdown_blocks.py: underline": _AT_LINE,
    "shortcodes/lenient/code_patterns.py: compile_fence": _AT_LINE,
    "shortcodes/detection/patterns.py: bare_values": Call("once", "each tag is matched once"),
    "shortcodes/detection/patterns.py: compile_identifier": Call(
        "whole", "each word is matched once"
    ),
    "shortcodes/wordpress/evidence.py: _FIRST": Call(
        "search", "it is tried behind names only", after=r"\[[^<>&/\[\]=\x00-\x20]++"
    ),
    "shortcodes/wordpress/names.py: delimiter": _TO_BRACKET,
    "shortcodes/wordpress/names.py: unclosed": _TO_BRACKET,
    "shortcodes/wordpress/names.py: closed": _TO_BRACKET,
    "shortcodes/wordpress/names.py: flat": _TO_BRACKET,
    "shortcodes/wordpress/elements.py: _HARMLESS": Call(
        "chain", "the element is passed over where it ends", beyond=r"<[^>]*+(?:>|\Z)"
    ),
    "shortcodes/wordpress/elements.py: _ONE_ATTRIBUTE": Call(
        "chain", "`_ALL_ATTRIBUTES` matched all of the text before, one such after another"
    ),
    "shortcodes/files/pattern_segments.py: _exact": Call("once", "each path is matched once"),
    "shortcodes/files/pattern_segments.py: _expressions": Call("once", "each name is matched once"),
    "renderers/shortcodes_strip/blank_patterns.py: blank": Call(
        "once", "it is tried on whole lines"
    ),
    "renderers/shortcodes_strip/blank_patterns.py: closing": Call(
        "once", "it is tried on each text once"
    ),
    "renderers/shortcodes_strip/blank_patterns.py: wrapper": Call(
        "chain", "each is read behind the one before, or from the last sign of a tag on"
    ),
    "renderers/shortcodes_strip/blank_patterns.py: line_end": Call(
        "chain", "it is tried at the beginning of each text, and behind a line break there"
    ),
    "renderers/shortcodes_strip/blank_patterns.py: blank_lines": Call(
        "once", "it is tried on each text once, at its beginning or behind a comment"
    ),
    "renderers/shortcodes_wordpress/providers.py: PROVIDERS": Call(
        "whole", "the field `page` is for whole addresses"
    ),
}
"""Patterns that cost more than linear time if they are searched for all over a text, and how they
are tried instead."""


def calls(pattern: Pattern) -> tuple[Call, ...]:
    """Return how a pattern is tried."""
    if pattern.name in CALLS:
        return (CALLS[pattern.name],)
    if pattern.name.startswith("grammar: "):
        return (Call("once", "it is a part of what is compiled"),)
    return tuple(_seen(pattern))


def _seen(pattern: Pattern) -> Iterator[Call]:
    """Give what the code says itself."""
    place = next((one for one in places() if str(one) == pattern.name), None)
    found = uses(place.file, place.target) if place else frozenset()
    if not found or not found <= _ONCE.keys():
        yield EVERYWHERE
        return
    for use in sorted(found):
        yield Call(_ONCE[use])

"""Evidence: what a tag and the text around it say about whether its name is a shortcode's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from operator import itemgetter

from shortcodes.catalogue import catalogue
from shortcodes.delimiters import CLOSING, SELF_CLOSING, Delimiters, FirstItem
from shortcodes.detection.patterns import compile_identifier, get_patterns
from shortcodes.detection.tables import ALONE, PLAYER_IDENTIFIERS, QUANTIFIERS, WRITTEN_WORDS


class Reason(StrEnum):
    """Why a name counts, in words that go on after "it counts because of"."""

    ADDRESS = "an address as its only value"
    ALONE = "a paragraph of its own"
    BARE = "attributes and nothing else in the tag"
    BLOCK = "a shortcode block of the WordPress editor around it"
    CLOSED = "a closing tag"
    IDENTIFIER = "an identifier of this player"
    QUOTED = "an attribute in quotes"
    SLASH = "white space and a slash at the end of the tag"
    VALUE = "a value directly after the name"


def is_written_word(name: str) -> bool:
    """Return whether people put a name around text in brackets that are no shortcodes."""
    return name.isupper() or name.lower() in WRITTEN_WORDS


def takes_address(name: str) -> bool:
    """Return whether an address as the only value is evidence for a name."""
    return _has_mark(name) or catalogue().lists(name)


def _has_mark(name: str) -> bool:
    return "_" in name or "-" in name


_BLOCK, _BLOCK_END = "<!-- wp:shortcode -->", "<!-- /wp:shortcode -->"
_MOST_SHARING = 10
"""How many delimiters with the same end are looked at."""
_MOST_BESIDE = 20
"""How many delimiters beside one are looked at."""
_LONGEST = 200
"""How many code points around a delimiter are looked at."""


class EvidenceFinder:
    """Finds what the delimiters of one text say about their names."""

    def __init__(self, text: str, delimiters: Delimiters, partners: Sequence[int]) -> None:
        self._text = text
        self._delimiters = delimiters
        self._partners = partners
        self._patterns = get_patterns()
        self._last_end = -1
        self._sharing = 0

    def find_reason(self, index: int) -> Reason | None:
        """Return why a delimiter is evidence for its name, or `None` if it is not."""
        delimiters = self._delimiters
        if delimiters.kinds[index] == CLOSING:
            return None  # its opening tag came before
        name, start, end = delimiters.names[index], delimiters.starts[index], delimiters.ends[index]
        if end - start == len(name) + 2:  # `[name]`
            if self._partners[index] >= 0 and not is_written_word(name):
                return Reason.CLOSED
            return self._find_reason_around(index)
        if self._shares_end(end):
            return None
        item = delimiters.get_first_item(index)
        if item != "value" and (reason := self._find_named_value(name, start, end, item)):
            return reason
        if item == "url" and takes_address(name):
            return Reason.ADDRESS
        if item == "value" and name in catalogue().with_value:
            return Reason.VALUE
        if self._partners[index] >= 0 and (item != "" or not is_written_word(name)):
            return Reason.CLOSED
        if _has_mark(name) and self._is_closed_after_space(index):
            return Reason.SLASH
        if name in PLAYER_IDENTIFIERS and self._has_identifier(index):
            return Reason.IDENTIFIER
        return self._find_reason_around(index, can_be_alone=item == "")

    def _find_reason_around(self, index: int, *, can_be_alone: bool = True) -> Reason | None:
        """Return why the text around a delimiter is evidence for its name."""
        if self._is_in_block(self._delimiters.starts[index]):
            return Reason.BLOCK
        return Reason.ALONE if can_be_alone and self._is_alone(index) else None

    def _shares_end(self, end: int) -> bool:
        """Return whether many delimiters before this one have the same end, as in `[a [a [a =]`,
        which WordPress reads that way. Each would be searched up to there.
        """
        self._sharing = self._sharing + 1 if end == self._last_end else 0
        self._last_end = end
        return self._sharing >= _MOST_SHARING

    def _find_named_value(self, name: str, start: int, end: int, item: FirstItem) -> Reason | None:
        """Return why a tag has an attribute with a name that prose and programs do not have."""
        text, patterns = self._text, self._patterns
        if text.find("=", start, end) < 0:
            return None
        tag = patterns.tag_start.match(text, start, end)
        if tag is None:
            return None
        if patterns.quoted_value.search(text, tag.end(), end):
            reason = Reason.QUOTED
        elif item == "named" and patterns.bare_values.fullmatch(text, tag.end(), end):
            reason = Reason.BARE
        else:
            return None
        is_joined = patterns.joined.match(text, max(0, start - 1), start) is not None
        return reason if not is_joined or catalogue().lists(name) else None

    def _is_closed_after_space(self, index: int) -> bool:
        """Return whether a delimiter ends with white space, "/" and a bracket, as no regular
        expression does.
        """
        delimiters, text = self._delimiters, self._text
        if not SELF_CLOSING <= delimiters.kinds[index] < CLOSING:
            return False
        end = delimiters.ends[index]
        before = text[delimiters.starts[index] : end].removesuffix("]").removesuffix("\\")
        return (
            before.removesuffix("/")[-1:].isspace()
            and text[end : end + 1] not in tuple(QUANTIFIERS)
            and not self._patterns.code_range.match(delimiters.names[index])
        )

    def _has_identifier(self, index: int) -> bool:
        delimiters = self._delimiters
        name, start, end = delimiters.names[index], delimiters.starts[index], delimiters.ends[index]
        words = self._text[start : min(end, start + _LONGEST)].strip("[]\\").split()
        return len(words) == 2 and compile_identifier(name).fullmatch(words[1]) is not None

    def _is_alone(self, index: int) -> bool:
        """Return whether a delimiter whose name is in `ALONE`, and nothing more, is in a paragraph
        with nothing but other delimiters.
        """
        delimiters, text, patterns = self._delimiters, self._text, self._patterns
        name, start, end = delimiters.names[index], delimiters.starts[index], delimiters.ends[index]
        if name not in self._standing_alone or text[start:end].strip("[]\\/ ") != name:
            return False
        first = last = index
        for _ in range(_MOST_BESIDE):
            start = delimiters.starts[first]
            window = max(0, start - _LONGEST)
            if patterns.paragraph_before.search(text, window, start):
                break
            before = window + len(text[window:start].rstrip())
            if not first or delimiters.ends[first - 1] != before:
                return False
            first -= 1
        else:
            return False
        for _ in range(_MOST_BESIDE):
            end = delimiters.ends[last]
            if patterns.paragraph_after.match(text, end):
                return True
            last += 1
            after = text[end : end + _LONGEST]
            if last == len(delimiters) or (
                delimiters.starts[last] != end + len(after) - len(after.lstrip())
            ):
                return False
        return False

    @cached_property
    def _standing_alone(self) -> frozenset[str]:
        """The names that count alone, except those that a link of Markdown has for its label."""
        return frozenset(name for name in ALONE if f"[{name}]:" not in self._text)

    def _is_in_block(self, start: int) -> bool:
        """Return whether an offset is in a block of shortcodes of WordPress's editor."""
        if not self._blocks:
            return False
        block = bisect_right(self._blocks, start, key=itemgetter(0)) - 1
        return block >= 0 and start < self._blocks[block][1]

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        """The spans of these blocks."""
        blocks, text, end = [], self._text, 0
        while (start := text.find(_BLOCK, end)) >= 0:
            end = text.find(_BLOCK_END, start)
            if end < 0:
                break
            blocks.append((start, end))
        return blocks

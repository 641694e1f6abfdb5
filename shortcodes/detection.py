"""Detection: which names are shortcodes if no list of tags says so.

A name counts if anything in the text is evidence for it. Every other delimiter is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import Literal, NamedTuple

from shortcodes.catalogue import catalogue
from shortcodes.delimiters import CLOSING, SELF_CLOSING, Delimiters, FirstItem
from shortcodes.evidence_tables import (
    ALONE,
    BARE_VALUES,
    BBCODE,
    BBCODE_WITH_ATTRIBUTES,
    CODE_RANGE,
    ESCAPED_TAG,
    JOINED,
    ONLY_IN_PATTERNS,
    PARAGRAPH_AFTER,
    PARAGRAPH_BEFORE,
    PLAYER_IDENTIFIERS,
    QUANTIFIERS,
    QUOTED_VALUE,
    SUSPECT,
    TAG_START,
    WRITTEN_WORDS,
)


@dataclass(frozen=True, slots=True)
class OnEvidence:
    """Names count if there is evidence for them, and the known ones always."""

    known: frozenset[str] = frozenset()


Tags = Collection[str] | Literal["any"] | OnEvidence | None
"""The names that count, "any" for every name, or `None` for those with evidence."""


def select_eligible(delimiters: Delimiters, tags: Tags) -> Delimiters:
    """Return the delimiters whose names may count at all."""
    if tags == "any":
        return delimiters
    if tags is None or isinstance(tags, OnEvidence):
        listed: frozenset[str] = tags.known if tags else frozenset()
        names = set(delimiters.names)
        forum = {name for name in names - listed if name.lower() in BBCODE}
        if forum:
            forum -= _list_with_attributes(delimiters, forum & BBCODE_WITH_ATTRIBUTES)
        return delimiters.select_names(names - forum)
    return delimiters.select_names(_index(tags) if isinstance(tags, tuple) else tags)


def _list_with_attributes(delimiters: Delimiters, names: Collection[str]) -> set[str]:
    """Return those of the names that begin a delimiter with a named attribute."""
    return {
        name
        for index, name in enumerate(delimiters.names)
        if name in names and delimiters.get_first_item(index) == "named"
    }


@lru_cache(maxsize=2)
def _index(tags: tuple[str, ...]) -> frozenset[str]:
    """Return listed names as a set, kept for the next text: a configuration may list many."""
    return frozenset(tags)


def find_names(
    text: str, delimiters: Delimiters, partners: Sequence[int], tags: Tags
) -> frozenset[str]:
    """Return the names of eligible delimiters that are shortcodes in this text.

    Args:
        text: The text.
        delimiters: The eligible delimiters.
        partners: For each delimiter the index of its partner, or -1.
        tags: The names that count.
    """
    names = frozenset(delimiters.names)
    if tags is not None and not isinstance(tags, OnEvidence):
        return names
    evident = set(filter(catalogue().is_evidence, names))
    if tags:
        evident |= names & tags.known
    unknown = set(names - evident)
    if unknown:
        evidence = _Evidence(text, delimiters, partners)
        # A name is looked at only until there is evidence for it.
        for index, name in enumerate(delimiters.names):
            if name in unknown and evidence.has_for(index):
                evident.add(name)
                unknown.discard(name)
    return frozenset(evident)


def closes_shortcode(name: str, names: Container[str], tags: Tags) -> bool:
    """Return whether a closing tag that closes nothing is a shortcode's.

    Args:
        name: Its name.
        names: The names that are shortcodes in the text.
        tags: The names that count.
    """
    if name in names or not (tags is None or isinstance(tags, OnEvidence)):
        return name in names
    return catalogue().lists(name) and not _is_written_word(name)


def find_suspects(text: str) -> frozenset[str]:
    """Return the listed names of which a tag has a named attribute, whether it counts or not."""
    names = {match["name"].replace("\\", "") for match in _patterns().suspect.finditer(text)}
    return frozenset(filter(catalogue().lists, names))


def may_be_alone(text: str) -> bool:
    """Return whether a text holds a tag that counts if it is alone. This is a quick check."""
    return any(f"[{name}" in text and _compile_bare(name).search(text) for name in ALONE)


def escapes_brackets(text: str, tags: Tags) -> bool:
    r"""Return whether the brackets of shortcodes in a text carry backslashes, as in Markdown that
    was converted from HTML: `\[gallery ids="1"\]`.

    One tag shows it, if its name is listed, is among the `tags` that count, or if it has an
    attribute in quotes.
    """
    if "\\" not in text or "\\[" not in text:
        return False
    patterns = _patterns()
    for tag in patterns.escaped_tag.finditer(text):
        if patterns.only_in_patterns.search(tag["rest"]):
            continue
        if patterns.quoted_value.search(text, *tag.span("rest")):
            return True
        name = tag["name"].replace("\\", "")
        if is_listed(name, tags) and not tag["rest"].rstrip("\\/ "):
            return True
    return False


def is_listed(name: str, tags: Tags) -> bool:
    """Return whether a name is known, or among the tags that count."""
    if tags is None or isinstance(tags, OnEvidence):
        return catalogue().is_evidence(name) or (tags is not None and name in tags.known)
    return tags == "any" or name in tags


class _Evidence:
    """What the delimiters of one text say about their names."""

    def __init__(self, text: str, delimiters: Delimiters, partners: Sequence[int]) -> None:
        self._text = text
        self._delimiters = delimiters
        self._partners = partners
        self._patterns = _patterns()
        self._last_end = -1
        self._sharing = 0

    def has_for(self, index: int) -> bool:
        """Return whether a delimiter is evidence for its name."""
        delimiters = self._delimiters
        if delimiters.kinds[index] == CLOSING:
            return False  # its opening tag came before
        name, start, end = delimiters.names[index], delimiters.starts[index], delimiters.ends[index]
        if end - start == len(name) + 2:  # `[name]`
            is_pair = self._partners[index] >= 0 and not _is_written_word(name)
            return is_pair or self._is_in_block(start) or self._is_alone(index)
        if self._shares_end(end):
            return False
        item = delimiters.get_first_item(index)
        if item != "value" and self._has_named_value(name, start, end, item):
            return True
        has_mark = "_" in name or "-" in name
        known = catalogue()
        return (
            (item == "url" and (has_mark or known.lists(name)))
            or (item == "value" and name in known.with_value)
            or (self._partners[index] >= 0 and (item != "" or not _is_written_word(name)))
            or (has_mark and self._is_closed_after_space(index))
            or (name in PLAYER_IDENTIFIERS and self._has_identifier(index))
            or self._is_in_block(start)
            or (item == "" and self._is_alone(index))
        )

    def _shares_end(self, end: int) -> bool:
        """Return whether many delimiters before this one have the same end, as in `[a [a [a =]`,
        which WordPress reads that way. Each would be searched up to there.
        """
        self._sharing = self._sharing + 1 if end == self._last_end else 0
        self._last_end = end
        return self._sharing >= _MOST_SHARING

    def _has_named_value(self, name: str, start: int, end: int, item: FirstItem) -> bool:
        """Return whether a tag has an attribute with a name that prose and programs do not have."""
        text, patterns = self._text, self._patterns
        if text.find("=", start, end) < 0:
            return False
        tag = patterns.tag_start.match(text, start, end)
        if tag is None or not (
            patterns.quoted_value.search(text, tag.end(), end)
            or (item == "named" and patterns.bare_values.fullmatch(text, tag.end(), end))
        ):
            return False
        is_joined = patterns.joined.match(text, max(0, start - 1), start) is not None
        return not is_joined or catalogue().lists(name)

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
        return len(words) == 2 and _compile_identifier(name).fullmatch(words[1]) is not None

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


_BLOCK, _BLOCK_END = "<!-- wp:shortcode -->", "<!-- /wp:shortcode -->"
_MOST_SHARING = 10
"""How many delimiters with the same end are looked at."""
_MOST_BESIDE = 20
"""How many delimiters beside one are looked at."""
_LONGEST = 200
"""How many code points around a delimiter are looked at."""


def _is_written_word(name: str) -> bool:
    """Return whether people put a name around text in brackets that are no shortcodes."""
    return name.isupper() or name.lower() in WRITTEN_WORDS


class _Patterns(NamedTuple):
    tag_start: re.Pattern[str]
    suspect: re.Pattern[str]
    quoted_value: re.Pattern[str]
    bare_values: re.Pattern[str]
    joined: re.Pattern[str]
    code_range: re.Pattern[str]
    escaped_tag: re.Pattern[str]
    paragraph_before: re.Pattern[str]
    paragraph_after: re.Pattern[str]
    only_in_patterns: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    return _Patterns(
        tag_start=re.compile(TAG_START),
        suspect=re.compile(SUSPECT),
        quoted_value=re.compile(QUOTED_VALUE),
        bare_values=re.compile(BARE_VALUES),
        joined=re.compile(JOINED),
        code_range=re.compile(CODE_RANGE),
        escaped_tag=re.compile(ESCAPED_TAG),
        paragraph_before=re.compile(PARAGRAPH_BEFORE),
        paragraph_after=re.compile(PARAGRAPH_AFTER),
        only_in_patterns=re.compile(ONLY_IN_PATTERNS),
    )


@cache
def _compile_bare(name: str) -> re.Pattern[str]:
    return re.compile(rf"\[{name} ?+/?+\\?+\]")


@cache
def _compile_identifier(name: str) -> re.Pattern[str]:
    return re.compile(PLAYER_IDENTIFIERS[name])

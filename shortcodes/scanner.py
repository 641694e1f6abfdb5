"""The scanner: text to delimiters, in one pass and in linear time.

Its regular expressions are compiled from the grammar's terminals. Nothing searches ahead from each
opener: a delimiter that breaks off leaves behind the places it came through, so that no later one
walks them again.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import NamedTuple

from shortcodes.attributes import Parts, delimiter_name, make_attribute
from shortcodes.delimiters import Delimiter, First
from shortcodes.grammar import terminals
from shortcodes.nodes import Attribute
from shortcodes.quotes import Quotes
from shortcodes.regions import Regions, region_openers


class _Patterns(NamedTuple):
    """The grammar's terminals about delimiters, compiled."""

    start: re.Pattern[str]
    start_or_region: re.Pattern[str]
    item: re.Pattern[str]
    url: re.Pattern[str]


@cache
def _patterns(markdown: bool) -> _Patterns:
    t = terminals(markdown)
    start = f"(?P<closing>{t['CLOSING_TAG']})|(?P<value>{t['OPEN_VALUE']})|(?P<open>{t['OPEN']})"
    return _Patterns(
        start=re.compile(start),
        start_or_region=re.compile(f"{start}|{region_openers(markdown)}"),
        item=re.compile(
            f"(?:{t['_WS']})?+(?:"
            f"(?P<close>{t['CLOSE']})|(?P<self_close>{t['SELF_CLOSE']})"
            f"|(?P<bare_key>{t['BARE_KEY']})"
            f"|(?P<key>{t['KEY']})?+(?:(?P<quote>{t['_QUOTE']})|(?P<bare>{t['BARE']})))"
        ),
        url=re.compile(t["URL"]),
    )


class Scanner:
    """The delimiters of one text."""

    def __init__(self, text: str, *, skip_code: bool = True, markdown: bool = False) -> None:
        self._text = text
        self._skip_code = skip_code
        self._markdown = markdown
        self._dead: set[int] = set()
        self.unterminated: list[Delimiter] = []
        """Openings that begin with an attribute and break off before their "]"."""

    def delimiters(self) -> list[Delimiter]:
        """Return every delimiter outside code, in document order."""
        text = self._text
        found: list[Delimiter] = []
        if "[" not in text:
            return found
        patterns = _patterns(self._markdown)
        search = (patterns.start_or_region if self._skip_code else patterns.start).search
        regions = Regions(text, self._markdown)
        position = 0
        while match := search(text, position):
            kind, position = match.lastgroup or "", match.end()
            if kind == "closing":
                found.append(self._delimiter(match, position, ""))
            elif kind in ("open", "value"):
                delimiter, _ = self._read(match)
                if delimiter.end:
                    found.append(delimiter)
                    position = delimiter.end
                elif delimiter.first == "named":
                    self.unterminated.append(delimiter._replace(end=position))
            else:
                position = regions.end(kind, match.start(), position)
        return found

    def read(self, start: int) -> tuple[Delimiter, tuple[Attribute, ...]] | None:
        """Return the delimiter that begins at `start` with its attributes, if there is one."""
        match = _patterns(self._markdown).start.match(self._text, start)
        if match is None:
            return None
        if match.lastgroup == "closing":
            return self._delimiter(match, match.end(), ""), ()
        delimiter, parts = self._read(match)
        if not delimiter.end:
            return None
        return delimiter, tuple(make_attribute(self._text, p, self._markdown) for p in parts)

    @cached_property
    def _quotes(self) -> Quotes:
        return Quotes(self._text, self._markdown)

    def _delimiter(
        self, match: re.Match[str], end: int, first: First, *, self_closing: bool = False
    ) -> Delimiter:
        return Delimiter(
            start=match.start(),
            end=end,
            name=delimiter_name(match.group(), self._markdown),
            closing=match.lastgroup == "closing",
            self_closing=self_closing,
            first=first,
        )

    def _read(self, match: re.Match[str]) -> tuple[Delimiter, list[Parts]]:
        """Read an opening delimiter to its end; one that breaks off has 0 for its end."""
        text, dead = self._text, self._dead
        patterns = _patterns(self._markdown)
        default = match.lastgroup == "value"
        first: First = ""
        parts: list[Parts] = []
        visited: list[int] = []
        position = match.end()
        while position not in dead:
            visited.append(position)
            item = patterns.item.match(text, position)
            if item is None:
                break
            kind, position = item.lastgroup or "", item.end()
            if len(visited) == 1:
                first = "value" if default else self._first(item)
            if kind in ("close", "self_close"):
                closed = kind == "self_close"
                return self._delimiter(match, position, first, self_closing=closed), parts
            value_start = item.start(kind)
            start = value_start if item["key"] is None else item.start("key")
            named = start < value_start or kind == "bare_key"
            if kind == "bare_key":
                parts.append(Parts(start, named, *([position] * 6)))
            elif kind == "bare":
                parts.append(
                    Parts(start, named, value_start, value_start, value_start, *([position] * 3))
                )
            else:
                after_equals = named or (default and not parts)
                quoted = self._quotes.close(value_start, position, after_equals=after_equals)
                if quoted is None:
                    break
                parts.append(Parts(start, named, value_start, position, *quoted))
                position = quoted.end
        dead.update(visited)
        return self._delimiter(match, 0, first), parts

    def _first(self, item: re.Match[str]) -> First:
        if item["key"] is not None or item["bare_key"] is not None:
            return "named"
        bare = item["bare"]
        return "url" if bare and _patterns(self._markdown).url.match(bare) else ""

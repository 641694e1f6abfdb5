"""The scanner: text to delimiters, in one pass and in linear time.

Its regular expressions are compiled from the grammar's terminals. Nothing searches ahead from each
opener: a delimiter that breaks off leaves behind the places it came through, so that no later one
walks them again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, cached_property
from typing import NamedTuple

from shortcodes.attributes import Parts, delimiter_name, make_attribute, plain
from shortcodes.delimiters import CLOSING, Delimiter, Delimiters, First, kind_of
from shortcodes.grammar import terminals
from shortcodes.nodes import Attribute
from shortcodes.quotes import Quotes
from shortcodes.regions import Regions, region_openers


class _Patterns(NamedTuple):
    """The grammar's terminals about delimiters, compiled."""

    start: re.Pattern[str]
    """Where a delimiter begins; a healthy one is read whole."""
    start_or_region: re.Pattern[str]
    item: re.Pattern[str]
    """One attribute, or the end, by the full rules."""
    healthy_item: re.Pattern[str]
    """One attribute of a healthy delimiter; its groups are name, value in quotes, bare value."""
    bare_end: re.Pattern[str]
    url: re.Pattern[str]


@cache
def _patterns(markdown: bool) -> _Patterns:
    t = terminals(markdown)
    name, key, space = t["NAME"], f"{t['ATTRIBUTE_NAME']}=", f"{t['SPACE']}++"
    quoted = f"(?:{t['HEALTHY_DOUBLE']}|{t['HEALTHY_SINGLE']})"
    healthy_item = f"{space}(?:{key}(?:{quoted}|{t['HEALTHY_BARE']})|{quoted}|{t['HEALTHY_WORD']})"
    # All alternatives begin with the bracket, so that the search can skip to the next one.
    after_bracket = (
        f"(?P<healthy>({name})(?:(?={space}(?:({key})|({t['URL']})))|)"
        f"(?:{healthy_item})*+(?:{space})?+(/)?{t['RSQB']})"
        f"|(?P<closing>/({name})(?:{t['_WS']})?{t['RSQB']})"
        f"|(?P<value>{name}=)"
        f"|(?P<open>{t['OPEN'].removeprefix(t['LSQB'])})"
    )
    start = f"{t['LSQB']}(?:{after_bracket})"
    return _Patterns(
        start=re.compile(start),
        start_or_region=re.compile(f"{start}|{region_openers(markdown)}"),
        item=re.compile(
            f"(?:{t['_WS']})?+(?:"
            f"(?P<close>{t['CLOSE']})|(?P<self_close>{t['SELF_CLOSE']})"
            f"|(?P<bare_key>{t['BARE_KEY']})"
            f"|(?P<key>{t['KEY']})?+(?:(?P<quote>{t['_QUOTE']})|(?P<bare>{t['BARE']})))"
        ),
        healthy_item=re.compile(
            f"{space}(?:({t['ATTRIBUTE_NAME']})=)?+(?:({quoted})|({t['HEALTHY_BARE']}))"
        ),
        bare_end=re.compile(f"{t['HTML_TAG']}|(?P<end>{t['_WS']}|{t['_QUOTE']}|{t['RSQB']})"),
        url=re.compile(t["URL"]),
    )


_HEALTHY_KINDS = {
    (named, url, slash): kind_of("named" if named else "url" if url else "", self_closing=slash)
    for named in (False, True)
    for url in (False, True)
    for slash in (False, True)
}


class Scanner:
    """The delimiters of one text."""

    def __init__(self, text: str, *, skip_code: bool = True, markdown: bool = False) -> None:
        self._text = text
        self._skip_code = skip_code
        self._markdown = markdown
        self._regions = Regions(text, markdown)
        self._dead: set[int] = set()
        self._broken: list[Delimiter] = []
        self._unhealthy_starts: set[int] = set()
        self._tail = len(text)

    def delimiters(self) -> Delimiters:
        """Return every delimiter outside code, in document order."""
        found = Delimiters()
        if "[" in self._text:
            # No delimiter ends behind the last bracket.
            self._tail = self._scan(found, 0, self._text.rfind("]") + 1)
        if self._markdown:
            found.names = [plain(name, True) for name in found.names]
        return found

    @cached_property
    def unterminated(self) -> list[Delimiter]:
        """Openings that begin with an attribute and break off before their "]".

        Complete once `delimiters` was called; those behind the last bracket are looked for when
        they are asked for.
        """
        self._scan(Delimiters(), self._tail, len(self._text))
        return self._broken

    def _scan(self, found: Delimiters, position: int, stop: int) -> int:
        """Take the delimiters that begin between the two places; return where to go on."""
        text, patterns = self._text, _patterns(self._markdown)
        matches = (patterns.start_or_region if self._skip_code else patterns.start).finditer
        starts, ends, kinds = found.starts.append, found.ends.append, found.kinds.append
        names: dict[str, str] = {}  # so that equal names are one string
        one_name, take_name = names.setdefault, found.names.append
        while position < stop:
            begin, position = position, stop
            for match in matches(text, begin, stop):
                kind = match.lastgroup
                if kind == "healthy":
                    name, key, url, slash = match.group(2, 3, 4, 5)
                    kinds(_HEALTHY_KINDS[key is not None, url is not None, slash is not None])
                elif kind == "closing":
                    name = match[7]
                    kinds(CLOSING)
                else:
                    end = self._unhealthy(match, found)
                    if end > match.end():
                        position = end  # what was matched inside this is not to be looked at
                        break
                    continue
                begin, end = match.span()
                starts(begin)
                ends(end)
                take_name(one_name(name, name))
        return position

    def _unhealthy(self, match: re.Match[str], found: Delimiters) -> int:
        """Take a region, or an opening that needs the full rules; return where to go on."""
        if match.lastgroup not in ("open", "value"):
            return self._regions.end(match.lastgroup or "", match.start(), match.end())
        delimiter, _ = self._read(match)
        if delimiter.end:
            found.append(delimiter)
            self._unhealthy_starts.add(delimiter.start)
            return delimiter.end
        if delimiter.first == "named":
            self._broken.append(delimiter._replace(end=match.end()))
        return match.end()

    def read(self, start: int) -> tuple[Delimiter, tuple[Attribute, ...]] | None:
        """Return the delimiter that begins at `start` with its attributes, if there is one."""
        match = _patterns(self._markdown).start.match(self._text, start)
        if match is None:
            return None
        kind = match.lastgroup
        if kind == "closing":
            return self._delimiter(match, match.end(), ""), ()
        if kind == "healthy":
            first: First = "named" if match[3] else "url" if match[4] else ""
            slash = match[5] is not None
            delimiter = self._delimiter(match, match.end(), first, self_closing=slash)
            return delimiter, self._healthy_attributes(match)
        delimiter, parts = self._read(match)
        if not delimiter.end:
            return None
        return delimiter, tuple(make_attribute(self._text, p, self._markdown) for p in parts)

    def attributes(self, start: int) -> tuple[Attribute, ...]:
        """Return the attributes of the opening delimiter that begins at `start`."""
        read = self.read(start)
        return read[1] if read else ()

    def values(self, start: int, end: int) -> list[tuple[str | None, str]]:
        """Return name and value of each attribute of an opening that `delimiters` found there.

        The same as `attributes` says, at a fraction of its cost.
        """
        if start in self._unhealthy_starts or self._markdown:
            return [(attribute.name, attribute.value) for attribute in self.attributes(start)]
        return [
            (name or None, quoted[1:-1] or bare)
            for name, quoted, bare in self._healthy_items(self._text, start, end)
        ]

    def _healthy_attributes(self, match: re.Match[str]) -> tuple[Attribute, ...]:
        """Return the attributes of a healthy delimiter: nothing in them needs to be decoded."""
        text, attributes = self._text, list[Attribute]()
        items = _patterns(self._markdown).healthy_item
        for item in items.finditer(text, match.end(2), match.end()):
            name, quoted, bare = item.groups()
            end = item.end()
            if quoted:
                value, quotes = quoted[1:-1], (quoted[0], quoted[-1])
                start, value_span = end - len(quoted), (end - len(quoted) + 1, end - 1)
            else:
                value, quotes, start, value_span = (
                    bare,
                    None,
                    end - len(bare),
                    (end - len(bare), end),
                )
            name_span = None
            if name:
                start -= len(name) + 1
                name_span = (start, start + len(name))
                name = plain(name, self._markdown)
            attributes.append(
                Attribute(name, value, value, quotes, (start, end), name_span, value_span)
            )
        return tuple(attributes)

    @cached_property
    def _healthy_items(self) -> Callable[[str, int, int], list[tuple[str, str, str]]]:
        return _patterns(self._markdown).healthy_item.findall

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
        if default and dead and self._bare_end(position) in dead:
            return self._delimiter(match, 0, "value"), parts
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
                after_equals = named or (default and value_start == match.end())
                quoted = self._quotes.close(value_start, position, after_equals=after_equals)
                if quoted is None:
                    break
                parts.append(Parts(start, named, value_start, position, *quoted))
                position = quoted.end
        dead.update(visited)
        return self._delimiter(match, 0, first), parts

    def _bare_end(self, position: int) -> int:
        """Return where a bare value from there on ends, the same for all that begin inside it."""
        place = bisect_left(self._bare_ends, position)
        return self._bare_ends[place] if place < len(self._bare_ends) else len(self._text)

    @cached_property
    def _bare_ends(self) -> list[int]:
        """Where bare values end, outside HTML tags."""
        found = _patterns(self._markdown).bare_end.finditer(self._text)
        return [match.start() for match in found if match.lastgroup]

    def _first(self, item: re.Match[str]) -> First:
        if item["key"] is not None or item["bare_key"] is not None:
            return "named"
        bare = item["bare"]
        return "url" if bare and _patterns(self._markdown).url.match(bare) else ""

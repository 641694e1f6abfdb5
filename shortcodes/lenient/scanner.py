"""The scanner: text to delimiters, in one pass and in linear time.

Its regular expressions are compiled from the grammar's terminals. One split of the text takes all
delimiters that are healthy, into columns; only the others, and regions, are looked at one by one.
Nothing searches ahead from each opener: a delimiter that breaks off leaves behind the places it
came through, so that no later one walks them again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate, chain
from typing import Final

from shortcodes.delimiters import CLOSING, SELF_CLOSING, UNTOLD, Break, Delimiter, Delimiters, First
from shortcodes.html.contexts import OPEN, Context, HtmlContexts
from shortcodes.html.tags import may_hold_brackets
from shortcodes.html.tokens import bracketed_spans, reaches_over
from shortcodes.lenient.attributes import Parts, delimiter_name, make_attribute, plain
from shortcodes.lenient.patterns import (
    CLOSING_NAME,
    GROUPS,
    NAME,
    SLASH,
    UNHEALTHY,
    delimiter_patterns,
)
from shortcodes.lenient.quotes import Quotes
from shortcodes.lenient.regions import Regions
from shortcodes.nodes import Attribute, Span

_SKIPPED: Final = ("!--", "script", "style")
"""What holds no delimiters where code is skipped: comments, and elements."""

BREAK_LENGTH: Final = 200
"""Code points of what cannot be read that are enough to say what was expected instead."""

_KINDS: Final = {None: UNTOLD, "/": UNTOLD + SELF_CLOSING}


class Scanner:
    """The delimiters of one text."""

    def __init__(self, text: str, *, skip_code: bool = True, markdown: bool = False) -> None:
        self._text = text
        self._skip_code = skip_code
        self._markdown = markdown
        self._regions = Regions(text, markdown)
        self._dead: dict[int, Span] = {}
        """For each offset from which no "]" can be reached: where the tag breaks off."""
        self._refused_ends: dict[int, int] = {}
        self.refused: list[Delimiter] = []
        """What begins in one piece of HTML and ends in another, which makes it text; complete once
        `delimiters` was called."""
        self._broken: list[Delimiter] = []
        self._breaks: dict[int, Span] = {}
        """For each unterminated tag, by its start, what follows its last readable attribute, up to
        where it breaks off or a little further."""
        self._unhealthy_starts: set[int] = set()
        self._tail = len(text)

    def delimiters(self) -> Delimiters:
        """Return every delimiter outside code, in document order."""
        found = Delimiters()
        if "[" in self._text:
            # No delimiter ends behind the last bracket.
            self._tail = self._text.rfind("]") + 1
            found = self._scan(0, self._tail) if self._tail else found
        if self._markdown:
            found.names = [plain(name, True) for name in found.names]
            self.refused = [one._replace(name=plain(one.name, True)) for one in self.refused]
        self.refused.sort()
        found.tell = self._first_at
        return found

    @cached_property
    def unterminated(self) -> list[Delimiter]:
        """Openings that begin with an attribute and break off before their "]".

        Complete once `delimiters` was called; those behind the last bracket are looked for when
        they are asked for.
        """
        self._scan(self._tail, len(self._text))
        return self._broken

    def find_break(self, start: int) -> Break | None:
        """Return where the unterminated opening tag that begins at an offset breaks off."""
        from shortcodes.lenient.lark_reader import find_break  # few texts need Lark's parser

        span = self._breaks.get(start)
        return find_break(self._text, span, markdown=self._markdown) if span else None

    def _scan(self, begin: int, stop: int) -> Delimiters:
        """Return the delimiters that begin between the two places, and remember where to go on."""
        patterns = delimiter_patterns(self._markdown)
        self._tail = stop
        parts = patterns.start.split(self._text[begin:stop])
        texts, wholes, names, slashes, unhealthy, closing = (
            parts[group :: GROUPS + 1] for group in range(GROUPS + 1)
        )
        lengths = map(len, chain.from_iterable(zip(texts, wholes, strict=False)))
        offsets = list(accumulate(lengths, initial=begin))
        found = Delimiters()
        found.starts, found.ends = offsets[1::2], offsets[2::2]
        found.kinds = [
            CLOSING if name is None else _KINDS[slash]
            for name, slash in zip(names, slashes, strict=True)
        ]
        one: dict[str, str] = {}  # so that equal names are one string
        if CLOSING in found.kinds:
            names = [name or closes for name, closes in zip(names, closing, strict=True)]
        found.names = list(map(one.setdefault, names, names))
        exceptions: list[tuple[int, int, str]] = []
        if unhealthy.count(None) < len(unhealthy):
            places = (place for place, sign in enumerate(unhealthy) if sign is not None)
            exceptions = [(found.starts[place], found.ends[place], "") for place in places]
        if self._skip_code:
            openers = patterns.region.finditer(self._text, begin, stop)
            exceptions += [(*match.span(), match.lastgroup or "") for match in openers]
        kept = self._without(sorted(exceptions), found) if exceptions else found
        return self._in_one_piece(kept) if kept.starts and self._html_matters else kept

    def _without(self, exceptions: list[tuple[int, int, str]], found: Delimiters) -> Delimiters:
        """Return what stands outside of regions and of what only the full rules can read.

        Each exception is the beginning of one of those: its span, and what opens a region.
        """
        kept = Delimiters()
        taken = position = 0
        for start, end, opener in exceptions:
            if start < position:
                continue
            place = bisect_left(found.starts, start, taken)
            if opener:
                if place > taken and found.ends[place - 1] > start:
                    continue  # it is part of a healthy delimiter
                position = self._regions.end(opener, start, end)
                if position > end:
                    kept.extend(found, taken, place)
                    taken = bisect_left(found.starts, position, place)
                continue
            kept.extend(found, taken, place)
            delimiter, _ = self._read(start, end)
            taken = place + 1
            if delimiter.end and self._context(start, delimiter.end) is None:
                self.refused.append(delimiter)
                position = end
                continue
            position = delimiter.end or end
            if delimiter.end:
                kept.append(delimiter)
                self._unhealthy_starts.add(start)
                taken = bisect_left(found.starts, position, taken)
            elif delimiter.first == "named":
                self._broken.append(delimiter._replace(end=end))
                self._breaks[start] = self._dead[end]
        kept.extend(found, taken, len(found))
        self._tail = max(self._tail, position)
        return kept

    # --- what of HTML it stands in ----------------------------------------------------------------

    def contexts(self, delimiters: Delimiters) -> list[Context | None] | None:
        """Return the context of each delimiter, or `None` where all stand in the open."""
        if not self._html_matters:
            return None
        return list(map(self._context, delimiters.starts, delimiters.ends))

    def _in_one_piece(self, found: Delimiters) -> Delimiters:
        """Return the delimiters that begin and end in the same context."""
        found.tell = self._first_at
        kept = Delimiters()
        taken = 0
        for place, span in enumerate(zip(found.starts, found.ends, strict=True)):
            if self._context(*span) is None:
                kept.extend(found, taken, place)
                self.refused.append(found[place])
                taken = place + 1
        kept.extend(found, taken, len(found))
        return kept

    def _context(self, start: int, end: int) -> Context | None:
        if self._html_matters or reaches_over(self._text, start, end):
            return self._html.of_delimiter(start, end)
        return OPEN

    @cached_property
    def _html_matters(self) -> bool:
        """Whether a delimiter may begin inside an HTML tag, a comment, or text that is no markup,
        or end in a tag.
        """
        text = self._text
        return "<" in text and (
            may_hold_brackets(text, text.rfind("]"))
            or any(bracketed_spans(text, beside=_SKIPPED if self._skip_code else ()))
        )

    @cached_property
    def _html(self) -> HtmlContexts:
        return HtmlContexts(self._text, list(self._markdown_code()) if self._markdown else ())

    def _markdown_code(self) -> Iterator[Span]:
        """Yield the spans of the code that Markdown marks, in which no tag begins."""
        position = 0
        for opener in delimiter_patterns(True).region.finditer(self._text):
            start, after = opener.span()
            if start >= position and opener.lastgroup in ("FENCE_OPEN", "BACKTICKS"):
                position = self._regions.end(opener.lastgroup, start, after)
                if position > after:
                    yield start, position

    def _first_at(self, start: int) -> First:
        """Return what stands first in the healthy opening that begins there."""
        match = delimiter_patterns(self._markdown).first.match(self._text, start)
        if match is None:
            return ""
        return "named" if match[1] else "url"

    def read(self, start: int) -> tuple[Delimiter, tuple[Attribute, ...]] | None:
        """Return the delimiter that begins at `start` with its attributes, if there is one."""
        match = delimiter_patterns(self._markdown).start.match(self._text, start)
        if match is None:
            return None
        end = match.end()
        if match[CLOSING_NAME]:
            return self._delimiter(start, end, end, "", closing=True), ()
        if match[UNHEALTHY] is None:
            slash = match[SLASH] is not None
            first = self._first_at(start)
            delimiter = self._delimiter(start, end, end, first, self_closing=slash)
            return delimiter, self._healthy_attributes(match)
        delimiter, parts = self._read(start, end)
        if not delimiter.end:
            return None
        return delimiter, tuple(make_attribute(self._text, p, self._markdown) for p in parts)

    def attributes(self, start: int) -> tuple[Attribute, ...]:
        """Return the attributes of the opening delimiter that begins at `start`."""
        read = self.read(start)
        return read[1] if read else ()

    def values(self, start: int, end: int) -> list[tuple[str, str]]:
        """Return name and value of each attribute of an opening that `delimiters` found there; the
        name is empty where there is none.

        The same as `attributes` says, at a fraction of its cost.
        """
        if start in self._unhealthy_starts or self._markdown:
            return [(attribute.name or "", attribute.value) for attribute in self.attributes(start)]
        return self._healthy_values(self._text, start, end)

    def _healthy_attributes(self, match: re.Match[str]) -> tuple[Attribute, ...]:
        """Return the attributes of a healthy delimiter: nothing in them needs to be decoded."""
        text, attributes = self._text, list[Attribute]()
        items = delimiter_patterns(self._markdown).healthy_item
        for item in items.finditer(text, match.end(NAME), match.end()):
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
    def _healthy_values(self) -> Callable[[str, int, int], list[tuple[str, str]]]:
        return delimiter_patterns(self._markdown).healthy_value.findall

    @cached_property
    def _quotes(self) -> Quotes:
        return Quotes(self._text, self._markdown)

    def _delimiter(
        self,
        start: int,
        after_name: int,
        end: int,
        first: First,
        *,
        closing: bool = False,
        self_closing: bool = False,
    ) -> Delimiter:
        name = delimiter_name(self._text[start:after_name], self._markdown)
        return Delimiter(start, end, name, closing, self_closing, first)

    def _read(self, begin: int, after_name: int) -> tuple[Delimiter, list[Parts]]:
        """Read an opening delimiter on from its name, or from the "=" that follows directly.

        One that breaks off has 0 for its end.
        """
        text, dead = self._text, self._dead
        patterns = delimiter_patterns(self._markdown)
        default = text[after_name - 1] == "="
        first: First = ""
        parts: list[Parts] = []
        visited: list[int] = []
        position = after_name
        if default and dead and self._bare_end(position) in dead:
            return self._delimiter(begin, after_name, 0, "value"), parts
        while position not in dead:
            end = self._refused_ends.get(position)
            if end is not None and self._context(begin, end) is None:
                return self._delimiter(begin, after_name, end, first), parts
            visited.append(position)
            item = patterns.item.match(text, position)
            if item is None:
                broken = position, position + BREAK_LENGTH
                break
            kind, position = item.lastgroup or "", item.end()
            if len(visited) == 1:
                first = "value" if default else self._first(item)
            if kind in ("close", "self_close"):
                if self._context(begin, position) is None:
                    self._refused_ends.update(dict.fromkeys(visited, position))
                closed = kind == "self_close"
                return self._delimiter(
                    begin, after_name, position, first, self_closing=closed
                ), parts
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
                after_equals = named or (default and value_start == after_name)
                quoted = self._quotes.close(value_start, position, after_equals=after_equals)
                if quoted is None:
                    broken = visited[-1], position
                    break
                parts.append(Parts(start, named, value_start, position, *quoted))
                position = quoted.end
        else:
            broken = dead[position]
        dead.update(dict.fromkeys(visited, broken))
        return self._delimiter(begin, after_name, 0, first), parts

    def _bare_end(self, position: int) -> int:
        """Return where a bare value from there on ends, the same for all that begin inside it."""
        place = bisect_left(self._bare_ends, position)
        return self._bare_ends[place] if place < len(self._bare_ends) else len(self._text)

    @cached_property
    def _bare_ends(self) -> list[int]:
        """Where bare values end, outside HTML tags."""
        found = delimiter_patterns(self._markdown).bare_end.finditer(self._text)
        return [match.start() for match in found if match.lastgroup]

    def _first(self, item: re.Match[str]) -> First:
        if item["key"] is not None or item["bare_key"] is not None:
            return "named"
        bare = item["bare"]
        return "url" if bare and delimiter_patterns(self._markdown).url.match(bare) else ""

"""The scanner: it finds the delimiters of a text in one pass and in linear time.

Its regular expressions are compiled from the grammar's terminals. One split of the text takes all
healthy delimiters, in columns; only the others, and regions, are looked at one by one. Nothing
searches ahead from each opening tag: a tag that breaks off marks the offsets it came through, so
that no later one walks them again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Final

from shortcodes.delimiters import (
    CLOSING,
    SELF_CLOSING,
    UNREAD,
    Break,
    Delimiter,
    Delimiters,
    FirstItem,
)
from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.contexts import OPEN, Context, HtmlContexts
from shortcodes.html.tags import may_hold_brackets
from shortcodes.html.tokens import FindCode, bracketed_spans, reaches_over
from shortcodes.lenient.attributes import (
    Parts,
    make_attribute,
    make_healthy_attributes,
    read_tag_name,
    unescape,
)
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

_SKIPPED: Final = ("!--", "script", "style")  # they hold no delimiters if code is skipped

BREAK_LENGTH: Final = 200
"""Code points of what cannot be read that are enough to say what was expected instead."""

_KINDS: Final = {None: UNREAD, "/": UNREAD + SELF_CLOSING}


class Scanner:
    """The delimiters of one text."""

    def __init__(
        self,
        text: str,
        *,
        skip_code: bool = True,
        markdown: bool = False,
        escapes: bool | None = None,
    ) -> None:
        """Prepare to read a text.

        Args:
            text: The text.
            skip_code: Whether comments, scripts, styles and code hold no shortcodes.
            markdown: Whether the code of Markdown is code.
            escapes: Whether brackets may carry backslashes; by default they may in Markdown.
        """
        self._text = text
        self._skip_code = skip_code
        self._markdown = markdown
        self._escapes = markdown if escapes is None else escapes
        self._regions = Regions(text, markdown)
        self._dead_ends: dict[int, Span] = {}
        """For each offset from which no "]" can be reached, where the tag breaks off."""
        self._refused_ends: dict[int, int] = {}
        """For each offset, the end of a tag that was refused after it came through there."""
        self.refused: list[Delimiter] = []
        """The delimiters that are text because they begin in one piece of HTML and end in another.
        Complete after `read_delimiters`."""
        self._unterminated: list[Delimiter] = []
        self._breaks: dict[int, Span] = {}
        """For each unterminated tag, by its start, what follows its last readable attribute, up to
        where it breaks off or a little further."""
        self._unhealthy_starts: set[int] = set()
        self._unscanned = len(text)
        """The offset after the part of the text that was scanned."""

    def read_delimiters(self) -> Delimiters:
        """Return every delimiter outside code, in document order."""
        delimiters = Delimiters()
        if "[" in self._text:
            # No delimiter ends after the last bracket.
            self._unscanned = self._text.rfind("]") + 1
            if self._unscanned:
                delimiters = self._scan(0, self._unscanned)
        if self._escapes:
            delimiters.names = [unescape(name, True) for name in delimiters.names]
            self.refused = [tag._replace(name=unescape(tag.name, True)) for tag in self.refused]
        self.refused.sort()
        delimiters.read_first_item = self._read_first_item
        return delimiters

    @cached_property
    def unterminated(self) -> list[Delimiter]:
        """The opening tags that begin with an attribute and break off before their "]".

        Complete after `read_delimiters`. Those after the last bracket are only looked for here.
        """
        self._scan(self._unscanned, len(self._text))
        return self._unterminated

    def find_break(self, start: int) -> Break | None:
        """Return where the unterminated opening tag that begins at an offset breaks off."""
        from shortcodes.lenient.lark_reader import find_break  # few texts need Lark's parser

        span = self._breaks.get(start)
        return find_break(self._text, span, markdown=self._escapes) if span else None

    def _scan(self, start: int, end: int) -> Delimiters:
        """Return the delimiters that begin in a span of the text."""
        patterns = delimiter_patterns(self._escapes)
        self._unscanned = end
        parts = patterns.start.split(self._text[start:end])
        texts, tags, names, slashes, unhealthy, closing_names = (
            parts[group :: GROUPS + 1] for group in range(GROUPS + 1)
        )
        lengths = map(len, chain.from_iterable(zip(texts, tags, strict=False)))
        offsets = list(accumulate(lengths, initial=start))
        delimiters = Delimiters()
        delimiters.starts, delimiters.ends = offsets[1::2], offsets[2::2]
        delimiters.kinds = [
            CLOSING if name is None else _KINDS[slash]
            for name, slash in zip(names, slashes, strict=True)
        ]
        interned: dict[str, str] = {}  # so that equal names are one string
        if CLOSING in delimiters.kinds:
            both = zip(names, closing_names, strict=True)
            names = [name or closing_name for name, closing_name in both]
        delimiters.names = list(map(interned.setdefault, names, names))
        exceptions: list[tuple[int, int, str]] = []
        if unhealthy.count(None) < len(unhealthy):
            indexes = (index for index, sign in enumerate(unhealthy) if sign is not None)
            exceptions = [(delimiters.starts[i], delimiters.ends[i], "") for i in indexes]
        exceptions += self._regions.list_openers(start, end, skip_code=self._skip_code)
        if exceptions:
            delimiters = self._read_exceptions(sorted(exceptions), delimiters)
        if delimiters.starts and self._html_matters:
            return self._select_whole(delimiters)
        return delimiters

    def _read_exceptions(
        self, exceptions: list[tuple[int, int, str]], delimiters: Delimiters
    ) -> Delimiters:
        """Return the delimiters outside regions, with those that only the full rules can read.

        Each exception is the start and end of an unhealthy opening up to its name, or of what opens
        a region, with the name of the opener.
        """
        result = Delimiters()
        index = position = 0  # the next delimiter to take, the offset up to which all is read
        for start, end, opener in exceptions:
            if start < position:
                continue
            next_index = bisect_left(delimiters.starts, start, index)
            if opener:
                if next_index > index and delimiters.ends[next_index - 1] > start:
                    continue  # it is part of a healthy delimiter
                position = self._regions.find_end(opener, start, end)
                if position > end:
                    result.extend(delimiters, index, next_index)
                    index = bisect_left(delimiters.starts, position, next_index)
                continue
            result.extend(delimiters, index, next_index)
            delimiter, _ = self._read_unhealthy(start, end)
            index = next_index + 1
            if delimiter.end and self._find_context(start, delimiter.end) is None:
                self.refused.append(delimiter)
                position = end
                continue
            position = delimiter.end or end
            if delimiter.end:
                result.append(delimiter)
                self._unhealthy_starts.add(start)
                index = bisect_left(delimiters.starts, position, index)
            elif delimiter.first_item == "named":
                self._unterminated.append(delimiter._replace(end=end))
                self._breaks[start] = self._dead_ends[end]
        result.extend(delimiters, index, len(delimiters))
        self._unscanned = max(self._unscanned, position)
        return result

    # --- the HTML around delimiters ---------------------------------------------------------------

    def find_contexts(self, delimiters: Delimiters) -> list[Context | None] | None:
        """Return the context of each delimiter, or `None` if all are outside tags and comments."""
        if not self._html_matters:
            return None
        return list(map(self._find_context, delimiters.starts, delimiters.ends))

    def _select_whole(self, delimiters: Delimiters) -> Delimiters:
        """Return the delimiters that begin and end in the same context."""
        delimiters.read_first_item = self._read_first_item
        result = Delimiters()
        next_index = 0
        for index, span in enumerate(zip(delimiters.starts, delimiters.ends, strict=True)):
            if self._find_context(*span) is None:
                result.extend(delimiters, next_index, index)
                self.refused.append(delimiters[index])
                next_index = index + 1
        result.extend(delimiters, next_index, len(delimiters))
        return result

    def _find_context(self, start: int, end: int) -> Context | None:
        if self._html_matters or reaches_over(self._text, start, end):
            return self._html.find_context(start, end)
        return OPEN

    @cached_property
    def _html_matters(self) -> bool:
        """Whether a delimiter may begin in an HTML tag, a comment or raw text, or end in a tag, or
        whether the text is ambiguous.
        """
        text = self._text
        return "<" in text and (
            may_hold_brackets(text)
            or any(bracketed_spans(text, beside=_SKIPPED if self._skip_code else ()))
            or self.find_ambiguity() is not None
        )

    @cached_property
    def _html(self) -> HtmlContexts:
        stop = self._text.rfind("]") + 1
        return HtmlContexts(self._text, self._code_finders, stop=stop)

    def find_ambiguity(self) -> Span | None:
        """Return the span of the first HTML tag that browsers may read in two ways, or `None`."""
        return find_ambiguity(self._text, self._code_finders)

    @property
    def _code_finders(self) -> Sequence[FindCode]:
        if not self._markdown:
            return ()
        from shortcodes.lenient.markdown_code import CODE_FINDERS  # most texts are no Markdown

        return CODE_FINDERS

    # --- one delimiter ----------------------------------------------------------------------------

    def _read_first_item(self, start: int) -> FirstItem:
        """Return what comes first in the healthy opening tag that begins at an offset."""
        match = delimiter_patterns(self._escapes).first_item.match(self._text, start)
        if match is None:
            return ""
        return "named" if match[1] else "url"

    def read(self, start: int) -> tuple[Delimiter, tuple[Attribute, ...]] | None:
        """Return the delimiter that begins at `start` with its attributes, if there is one."""
        match = delimiter_patterns(self._escapes).start.match(self._text, start)
        if match is None:
            return None
        end = match.end()
        if match[CLOSING_NAME]:
            return self._make_delimiter(start, end, end, "", is_closing=True), ()
        if match[UNHEALTHY] is None:
            slash = match[SLASH] is not None
            first_item = self._read_first_item(start)
            delimiter = self._make_delimiter(start, end, end, first_item, is_self_closing=slash)
            items = delimiter_patterns(self._escapes).healthy_item
            found = items.finditer(self._text, match.end(NAME), match.end())
            return delimiter, make_healthy_attributes(found, self._escapes)
        delimiter, parts = self._read_unhealthy(start, end)
        if not delimiter.end:
            return None
        return delimiter, tuple(make_attribute(self._text, p, self._escapes) for p in parts)

    def read_attributes(self, start: int) -> tuple[Attribute, ...]:
        """Return the attributes of the opening tag that begins at an offset."""
        result = self.read(start)
        return result[1] if result else ()

    def read_values(self, start: int, end: int) -> list[tuple[str, str]]:
        """Return the name and value of each attribute of an opening tag that was read before; the
        name of a positional attribute is empty.

        These are the same as in `read_attributes`, at a fraction of the cost.
        """
        if start in self._unhealthy_starts or self._escapes:
            attributes = self.read_attributes(start)
            return [(attribute.name or "", attribute.value) for attribute in attributes]
        return self._find_healthy_values(self._text, start, end)

    @cached_property
    def _find_healthy_values(self) -> Callable[[str, int, int], list[tuple[str, str]]]:
        return delimiter_patterns(self._escapes).healthy_value.findall

    @cached_property
    def _quotes(self) -> Quotes:
        return Quotes(self._text, self._escapes)

    def _make_delimiter(
        self,
        start: int,
        after_name: int,
        end: int,
        first_item: FirstItem,
        *,
        is_closing: bool = False,
        is_self_closing: bool = False,
    ) -> Delimiter:
        name = read_tag_name(self._text[start:after_name], self._escapes)
        return Delimiter(start, end, name, is_closing, is_self_closing, first_item)

    def _read_unhealthy(self, tag_start: int, after_name: int) -> tuple[Delimiter, list[Parts]]:
        """Read an opening tag by the full rules, from after its name or the "=" that follows it.

        The end of a tag that breaks off is 0.
        """
        text, dead_ends = self._text, self._dead_ends
        patterns = delimiter_patterns(self._escapes)
        has_default = text[after_name - 1] == "="
        first_item: FirstItem = ""
        parts: list[Parts] = []
        visited: list[int] = []
        position, is_after_quotes = after_name, False
        if has_default and dead_ends and self._find_bare_end(position) in dead_ends:
            return self._make_delimiter(tag_start, after_name, 0, "value"), parts
        while position not in dead_ends:
            end = self._refused_ends.get(position)
            if end is not None and self._find_context(tag_start, end) is None:
                return self._make_delimiter(tag_start, after_name, end, first_item), parts
            visited.append(position)
            separator = patterns.separator.match(text, position) if is_after_quotes else None
            is_after_quotes = False
            if separator:
                position = separator.end()
                continue
            item = patterns.item.match(text, position)
            if item is None:
                broken = position, position + BREAK_LENGTH
                break
            kind, position = item.lastgroup or "", item.end()
            if len(visited) == 1:
                first_item = "value" if has_default else self._classify(item)
            if kind in ("close", "self_close"):
                if self._find_context(tag_start, position) is None:
                    self._refused_ends.update(dict.fromkeys(visited, position))
                slash = kind == "self_close"
                delimiter = self._make_delimiter(
                    tag_start, after_name, position, first_item, is_self_closing=slash
                )
                return delimiter, parts
            value_start = item.start(kind)
            start = value_start if item["key"] is None else item.start("key")
            named = start < value_start or kind == "bare_key"
            if kind == "bare_key":
                parts.append(Parts(start, named, *([position] * 6)))
            elif kind == "bare":
                offsets = [value_start] * 3 + [position] * 3
                parts.append(Parts(start, named, *offsets))
            else:
                after_equals = named or (has_default and value_start == after_name)
                quoted = self._quotes.close(value_start, position, after_equals=after_equals)
                if quoted is None:
                    broken = visited[-1], position
                    break
                parts.append(Parts(start, named, value_start, position, *quoted))
                position, is_after_quotes = quoted.end, True
        else:
            broken = dead_ends[position]
        dead_ends.update(dict.fromkeys(visited, broken))
        return self._make_delimiter(tag_start, after_name, 0, first_item), parts

    def _find_bare_end(self, offset: int) -> int:
        """Return the end of the bare value that an offset is in."""
        index = bisect_left(self._bare_ends, offset)
        return self._bare_ends[index] if index < len(self._bare_ends) else len(self._text)

    @cached_property
    def _bare_ends(self) -> list[int]:
        """The offsets at which bare values end, outside HTML tags."""
        matches = delimiter_patterns(self._escapes).bare_end.finditer(self._text)
        return [match.start() for match in matches if match.lastgroup]

    def _classify(self, item: re.Match[str]) -> FirstItem:
        """Return what kind of evidence the first item of a tag is."""
        if item["key"] is not None or item["bare_key"] is not None:
            return "named"
        bare = item["bare"]
        return "url" if bare and delimiter_patterns(self._escapes).url.match(bare) else ""

"""Code in Markdown, as Markdown libraries see it where HTML is around it.

A tag that begins in code is text, and backticks in a tag or in a block of HTML are no code. Which
rule wins, and what else of the text is a tag, differs between libraries, so that there are several
ways to find the code of a text. An edit of the HTML has to be safe in all of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from shortcodes.html.tokens import Span
from shortcodes.lenient.code_patterns import (
    BLOCKS,
    VERBATIM,
    compile_all_openers,
    compile_backticks,
    compile_bar,
    compile_blank_line,
    compile_block_name,
    compile_divided_tag,
    compile_fence,
    compile_inline_tag,
    compile_line,
    compile_next_block,
    compile_openers,
    compile_short_tag,
    compile_table_rule,
    compile_tags_named,
    compile_verbatim_end,
)
from shortcodes.lenient.regions import CodeSpans, Regions

_INDENTATION: Final = " \t>*+-0123456789.)"
"""What may be before a block of HTML in its line: white space, marks of quotes and of lists."""
_MARKS: Final = "-=*_~`"
"""What a line consists of that underlines a heading, separates, or ends code."""
_LONGEST: Final = 100
"""How many code points before a tag are looked at for the beginning of its line."""


def find_code(text: str) -> Iterator[Span]:
    """Yield the spans of code in which no shortcodes are, whatever HTML is around it."""
    regions, position = Regions(text, markdown=True), 0
    for opener in compile_openers().finditer(regions.text):
        start, after = opener.span()
        if start >= position:
            position = regions.find_end(opener.lastgroup or "", start, after)
            if position > after:
                yield start, position


def find_code_in_commonmark(text: str) -> Iterator[Span]:
    """Yield the spans of code in CommonMark, and of each "<" that begins no HTML in it."""
    return _CommonMark(text).find_spans()


def find_code_in_python_markdown(text: str) -> Iterator[Span]:
    """Yield the same spans in Python-Markdown with fenced code."""
    return _PythonMarkdown(text).find_spans()


def find_code_in_python_markdown_without_fences(text: str) -> Iterator[Span]:
    """Yield the same spans in Python-Markdown without extensions."""
    return _PythonMarkdown(text, has_fences=False).find_spans()


def find_code_with_tables(text: str) -> Iterator[Span]:
    """Yield the same spans in CommonMark with tables."""
    has_tables = "|" in text and compile_table_rule().search(text)
    return _WithTables(text).find_spans() if has_tables else find_code_in_commonmark(text)


CODE_FINDERS: Final = (
    find_code,
    find_code_in_commonmark,
    find_code_with_tables,
    find_code_in_python_markdown,
    find_code_in_python_markdown_without_fences,
)


class _Library(ABC):
    """How a library finds code and HTML in one text, from left to right."""

    def __init__(self, text: str) -> None:
        self._regions = Regions(text, markdown=True)
        self._text = self._regions.text
        self._ends: dict[str, int] = {}

    def find_spans(self) -> Iterator[Span]:
        """Yield the spans of code, and of each "<" that begins no HTML.

        In a text without code, tags that nothing but Markdown reads as text do not count.
        """
        if not _may_hold_code(self._text):
            return
        position = 0
        for opener in compile_all_openers().finditer(self._text):
            start, after = opener.span()
            if start < position:
                continue
            if opener.lastgroup == "LESS":
                position = self._find_html_end(start)
                if position == start:
                    yield start, after
            elif opener.lastgroup == "ESCAPE":
                position = after
                yield start, after
            else:
                position = self._find_code_end(opener.lastgroup or "", start, after)
                if position > after:
                    yield start, position

    @abstractmethod
    def _find_code_end(self, opener: str, start: int, after: int) -> int:
        """Return the end of the code that a fence or backticks begin, or their own end."""

    @abstractmethod
    def _find_html_end(self, start: int) -> int:
        """Return the end of the tag or the block of HTML that "<" begins, or its own offset."""

    def _find_next(self, ends: Sequence[int], position: int) -> int:
        """Return the first of some offsets from an offset on, or the end of the text."""
        index = bisect_left(ends, position)
        return ends[index] if index < len(ends) else len(self._text)

    @cached_property
    def _blank_lines(self) -> list[int]:
        """The offsets of the blank lines."""
        return [match.start() for match in compile_blank_line().finditer(self._text)]

    def _find(self, closer: str, position: int) -> int:
        """Return the first offset of a closer from an offset on, or -1. Offsets must not fall."""
        end = self._ends.get(closer, 0)
        if 0 <= end < position or closer not in self._ends:
            end = self._ends[closer] = self._text.find(closer, position)
        return end

    def _begins_line(self, offset: int) -> bool:
        """Return whether only white space and marks of quotes and lists are before an offset."""
        before = self._text[max(0, offset - _LONGEST) : offset]
        line_start = before.rstrip(_INDENTATION)
        return line_start.endswith(("\n", "\r")) or (not line_start and offset <= _LONGEST)


class _CommonMark(_Library):
    """CommonMark 0.31. A fence that nothing closes goes on to the end of the text."""

    def _find_code_end(self, opener: str, start: int, after: int) -> int:
        if opener == "BACKTICKS":
            return self._code_spans.find_end(start, after)
        end = self._regions.find_end("CODE_BLOCK", start, after)
        return len(self._text) if opener == "FENCE_OPEN" and end == after else end

    @cached_property
    def _code_spans(self) -> CodeSpans:
        return CodeSpans(self._text, compile_backticks(), self._block_ends)

    @cached_property
    def _block_ends(self) -> list[int]:
        """The offsets at which a paragraph or a heading ends."""
        return sorted(self._find_block_ends())

    def _find_block_ends(self) -> set[int]:
        ends: set[int] = set()
        for match in compile_next_block().finditer(self._text):
            ends.add(match.start())
            if match["heading"]:
                ends.add(self._find_line_end(match.end()))
        ends.update(self._find_quotation_starts())
        return ends

    def _find_quotation_starts(self) -> Iterator[int]:
        """Yield the offsets of the lines that begin a quotation after lines outside one."""
        is_quoted = True
        for line in compile_line().finditer(self._text):
            was_quoted, is_quoted = is_quoted, bool(line["quotation"])
            if is_quoted and not was_quoted:
                yield line.start() - 1

    def _find_html_end(self, start: int) -> int:
        if self._begins_line(start):
            end = self._find_block_end(start)
            if end > start:
                return end
        return self._find_inline_end(start, self._find_next(self._block_ends, start))

    def _find_inline_end(self, start: int, stop: int) -> int:
        """Return the end of a tag, a comment or a declaration in a paragraph (6.6)."""
        tag = compile_inline_tag().match(self._text, start, stop)
        if tag:
            return tag.end()
        closer = _find_closer(self._text, start)
        if closer is None:
            return start
        end = self._find(closer, start + 2)
        return end + len(closer) if 0 <= end < stop else start

    def _find_block_end(self, start: int) -> int:
        """Return the end of the block of HTML that begins at an offset, or the offset (4.6)."""
        text = self._text
        name = compile_block_name().match(text, start)
        if name and name[1].lower() in VERBATIM and text[start + 1] != "/":
            closing = compile_verbatim_end().search(text, start)
            return self._find_line_end(closing.end() if closing else len(text))
        if name and name[1].lower() in BLOCKS:
            return self._find_next(self._blank_lines, start)
        if name is None and (closer := _find_closer(text, start)):
            end = self._find(closer, start + 2)
            return self._find_line_end(end if end >= 0 else len(text))
        paragraph_end = self._find_next(self._blank_lines, start)
        tag = compile_inline_tag().match(text, start, paragraph_end)
        return paragraph_end if tag and self._is_alone(*tag.span()) else start

    def _is_alone(self, start: int, end: int) -> bool:
        """Return whether a tag is alone on lines that continue no paragraph (condition 7)."""
        if self._text[end : end + _LONGEST].lstrip(" \t")[:1] not in ("", "\r", "\n"):
            return False
        before = self._text[max(0, start - 2 * _LONGEST) : start].split("\n")
        line = before[-2].strip(" \t\r>") if len(before) > 1 else ""
        return not line.strip(_MARKS) or line.startswith("#")

    def _find_line_end(self, position: int) -> int:
        end = self._text.find("\n", position)
        return end if end >= 0 else len(self._text)


class _WithTables(_CommonMark):
    """CommonMark with tables: neither code nor a tag goes on from one cell to the next."""

    def _find_block_ends(self) -> set[int]:
        ends = super()._find_block_ends()
        position = 0
        for rule in compile_table_rule().finditer(self._text):
            if rule.start() < position:
                continue
            head = self._text.rfind("\n", 0, max(0, rule.start() - 1)) + 1
            position = self._find_next(self._blank_lines, rule.end())
            bars = compile_bar().finditer(self._text, head, position)
            ends.update(bar.start() for bar in bars)
        return ends


class _PythonMarkdown(_Library):
    """Python-Markdown 3: an element is one block of HTML, blank lines included."""

    def __init__(self, text: str, *, has_fences: bool = True) -> None:
        super().__init__(text)
        self._has_fences = has_fences

    def _find_code_end(self, opener: str, start: int, after: int) -> int:
        if opener == "CODE_BLOCK":
            is_indented = compile_fence().match(self._text, start) is None
            return self._regions.find_end(opener, start, after) if is_indented else after
        if opener == "FENCE_OPEN" and self._has_fences:
            end = self._regions.find_end(opener, start, after)
            if end > after:
                return end
        # Backticks may be closed by fewer.
        backticks = compile_backticks().search(self._text, start, after)
        if backticks:
            for opener_end in range(backticks.end(), backticks.start(), -1):
                end = self._code_spans.find_end(backticks.start(), opener_end)
                if end > opener_end:
                    return end
        return after

    @cached_property
    def _code_spans(self) -> CodeSpans:
        return CodeSpans(self._text, compile_backticks(), self._blank_lines)

    def _find_html_end(self, start: int) -> int:
        name = compile_block_name().match(self._text, start)
        if name and name[1].lower() in BLOCKS | VERBATIM and self._begins_line(start):
            return self._find_element_end(start, name[1].lower())
        tag = compile_short_tag().match(
            self._text, start, self._find_next(self._blank_lines, start)
        )
        # Code is found before tags are, and may begin in one.
        return start + 1 if tag else start

    def _find_element_end(self, start: int, name: str) -> int:
        """Return the end of the element that a tag begins, or of the text."""
        depth, tags = 0, compile_tags_named(name)
        for tag in tags.finditer(self._text, start):
            depth += -1 if tag["slash"] else 1
            if depth <= 0:
                return tag.end()
        return len(self._text)


def _may_hold_code(text: str) -> bool:
    """Return whether a text may hold code, an escaped tag, a comment that nothing closes, or a tag
    with a blank line.
    """
    return (
        any(mark in text for mark in ("`", "~~~", "    ", "\t", "\\<"))
        or text.rfind("<!--") > text.rfind("-->")
        or any("'" in match[0] or '"' in match[0] for match in compile_divided_tag().finditer(text))
    )


def _find_closer(text: str, start: int) -> str | None:
    """Return what closes a comment or a declaration, or `None` if none begins at an offset."""
    closers = (closer for opener, closer in _CLOSERS.items() if text.startswith(opener, start))
    return next(closers, None)


_CLOSERS: Final = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
"""What ends a comment and the declarations."""

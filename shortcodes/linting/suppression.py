"""Suppressions: comments in a text that hide findings.

    <!-- shortcodes: ignore SC201 -->         on its line or, if it is alone there, on the next one
    <!-- shortcodes: ignore SC1, foreign-quotes -- so it was printed -->
    <!-- shortcodes: ignore-file SC201 -->    in the whole text

Without a code, all findings are hidden. A finding belongs to the line on which it begins and, if
it is inside an opening tag, also to the line on which the tag begins. Comments in code are ignored.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from shortcodes.common.lines import Lines
from shortcodes.diagnostics import Diagnostic
from shortcodes.html.tags import HtmlTags
from shortcodes.lenient.regions import Regions, region_openers
from shortcodes.linting.codes import is_selected
from shortcodes.nodes import Document, Span

LINE, FILE = "ignore", "ignore-file"
ALL = "ALL"

KEYWORD = "shortcodes:"
"""The beginning of every suppression."""
_COMMENT = re.compile(
    r"<!--\s*+shortcodes:\s*+(?P<word>[^\s,]*+)(?P<codes>.*+)", re.DOTALL
)  # matched without the final "-->"
_REASON = re.compile(r"(?<!\S)--(?!\S)")
_CODE = re.compile(r"[^\s,]++")
_NEAR = 200
"""How many code points before a suppression are searched for an open bracket."""
_ONLY_MARKS = re.compile(r"[\s>*+#.)|0-9-]*+")
"""The marks with which a line of Markdown may begin, before its words."""
_PARAGRAPH = re.compile(r"\Z|(?:[ \t]*+(?:\r?\n|\Z)|(?!).)++(?![ \t>*+#|0-9-]|```|~~~)")
"""Blank lines that are not followed by a list, code or another mark."""
_BLANKS = re.compile(r"\s*+")

_Selectors = dict[str, bool]
"""What is suppressed on a line or in the text: codes, beginnings of codes or `ALL`; for each of
them, whether a finding was suppressed."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """One suppression comment."""

    span: Span
    whole: Span
    """The span with its whole line and line break, if the comment is alone on the line."""
    word: str
    """`ignore` or `ignore-file`; anything else is a mistake."""
    word_span: Span
    codes: tuple[tuple[str, Span], ...]
    """The codes as written, with their spans."""
    selectors: _Selectors
    """Shared by all suppressions for the same line, or for the text."""


class Suppressions:
    """The suppressions of one text, which keep track of what they suppressed."""

    def __init__(self, document: Document, names: Mapping[str, str]) -> None:
        """Take a document, and the names of the rules by code."""
        self._document = document
        self._text = document.source
        self._markdown = bool(document.code_finders)
        self._rule_codes = tuple(names)
        self._codes = {name: code for code, name in names.items()}
        self._file_selectors: _Selectors = {}
        self._line_selectors: dict[int, _Selectors] = {}
        self._target_lines: dict[int, int] = {}
        """For lines with only a suppression, the line that it is for."""
        self._first_words: dict[int, int] = {}
        """The offset after the leading white space of a line, by line."""

    @cached_property
    def all(self) -> list[Suppression]:
        """Every suppression in order."""
        if KEYWORD not in self._text:
            return []
        # A comment that is alone on its line needs to know the target of the next line.
        suppressions = [self._read(*span) for span in reversed(list(self._find_comments()))]
        return [suppression for suppression in reversed(suppressions) if suppression]

    def filter(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the diagnostics that are not suppressed."""
        if not self.all:
            return list(diagnostics)
        return [diagnostic for diagnostic in diagnostics if not self._is_suppressed(diagnostic)]

    def list_unused(self, suppression: Suppression) -> list[str]:
        """Return the codes of a suppression that suppressed nothing."""
        codes = [code for code, _ in suppression.codes if self.is_known(code)]
        written = codes if suppression.codes else [ALL]
        selectors = suppression.selectors
        return [code for code in written if selectors.get(self.find_code(code)) is False]

    def can_be_removed(self, suppression: Suppression, *, whole: bool = True) -> bool:
        """Return whether the rest of the text is read the same without a suppression.

        It must not be inside a tag or raw text, must not separate parts that would join into a
        word, a tag or a fence, and must not end a block of Markdown. Pass `whole=False` if only a
        part of the suppression is removed.
        """
        start, end = suppression.span
        near = self._text[max(0, start - _NEAR) : start]
        if any(near.rfind(opening) > near.rfind(closing) for opening, closing in ("[]", "<>")):
            return False
        if self._find_tag_start(start) != start or start not in self._removable_starts:
            return False
        if whole and self._markdown and not self._separates_no_blocks(suppression):
            return False
        after = self._text[end : end + 1]
        return (not near or near[-1].isspace() or near[-1] == ">") and (
            not after or after.isspace() or after == "<"
        )

    def _separates_no_blocks(self, suppression: Suppression) -> bool:
        """Return whether a suppression is among the words of a line, or between blank lines that
        are followed by what is a paragraph without it too.
        """
        start, end = suppression.span
        lines = self._lines
        line = lines.find_line(start)
        before = self._text[lines.get_start(line) : start]
        if not _ONLY_MARKS.fullmatch(before):
            after = self._text[end : lines.get_start(lines.find_line(end) + 1)]
            return bool(after.strip()) or not before.endswith(("  ", "\t"))
        above = self._text[lines.get_start(line - 1) : lines.get_start(line)] if line > 1 else ""
        below = self._text[suppression.whole[1] : suppression.whole[1] + _NEAR]
        return (
            not before
            and suppression.span != suppression.whole
            and not above.strip()
            and (_PARAGRAPH.match(below) is not None)
        )

    @cached_property
    def _removable_starts(self) -> Set[int]:
        """The starts of the suppressions that an HTML tag could replace and be read as a tag."""
        parts, position = [], 0
        for suppression in self.all:
            start, end = suppression.span
            parts += [self._text[position:start], f"<i{' ' * (end - start - 3)}>"]
            position = end
        text = "".join([*parts, self._text[position:]])
        readings = HtmlTags(text, self._document.code_finders).readings
        return set.intersection(*({start for start, _ in tags} for tags in readings))

    @property
    def selectors(self) -> tuple[str, ...]:
        """Everything that a suppression may name."""
        return (*self._rule_codes, *self._codes, ALL)

    def is_known(self, written: str) -> bool:
        """Return whether what a suppression names is a rule or a group of rules."""
        return any(self._list_matching(self.find_code(written)))

    def _list_matching(self, selector: str) -> Iterator[str]:
        """Yield the codes of the rules that a selector selects."""
        return (code for code in self._rule_codes if selector == ALL or is_selected(selector, code))

    def find_code(self, written: str) -> str:
        """Return the code for the name of a rule; codes are returned as they are."""
        return self._codes.get(written, written)

    def _is_suppressed(self, diagnostic: Diagnostic) -> bool:
        start = diagnostic.span[0]
        lines = {self._lines.find_line(start), self._lines.find_line(self._find_tag_start(start))}
        scopes = [self._file_selectors, *(self._line_selectors.get(line, {}) for line in lines)]
        code, is_suppressed = diagnostic.code, False
        for selector in (ALL, *(code[:length] for length in range(2, len(code) + 1))):
            for selectors in scopes:
                if selector in selectors:
                    selectors[selector] = is_suppressed = True
        return is_suppressed

    def _find_tag_start(self, offset: int) -> int:
        """Return the start of the opening tag around an offset, or else the offset."""
        index = bisect_right(self._starts, offset) - 1
        return self._starts[index] if index >= 0 and offset < self._ends[index] else offset

    @cached_property
    def _starts(self) -> list[int]:
        return [shortcode.open_span[0] for shortcode in self._document.shortcodes()]

    @cached_property
    def _ends(self) -> list[int]:
        return [shortcode.open_span[1] for shortcode in self._document.shortcodes()]

    @property
    def _lines(self) -> Lines:
        return self._document.lines

    def _find_first_word(self, line: int) -> int:
        """Return the offset of the first character of a line that is not white space."""
        if line not in self._first_words:
            start = self._lines.get_start(line)
            blanks = _BLANKS.match(self._text, start)
            self._first_words[line] = blanks.end() if blanks else start
        return self._first_words[line]

    def _find_comments(self) -> Iterator[Span]:
        """Yield the spans of all comments that are not in code."""
        openers = re.compile(region_openers(self._markdown))
        regions = Regions(self._text, self._markdown)
        position = 0
        while match := openers.search(regions.text, position):
            start, after = match.span()
            position = regions.find_end(str(match.lastgroup), start, after)
            if match.lastgroup == "COMMENT_OPEN" and position > after:
                yield start, position

    def _read(self, start: int, end: int) -> Suppression | None:
        """Return the suppression in a comment, if any. The last comment must be read first."""
        match = _COMMENT.fullmatch(self._text, start, end - len("-->"))
        if not match:
            return None
        codes = match["codes"]
        reason = _REASON.search(codes)
        codes_start = match.start("codes")
        codes_end = codes_start + reason.start() if reason else match.end("codes")
        written = tuple(
            (code[0], code.span()) for code in _CODE.finditer(self._text, codes_start, codes_end)
        )
        whole, line = self._find_scope(start, end)
        is_for_file = match["word"] == FILE
        selectors = (
            self._file_selectors if is_for_file else self._line_selectors.setdefault(line, {})
        )
        if match["word"] in (LINE, FILE):
            for code, _ in written or [(ALL, (start, end))]:
                selectors.setdefault(self.find_code(code), False)
        return Suppression(
            (start, end), whole, match["word"], match.span("word"), written, selectors
        )

    def _find_scope(self, start: int, end: int) -> tuple[Span, int]:
        """Return the span of a comment, or of its line if it is alone there, and the line that it
        is for.
        """
        lines = self._lines
        first, last = lines.find_line(start), lines.find_line(end)
        begin, stop = lines.get_start(first), lines.get_start(last + 1)
        if self._find_first_word(first) != start or not _BLANKS.fullmatch(self._text, end, stop):
            return (start, end), first
        line = last + 1
        while (
            line <= len(lines.starts)
            and not self._text[lines.get_start(line) : lines.get_start(line + 1)].strip()
        ):
            line += 1
        self._target_lines[first] = line = self._target_lines.get(line, line)
        return (begin, stop), line

"""Suppressions: comments in a text that say which findings are meant to be there.

    <!-- shortcodes: ignore SC201 -->            of its line; alone on a line, of the next one
    <!-- shortcodes: ignore SC1, foreign-quotes -- so it was printed -->
    <!-- shortcodes: ignore-file SC201 -->       of the whole text

Without a code all findings are meant. A finding belongs to the line that it begins on and, inside
an opening delimiter, to the line that this begins on. What stands in code is no suppression.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from shortcodes.diagnostics import Diagnostic
from shortcodes.html.tokens import readings, tokens
from shortcodes.lenient.regions import Regions, region_openers
from shortcodes.lines import Lines
from shortcodes.linting.codes import begins
from shortcodes.nodes import Document, Span

LINE, FILE = "ignore", "ignore-file"
ALL = "ALL"

KEYWORD = "shortcodes:"
"""Stands in every suppression."""
_COMMENT = re.compile(
    r"<!--\s*+shortcodes:\s*+(?P<word>[^\s,]*+)(?P<codes>.*+)", re.DOTALL
)  # without the "-->" that it ends with
_REASON = re.compile(r"(?<!\S)--(?!\S)")
_CODE = re.compile(r"[^\s,]++")
_NEAR = 200
"""Code points before a suppression in which a bracket counts that nothing has closed."""
_ONLY_MARKS = re.compile(r"[\s>*+#.)|0-9-]*+")
"""What may stand at the beginning of a line of Markdown before its words."""
_PARAGRAPH = re.compile(r"\Z|(?:[ \t]*+(?:\r?\n|\Z)|(?!).)++(?![ \t>*+#|0-9-]|```|~~~)")
"""Blank lines, and what is no list, no code and no other mark behind them."""
_BLANKS = re.compile(r"\s*+")

_Asked = dict[str, bool]
"""What is suppressed in a place: codes, beginnings of codes, `ALL`; and whether it was found."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment."""

    span: Span
    whole: Span
    """With its line and the break of it, where it stands there alone."""
    word: str
    """`ignore` or `ignore-file`; anything else is a mistake."""
    word_span: Span
    codes: tuple[tuple[str, Span], ...]
    """As written, with their places."""
    asked: _Asked
    """Shared by all that suppress something in the same place."""


class Suppressions:
    """The suppressions of one text; they remember what they were needed for.

    `names` are those of the rules, by code.
    """

    def __init__(self, document: Document, names: Mapping[str, str], *, markdown: bool) -> None:
        self._document = document
        self._text = document.source
        self._markdown = markdown
        self._known = tuple(names)
        self._codes = {name: code for code, name in names.items()}
        self._of_file: _Asked = {}
        self._of_lines: dict[int, _Asked] = {}
        self._below: dict[int, int] = {}
        """For lines that hold only a suppression, the line that it is for."""
        self._begun: dict[int, int] = {}
        """Where lines begin to say something."""

    @cached_property
    def all(self) -> list[Suppression]:
        """Every suppression in order."""
        if KEYWORD not in self._text:
            return []
        found = [self._read(*span) for span in reversed(list(self._comments()))]
        return [one for one in reversed(found) if one]

    def without(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the findings that are not suppressed."""
        if not self.all:
            return list(found)
        return [diagnostic for diagnostic in found if not self._is_meant(diagnostic)]

    def unused(self, one: Suppression) -> list[str]:
        """Return what a suppression says of which nothing was found in its place."""
        written = [code for code, _ in one.codes if self.knows(code)] if one.codes else [ALL]
        return [code for code in written if one.asked.get(self.code(code)) is False]

    def stands_apart(self, one: Suppression, *, whole: bool = True) -> bool:
        """Return whether all else is read the same without a suppression, or if not `whole`, with
        less in it: it stands in no tag and no raw text, keeps nothing apart that would become one
        word, one tag or one fence, and ends no block of Markdown.
        """
        start, end = one.span
        near = self._text[max(0, start - _NEAR) : start]
        if any(near.rfind(first) > near.rfind(last) for first, last in ("[]", "<>")):
            return False
        if self._delimiter(start) != start or start not in self._in_the_open:
            return False
        if whole and self._markdown and not self._parts_no_blocks(one):
            return False
        after = self._text[end : end + 1]
        return (not near or near[-1].isspace() or near[-1] == ">") and (
            not after or after.isspace() or after == "<"
        )

    def _parts_no_blocks(self, one: Suppression) -> bool:
        """Return whether a suppression stands among the words of a line, or between blank lines of
        which what follows is a paragraph without it too.
        """
        start, end = one.span
        lines = self._lines
        line = lines.find_line(start)
        before = self._text[lines.get_start(line) : start]
        if not _ONLY_MARKS.fullmatch(before):
            after = self._text[end : lines.get_start(lines.find_line(end) + 1)]
            return bool(after.strip()) or not before.endswith(("  ", "\t"))
        above = self._text[lines.get_start(line - 1) : lines.get_start(line)] if line > 1 else ""
        below = self._text[one.whole[1] : one.whole[1] + _NEAR]
        return (
            not before
            and one.span != one.whole
            and not above.strip()
            and (_PARAGRAPH.match(below) is not None)
        )

    @cached_property
    def _in_the_open(self) -> Set[int]:
        """Where suppressions begin in whose place a tag would be one."""
        parts, position = [], 0
        for one in self.all:
            start, end = one.span
            parts += [self._text[position:start], f"<i{' ' * (end - start - 3)}>"]
            position = end
        text = "".join([*parts, self._text[position:]])
        found = ({t.start for t in tokens(text, one) if t.is_tag} for one in readings(text))
        return set.intersection(*found)

    @property
    def selectors(self) -> tuple[str, ...]:
        """Everything that a suppression may say."""
        return (*self._known, *self._codes, ALL)

    def knows(self, written: str) -> bool:
        """Return whether there is a rule that a suppression says."""
        return any(self._meant_by(self.code(written)))

    def _meant_by(self, selector: str) -> Iterator[str]:
        """Give the codes of the rules that are meant."""
        return (code for code in self._known if selector == ALL or begins(selector, code))

    def code(self, written: str) -> str:
        """Return the code, or beginning of one, that a suppression says."""
        return self._codes.get(written, written)

    def _is_meant(self, diagnostic: Diagnostic) -> bool:
        start = diagnostic.span[0]
        lines = {self._lines.find_line(start), self._lines.find_line(self._delimiter(start))}
        places = [self._of_file, *(self._of_lines.get(line, {}) for line in lines)]
        code, meant = diagnostic.code, False
        for selector in (ALL, *(code[:length] for length in range(2, len(code) + 1))):
            for asked in places:
                if selector in asked:
                    asked[selector] = meant = True
        return meant

    def _delimiter(self, offset: int) -> int:
        """Return where the opening delimiter begins that an offset stands in, else the offset."""
        place = bisect_right(self._starts, offset) - 1
        return self._starts[place] if place >= 0 and offset < self._ends[place] else offset

    @cached_property
    def _starts(self) -> list[int]:
        return [shortcode.open_span[0] for shortcode in self._document.shortcodes()]

    @cached_property
    def _ends(self) -> list[int]:
        return [shortcode.open_span[1] for shortcode in self._document.shortcodes()]

    @property
    def _lines(self) -> Lines:
        return self._document.lines

    def _begins(self, line: int) -> int:
        """Return where a line has something else than blanks; looked for once."""
        if line not in self._begun:
            start = self._lines.get_start(line)
            blanks = _BLANKS.match(self._text, start)
            self._begun[line] = blanks.end() if blanks else start
        return self._begun[line]

    def _comments(self) -> Iterator[Span]:
        """Give the spans of all comments that are not in code."""
        openers = re.compile(region_openers(self._markdown))
        regions = Regions(self._text, self._markdown)
        position = 0
        while match := openers.search(self._text, position):
            start, after = match.span()
            position = regions.end(str(match.lastgroup), start, after)
            if match.lastgroup == "COMMENT_OPEN" and position > after:
                yield start, position

    def _read(self, start: int, end: int) -> Suppression | None:
        """Return the suppression that a comment is, if it is one; the last one has to be first."""
        match = _COMMENT.fullmatch(self._text, start, end - len("-->"))
        if not match:
            return None
        codes = match["codes"]
        reason = _REASON.search(codes)
        first = match.start("codes")
        last = first + reason.start() if reason else match.end("codes")
        written = tuple((one[0], one.span()) for one in _CODE.finditer(self._text, first, last))
        begin, stop, line = self._place(start, end)
        asked = self._of_file if match["word"] == FILE else self._of_lines.setdefault(line, {})
        if match["word"] in (LINE, FILE):
            for code, _ in written or [(ALL, (start, end))]:
                asked.setdefault(self.code(code), False)
        return Suppression(
            (start, end), (begin, stop), match["word"], match.span("word"), written, asked
        )

    def _place(self, start: int, end: int) -> tuple[int, int, int]:
        """Return a comment's span, with its line where that is all, and the line it is for."""
        lines = self._lines
        first, last = lines.find_line(start), lines.find_line(end)
        begin, stop = lines.get_start(first), lines.get_start(last + 1)
        if self._begins(first) != start or not _BLANKS.fullmatch(self._text, end, stop):
            return start, end, first
        line = last + 1
        while (
            line <= len(lines.starts)
            and not self._text[lines.get_start(line) : lines.get_start(line + 1)].strip()
        ):
            line += 1
        self._below[first] = line = self._below.get(line, line)
        return begin, stop, line

"""Patterns as in `.gitignore`, in time that no pattern and no name can make long.

A pattern becomes a regular expression that never backtracks, because it never has to: after a star,
the first offset at which the next characters match leaves the most text to the rest. Each part
means what it means to git's `wildmatch.c`, except that git counts bytes and this counts characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

_STAR, _DOUBLE_STAR, _SLASH = "*", "**", "/"
_ANY_CHARACTER = "[^/]"
_NO_STAR, _STAR_FIRST, _STAR_LAST = range(3)
"""Where the last segment of a pattern has its star."""
_SEGMENT_END = r"(?=/|\Z)"
_MAGIC = re.compile(r"[\\*?\[]")
_STARS_END = re.compile(r"[^*]|\Z")
MAX_STEPS = 1000
"""How many comparisons a name may take: one for each segment of a pattern that is tried by itself,
and one for each table in which the other patterns are looked up."""
_STEPS_AT_ANY_DEPTH = 5
"""How many steps a segment between double stars counts."""
_MAX_LENGTH = 5000
"""Characters of a pattern; on most systems no path is longer."""
_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t-\r ",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, from one line of a file."""

    is_included: bool
    """Whether the pattern includes what it matches; one with a `!` excludes it again."""
    is_folders_only: bool
    """Whether it matches folders only; such a pattern ends with a slash."""
    is_name_only: bool
    """Whether it is compared with the name alone, in whatever folder that is."""
    segments: Sequence[Sequence[str]]
    """The parts between slashes. Each is a list of tokens: a star, a double star, or a regular
    expression for one character."""

    def compile(self) -> _CompiledPattern:
        """Return the pattern as regular expressions."""
        return _CompiledPattern(self.segments)

    def split_literal(self) -> tuple[str, int, str] | None:
        """Return the folder, where the last segment has its star, and the letters beside it.

        Return `None` for a pattern that is more than letters and one star.
        """
        *folders, last = self.segments
        star = _NO_STAR
        if last[0] == _STAR:
            star, last = _STAR_FIRST, last[1:]
        elif last[-1] == _STAR:
            star, last = _STAR_LAST, last[:-1]
        *names, letters = (_join_letters(tokens) for tokens in (*folders, last))
        if letters is None or None in names:
            return None
        return "".join(f"{name}/" for name in names), star, letters


class Patterns:
    """Patterns of which the last one that matches decides. Paths are relative, with slashes.

    Most patterns are letters with at most one star, at one end of the last segment. Those are
    looked up in tables; only the others are tried one by one.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._is_included: list[bool] = []
        self._tried_steps = 0
        self._names, self._paths = _Tables(), _Tables()
        others: list[tuple[int, Pattern, _CompiledPattern]] = []
        for index, pattern in enumerate(patterns):
            self._is_included.append(pattern.is_included)
            literal = pattern.split_literal()
            if literal is None:
                compiled = pattern.compile()
                self._tried_steps += compiled.steps
                if self._tried_steps <= MAX_STEPS:
                    others.append((index, pattern, compiled))
            else:
                tables = self._names if pattern.is_name_only else self._paths
                tables.add(*literal, index, pattern.is_folders_only)
        self._others = others[::-1]

    def __bool__(self) -> bool:
        return bool(self._is_included)

    @property
    def steps(self) -> int:
        """How many comparisons a name takes at most.

        Patterns with more than `MAX_STEPS` must not be used: they are not complete.
        """
        return self._tried_steps + self._names.steps + self._paths.steps

    def decide(self, path: str, *, is_folder: bool = False) -> bool | None:
        """Return whether the patterns include or exclude a path itself; `None` if none matches."""
        start = path.rfind("/") + 1
        folder, name = path[:start], path[start:]
        last = max(
            self._names.find_last("", name, is_folder),
            self._paths.find_last(folder, name, is_folder),
        )
        for index, pattern, compiled in self._others:
            if index < last:
                break
            if (is_folder or not pattern.is_folders_only) and compiled.match(
                name if pattern.is_name_only else path
            ):
                last = index
                break
        return self._is_included[last] if last >= 0 else None

    def has_match(self, path: str) -> bool:
        """Return whether the patterns include a file, or a folder that it is in."""
        slash = path.find("/", 1)
        while slash >= 0:
            if self.decide(path[:slash], is_folder=True):
                return True
            slash = path.find("/", slash + 1)
        return self.decide(path) is True


class _Tables:
    """Names, and beginnings and ends of names, each with the last pattern that has it."""

    def __init__(self) -> None:
        self._tables: dict[tuple[int, int], dict[str, tuple[int, int]]] = {}
        """A table for each kind of star and number of letters. It maps folder and letters to the
        index of the last pattern for folders, and of the last one for files.
        """

    @property
    def steps(self) -> int:
        """How many tables a name is looked up in."""
        return len(self._tables)

    def add(self, folder: str, star: int, letters: str, index: int, is_folders_only: bool) -> None:
        """Add a pattern whose index is greater than those of all before."""
        table = self._tables.setdefault((star, len(letters) if star else 0), {})
        _, for_files = table.get(folder + letters, (-1, -1))
        table[folder + letters] = index, for_files if is_folders_only else index

    def find_last(self, folder: str, name: str, is_folder: bool) -> int:
        """Return the index of the last pattern that matches, or -1."""
        last, length = -1, len(name)
        for (star, count), table in self._tables.items():
            if star == _NO_STAR:
                key = folder + name
            elif count > length:
                continue
            else:
                key = folder + (name[:count] if star == _STAR_LAST else name[length - count :])
            if key in table:
                last = max(last, table[key][not is_folder])
        return last


def parse_lines(text: str) -> Iterator[Pattern]:
    """Return the patterns in a file; lines that are no pattern are skipped, as git does."""
    for line in text.removeprefix("\ufeff").split("\n"):
        try:
            pattern = parse_pattern(line.removesuffix("\r"))
        except ValueError:
            continue
        if pattern is not None:
            yield pattern


def parse_pattern(line: str) -> Pattern | None:
    """Return the pattern in a line; `None` for an empty line and a comment.

    Raises `ValueError` for a pattern that can match nothing.
    """
    text = line.rstrip(" ")
    if (len(text) - len(text.rstrip("\\"))) % 2:
        text += line[len(text) : len(text) + 1]  # the space that a backslash keeps
    if not text or text.startswith("#"):
        return None
    without_mark = text.removeprefix("!")
    body = without_mark.removesuffix("/")
    try:
        if len(body) > _MAX_LENGTH:
            raise ValueError
        segments = _split_segments(body.removeprefix("/"))
    except ValueError:
        excerpt = f"{line[:40]}…" if len(line) > 40 else line
        raise ValueError(f"{excerpt!r} is not a valid pattern") from None
    is_name_only = "/" not in body
    if is_name_only:
        segments = [[_STAR if token == _DOUBLE_STAR else token for token in segments[0]]]
    elif len(segments) == 2 and segments[0] == [_DOUBLE_STAR] != segments[1]:
        is_name_only, segments = True, segments[1:]
    return Pattern(without_mark is text, body is not without_mark, is_name_only, segments)


def _join_letters(tokens: Sequence[str]) -> str | None:
    """Return the letters that tokens stand for; `None` if they are more than letters."""
    letters = []
    for token in tokens:
        if token == _STAR or not (len(token) == 1 or (len(token) == 2 and token[0] == "\\")):
            return None
        letters.append(token[-1])  # as `re.escape` writes it
    return "".join(letters)


def _split_segments(body: str) -> list[list[str]]:
    """Return the parts between slashes as lists of tokens. Raises `ValueError`."""
    if not _MAGIC.search(body):
        plain = [[*map(re.escape, part)] for part in body.split(_SLASH)]
        if not all(plain):
            raise ValueError
        return plain
    segments: list[list[str]] = [[]]
    offset = 0
    while offset < len(body):
        letter = body[offset]
        offset += 1
        if letter == "[":
            token, offset = _read_set(body, offset)
        elif letter == "*":
            end = _STARS_END.search(body, offset).start()  # type: ignore[union-attr]
            token, offset = (_STAR if end == offset else _DOUBLE_STAR), end
        elif letter == "?":
            token = _ANY_CHARACTER
        else:
            if letter == "\\":
                letter, offset = body[offset : offset + 1], offset + 1
                if not letter:
                    raise ValueError
            token = letter if letter == _SLASH else re.escape(letter)
        if token == _SLASH:
            segments.append([])
        else:
            segments[-1].append(token)
    if not all(segments):
        raise ValueError
    return segments


def _read_set(body: str, offset: int) -> tuple[str, int]:
    """Return a regular expression for the set that begins at an offset, and the set's end."""
    is_negated = body.startswith(("!", "^"), offset)
    offset += is_negated
    parts: list[str] = []
    before, is_first = "", True
    while is_first or body[offset : offset + 1] != "]":
        is_first = False
        letter, offset = _read_letter(body, offset)
        if letter == "-" and before and body[offset : offset + 1] not in ("", "]"):
            last, offset = _read_escaped_letter(body, offset)
            parts += [f"{re.escape(before)}-{re.escape(last)}"] if before <= last else []
            before = ""
        elif letter == "[" and body[offset : offset + 1] == ":":
            end = body.find("]", offset + 1)
            if end < 0:
                raise ValueError
            if end > offset + 1 and body[end - 1] == ":":
                parts.append(_expand_class(body[offset + 1 : end - 1]))
                before, offset = "", end + 1
            else:
                parts.append(re.escape(letter))
                before = letter
        else:
            before = letter
            if letter == "\\":
                before, offset = _read_letter(body, offset)
            parts.append(re.escape(before))
    members = "".join(parts)
    if is_negated:
        return f"[^/{members}]", offset + 1
    return f"(?!/)[{members}]" if members else "(?!)", offset + 1


def _read_letter(body: str, offset: int) -> tuple[str, int]:
    if offset >= len(body):
        raise ValueError
    return body[offset], offset + 1


def _read_escaped_letter(body: str, offset: int) -> tuple[str, int]:
    letter, offset = _read_letter(body, offset)
    return _read_letter(body, offset) if letter == "\\" else (letter, offset)


def _expand_class(name: str) -> str:
    if name not in _CLASSES:
        raise ValueError
    return _CLASSES[name]


class _CompiledPattern:
    """The runs of segments between the double stars of a pattern, as regular expressions.

    A path matches if it begins with the first run, ends with the last one, and has the others in
    between, in their order.
    """

    def __init__(self, segments: Iterable[Sequence[str]]) -> None:
        runs: list[list[str]] = [[]]
        for tokens in segments:
            if [*tokens] == [_DOUBLE_STAR]:
                runs.append([])
            else:
                runs[-1].append(_compile_segment(tokens))
        self._is_exact = len(runs) == 1
        self._first, *self._between, self._last = runs if len(runs) > 1 else [*runs, []]
        count = sum(map(len, self._between))
        self.steps = len(self._first) + len(self._last) + _STEPS_AT_ANY_DEPTH * count

    @cached_property
    def _expressions(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        boundary = r"\Z" if self._is_exact else "/" if self._first else ""
        between = (rf"(?>(?:[^/]++/)*?{'/'.join(run)}/)" for run in self._between if run)
        return (
            re.compile("/".join(self._first) + boundary),
            re.compile("".join(between)),
            re.compile("/".join(self._last) + r"\Z" if self._last else "(?s:.)"),
        )

    def match(self, path: str) -> bool:
        """Return whether a path matches.

        Only the runs in between are searched for; the first and the last can be at one offset only.
        """
        first, between, last = self._expressions
        beginning = first.match(path)
        if self._is_exact or beginning is None:
            return beginning is not None
        tail, count = path[beginning.end() :], len(self._last)
        parts = tail.rsplit("/", count)
        if len(parts) < count:
            return False
        end = len(parts[0]) + 1 if len(parts) > count > 0 else 0 if count else len(tail)
        middle = between.match(tail, 0, end)
        return middle is not None and last.match(tail, end if count else middle.end()) is not None


def _compile_segment(tokens: Iterable[str]) -> str:
    """Return a regular expression for one segment, which never backtracks."""
    chunks: list[list[str]] = [[]]
    for token in tokens:
        if token not in (_STAR, _DOUBLE_STAR):
            chunks[-1].append(token)
        elif chunks[-1] or len(chunks) == 1:
            chunks.append([])
    first, *others = map("".join, chunks)
    if not others:
        return f"(?>{first}{_SEGMENT_END})"
    *between, last = others
    middle = "".join(f"(?>{_ANY_CHARACTER}*?{chunk})" for chunk in between)
    end = f"{_ANY_CHARACTER}*{last}{_SEGMENT_END}" if last else f"{_ANY_CHARACTER}*+"
    return f"(?>{first}{middle}{end})"

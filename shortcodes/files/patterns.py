"""Patterns as in `.gitignore`, in time that no pattern and no name can make long.

A pattern becomes a regular expression that never backtracks, because it never has to: after a star,
the first offset at which the next characters match leaves the most text to the rest. Each part
means what it means to git's `wildmatch.c`, except that git counts bytes and this counts characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shortcodes.files.pattern_segments import (
    ANY_CHARACTER,
    DOUBLE_STAR,
    STAR,
    CompiledPattern,
)

_SLASH = "/"
_NO_STAR, _STAR_FIRST, _STAR_LAST = range(3)
"""Where the last segment of a pattern has its star."""
_MAGIC = re.compile(r"[\\*?\[]")
_STARS_END = re.compile(r"[^*]|\Z")
MAX_STEPS = 1000
"""How many comparisons a name may take: one for each segment of a pattern that is tried by itself,
and one for each table in which the other patterns are looked up."""
_MAX_FOLDERS = 2000
"""How many folders are kept with whether they match."""
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

    def compile(self) -> CompiledPattern:
        """Return the pattern as regular expressions."""
        return CompiledPattern(self.segments)

    def split_literal(self) -> tuple[str, int, str] | None:
        """Return the folder, where the last segment has its star, and the letters beside it.

        Return `None` for a pattern that is more than letters and one star.
        """
        *folders, last = self.segments
        star = _NO_STAR
        if last[0] == STAR:
            star, last = _STAR_FIRST, last[1:]
        elif last[-1] == STAR:
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
        others: list[tuple[int, Pattern, CompiledPattern]] = []
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
        self._folders: list[str] = []
        self._states = [{c: c.start for _, _, c in self._others if not c.is_exact}]
        self._matches: dict[str, bool] = {}

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
            if pattern.is_folders_only and not is_folder:
                continue
            if compiled.is_exact:
                is_match = compiled.match(name if pattern.is_name_only else path)
            else:
                is_match = compiled.match_name(self._enter(folder)[compiled], name)
            if is_match:
                last = index
                break
        return self._is_included[last] if last >= 0 else None

    def has_match(self, path: str) -> bool:
        """Return whether the patterns include a file, or a folder that it is in."""
        is_match, unknown = False, list[str]()
        folder = path
        while (slash := folder.rfind("/")) > 0:
            folder = folder[:slash]
            if folder in self._matches:
                is_match = self._matches[folder]
                break
            unknown.append(folder)
        if len(self._matches) > _MAX_FOLDERS:
            self._matches.clear()
        for name in reversed(unknown):
            is_match = is_match or self.decide(name, is_folder=True) is True
            self._matches[name] = is_match
        return is_match or self.decide(path) is True

    def _enter(self, folder: str) -> dict[CompiledPattern, int]:
        """Return the states of the patterns with double stars after a folder.

        Those of the folders above are kept, since the files of a folder follow each other.
        """
        folders = folder.split("/")[:-1]
        depth = len(self._folders)
        if self._folders != folders[:depth]:
            pairs = zip(self._folders, folders, strict=False)
            depth = next(
                (index for index, (old, new) in enumerate(pairs) if old != new), len(folders)
            )
            del self._folders[depth:], self._states[depth + 1 :]
        for name in folders[depth:]:
            states = self._states[-1]
            self._states.append({c: c.advance(state, name) for c, state in states.items()})
            self._folders.append(name)
        return self._states[-1]


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
        segments = [[STAR if token == DOUBLE_STAR else token for token in segments[0]]]
    elif len(segments) == 2 and segments[0] == [DOUBLE_STAR] != segments[1]:
        is_name_only, segments = True, segments[1:]
    return Pattern(without_mark is text, body is not without_mark, is_name_only, segments)


def _join_letters(tokens: Sequence[str]) -> str | None:
    """Return the letters that tokens stand for; `None` if they are more than letters."""
    letters = []
    for token in tokens:
        if token == STAR or not (len(token) == 1 or (len(token) == 2 and token[0] == "\\")):
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
            token, offset = (STAR if end == offset else DOUBLE_STAR), end
        elif letter == "?":
            token = ANY_CHARACTER
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

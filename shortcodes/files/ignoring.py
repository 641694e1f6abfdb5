"""Patterns as in `.gitignore`, which no pattern and no name can make slow.

A pattern becomes a regular expression that never takes back what it matched, as it never has to:
after a star, the first place where the next characters fit leaves most to what follows. The
meaning of each part is that of git's `wildmatch.c`, character by character where git counts bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

_STAR, _STARS, _SLASH = "*", "**", "/"
_ANY = "[^/]"
_NOWHERE, _AT_BEGINNING, _AT_END = range(3)
"""Where a star is."""
_END = r"(?=/|\Z)"
_MAGIC = re.compile(r"[\\*?\[]")
_NO_STAR = re.compile(r"[^*]|\Z")
MOST_STEPS = 1000
"""How much a name may be compared with: segments of patterns that are tried one by one, and places
where others are looked up."""
_IN_BETWEEN = 5
"""How many steps a segment counts that is looked for at any depth."""
_LONGEST = 5000
"""Characters of a pattern; no path is longer on most systems."""
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
    """One line that says something."""

    holds: bool
    """Whether what matches is meant; with a `!` it is what is not."""
    of_folders: bool
    of_names: bool
    """Whether it is compared with the name alone, wherever that is."""
    segments: Sequence[Sequence[str]]
    """What stands between slashes, each part as tokens: stars, or what one character is."""

    def runs(self) -> _Runs:
        """Return what it compares a name or a path with."""
        return _Runs(self.segments)

    def simple(self) -> tuple[str, int, str] | None:
        """Return the folder, where the star is in the last segment and the letters there; `None`
        for a pattern with more to it.
        """
        *folders, last = self.segments
        star = _NOWHERE
        if last[0] == _STAR:
            star, last = _AT_BEGINNING, last[1:]
        elif last[-1] == _STAR:
            star, last = _AT_END, last[:-1]
        *parts, letters = (_letters(tokens) for tokens in (*folders, last))
        if letters is None or None in parts:
            return None
        return "".join(f"{part}/" for part in parts), star, letters


class Patterns:
    """Patterns of which the last one that matches counts. Names are relative, with slashes.

    Most patterns are letters with at most one star, at an end of the last segment. They are looked
    up; only the others are tried one by one.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._holds: list[bool] = []
        self._tried = 0
        self._names, self._paths = _Ends(), _Ends()
        others: list[tuple[int, Pattern, _Runs]] = []
        for index, one in enumerate(patterns):
            self._holds.append(one.holds)
            simple = one.simple()
            if simple is None:
                runs = one.runs()
                self._tried += runs.steps
                if self._tried <= MOST_STEPS:
                    others.append((index, one, runs))
            else:
                ends = self._names if one.of_names else self._paths
                ends.add(*simple, index, one.of_folders)
        self._others = others[::-1]

    def __bool__(self) -> bool:
        return bool(self._holds)

    @property
    def steps(self) -> int:
        """How much a name is compared with at most. Patterns of more than `MOST_STEPS` are not to
        be used: they are not all there.
        """
        return self._tried + self._names.steps + self._paths.steps

    def said(self, path: str, *, is_folder: bool = False) -> bool | None:
        """Return what is said of something itself; `None` if nothing is."""
        start = path.rfind("/") + 1
        folder, name = path[:start], path[start:]
        last = max(self._names.last("", name, is_folder), self._paths.last(folder, name, is_folder))
        for index, one, runs in self._others:
            if index < last:
                break
            if (is_folder or not one.of_folders) and runs.match(name if one.of_names else path):
                last = index
                break
        return self._holds[last] if last >= 0 else None

    def hold(self, path: str) -> bool:
        """Return whether a file is meant, or a folder that it is in."""
        slash = path.find("/", 1)
        while slash >= 0:
            if self.said(path[:slash], is_folder=True):
                return True
            slash = path.find("/", slash + 1)
        return self.said(path) is True


class _Ends:
    """Names, and how names begin and end, each with the last pattern that says so."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], dict[str, tuple[int, int]]] = {}
        """By the place of the star and the number of letters; by folder and letters, the index for
        folders and that for files.
        """

    @property
    def steps(self) -> int:
        """How many places a name is looked up in."""
        return len(self._found)

    def add(self, folder: str, star: int, letters: str, index: int, of_folders: bool) -> None:
        """Take in a pattern; its index is greater than that of all before."""
        found = self._found.setdefault((star, len(letters) if star else 0), {})
        before = found.get(folder + letters, (-1, -1))
        found[folder + letters] = index, before[1] if of_folders else index

    def last(self, folder: str, name: str, is_folder: bool) -> int:
        """Return the index of the last pattern that matches, -1 for none."""
        last, length = -1, len(name)
        for (star, letters), found in self._found.items():
            if star == _NOWHERE:
                key = folder + name
            elif letters > length:
                continue
            else:
                key = folder + (name[:letters] if star == _AT_END else name[length - letters :])
            if key in found:
                last = max(last, found[key][not is_folder])
        return last


def lenient(text: str) -> Iterator[Pattern]:
    """Give the patterns of a file; lines that are none are passed over, as git does."""
    for line in text.removeprefix("\ufeff").split("\n"):
        try:
            found = pattern(line.removesuffix("\r"))
        except ValueError:
            continue
        if found is not None:
            yield found


def pattern(line: str) -> Pattern | None:
    """Return the pattern of a line, `None` for an empty one and a comment.

    Raises `ValueError` for one that can match nothing.
    """
    left = line.rstrip(" ")
    if (len(left) - len(left.rstrip("\\"))) % 2:
        left += line[len(left) : len(left) + 1]  # the space that a backslash keeps
    if not left or left.startswith("#"):
        return None
    written = left.removeprefix("!")
    body = written.removesuffix("/")
    try:
        if len(body) > _LONGEST:
            raise ValueError
        segments = _segments(body.removeprefix("/"))
    except ValueError:
        shown = f"{line[:40]}…" if len(line) > 40 else line
        raise ValueError(f"{shown!r} is no pattern") from None
    of_names = "/" not in body
    if of_names:
        segments = [[_STAR if token == _STARS else token for token in segments[0]]]
    elif len(segments) == 2 and segments[0] == [_STARS] != segments[1]:
        of_names, segments = True, segments[1:]
    return Pattern(written is left, body is not written, of_names, segments)


def _letters(tokens: Sequence[str]) -> str | None:
    """Return the letters that tokens are, if they are nothing else."""
    letters = []
    for token in tokens:
        if token == _STAR or not (len(token) == 1 or (len(token) == 2 and token[0] == "\\")):
            return None
        letters.append(token[-1])  # as `re.escape` writes it
    return "".join(letters)


def _segments(body: str) -> list[list[str]]:
    """Return what stands between slashes, each part as tokens: stars, or what one character is."""
    if not _MAGIC.search(body):
        plain = [[*map(re.escape, part)] for part in body.split(_SLASH)]
        if not all(plain):
            raise ValueError
        return plain
    found: list[list[str]] = [[]]
    place = 0
    while place < len(body):
        letter = body[place]
        place += 1
        if letter == "[":
            token, place = _set(body, place)
        elif letter == "*":
            end = _NO_STAR.search(body, place).start()  # type: ignore[union-attr]
            token, place = (_STAR if end == place else _STARS), end
        elif letter == "?":
            token = _ANY
        else:
            if letter == "\\":
                letter, place = body[place : place + 1], place + 1
                if not letter:
                    raise ValueError
            token = letter if letter == _SLASH else re.escape(letter)
        if token == _SLASH:
            found.append([])
        else:
            found[-1].append(token)
    if not all(found):
        raise ValueError
    return found


def _set(body: str, place: int) -> tuple[str, int]:
    """Return an expression for a set of characters that begins at a place, and where it ends."""
    negated = body.startswith(("!", "^"), place)
    place += negated
    parts: list[str] = []
    before, is_first = "", True
    while is_first or body[place : place + 1] != "]":
        is_first = False
        letter, place = _letter(body, place)
        if letter == "-" and before and body[place : place + 1] not in ("", "]"):
            last, place = _escaped(body, place)
            parts += [f"{re.escape(before)}-{re.escape(last)}"] if before <= last else []
            before = ""
        elif letter == "[" and body[place : place + 1] == ":":
            end = body.find("]", place + 1)
            if end < 0:
                raise ValueError
            if end > place + 1 and body[end - 1] == ":":
                parts.append(_named(body[place + 1 : end - 1]))
                before, place = "", end + 1
            else:
                parts.append(re.escape(letter))
                before = letter
        else:
            before = letter
            if letter == "\\":
                before, place = _letter(body, place)
            parts.append(re.escape(before))
    inside = "".join(parts)
    if negated:
        return f"[^/{inside}]", place + 1
    return f"(?!/)[{inside}]" if inside else "(?!)", place + 1


def _letter(body: str, place: int) -> tuple[str, int]:
    if place >= len(body):
        raise ValueError
    return body[place], place + 1


def _escaped(body: str, place: int) -> tuple[str, int]:
    letter, place = _letter(body, place)
    return _letter(body, place) if letter == "\\" else (letter, place)


def _named(name: str) -> str:
    if name not in _CLASSES:
        raise ValueError
    return _CLASSES[name]


class _Runs:
    """What stands between the double stars of a pattern: a path begins with the first, ends with
    the last, and has the others in between, in their order.
    """

    def __init__(self, segments: Iterable[Sequence[str]]) -> None:
        runs: list[list[str]] = [[]]
        for tokens in segments:
            if [*tokens] == [_STARS]:
                runs.append([])
            else:
                runs[-1].append(_segment(tokens))
        self._is_exact = len(runs) == 1
        self._first, *self._between, self._last = runs if len(runs) > 1 else [*runs, []]
        between = sum(map(len, self._between))
        self.steps = len(self._first) + len(self._last) + _IN_BETWEEN * between

    @cached_property
    def _expressions(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        behind = r"\Z" if self._is_exact else "/" if self._first else ""
        between = (rf"(?>(?:[^/]++/)*?{'/'.join(run)}/)" for run in self._between if run)
        return (
            re.compile("/".join(self._first) + behind),
            re.compile("".join(between)),
            re.compile("/".join(self._last) + r"\Z" if self._last else "(?s:.)"),
        )

    def match(self, path: str) -> bool:
        """Return whether a path matches. Only what is in between is looked for, the rest has one
        place.
        """
        first, between, last = self._expressions
        begun = first.match(path)
        if self._is_exact or begun is None:
            return begun is not None
        rest, count = path[begun.end() :], len(self._last)
        parts = rest.rsplit("/", count)
        if len(parts) < count:
            return False
        end = len(parts[0]) + 1 if len(parts) > count > 0 else 0 if count else len(rest)
        found = between.match(rest, 0, end)
        return found is not None and last.match(rest, end if count else found.end()) is not None


def _segment(tokens: Iterable[str]) -> str:
    """Return an expression for what stands between two slashes, in which nothing is taken back."""
    chunks: list[list[str]] = [[]]
    for token in tokens:
        if token not in (_STAR, _STARS):
            chunks[-1].append(token)
        elif chunks[-1] or len(chunks) == 1:
            chunks.append([])
    first, *others = map("".join, chunks)
    if not others:
        return f"(?>{first}{_END})"
    *between, last = others
    middle = "".join(f"(?>{_ANY}*?{chunk})" for chunk in between)
    end = f"{_ANY}*{last}{_END}" if last else f"{_ANY}*+"
    return f"(?>{first}{middle}{end})"

"""Patterns as in `.gitignore`, which no pattern and no name can make slow.

A pattern becomes a regular expression that never takes back what it matched, as it never has to:
after a star, the first place where the next characters fit leaves most to what follows. The
meaning of each part is that of git's `wildmatch.c`, character by character where git counts bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_STAR, _STARS, _SLASH = "*", "**", "/"
_ANY = "[^/]"
_END = r"(?=/|\Z)"
_NO_STAR = re.compile(r"[^*]|\Z")
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
    regex: re.Pattern[str]


class Patterns:
    """Patterns of which the last one that matches counts. Names are relative, with slashes."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(reversed([*patterns]))

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def said(self, path: str, *, is_folder: bool = False) -> bool | None:
        """Return what is said of something itself; `None` if nothing is."""
        name = path.rpartition("/")[2]
        for one in self._patterns:
            if (is_folder or not one.of_folders) and one.regex.match(
                name if one.of_names else path
            ):
                return one.holds
        return None

    def hold(self, path: str) -> bool:
        """Return whether a file is meant, or a folder that it is in."""
        slash = path.find("/", 1)
        while slash >= 0:
            if self.said(path[:slash], is_folder=True):
                return True
            slash = path.find("/", slash + 1)
        return self.said(path) is True


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
    regex = re.compile(_path(segments))
    return Pattern(written is left, body is not written, of_names, regex)


def _segments(body: str) -> list[list[str]]:
    """Return what stands between slashes, each part as tokens: stars, or what one character is."""
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


def _path(segments: list[list[str]]) -> str:
    """Return an expression for a whole path."""
    runs: list[list[str]] = [[]]  # what stands between double stars
    for tokens in segments:
        if tokens == [_STARS]:
            runs.append([])
        else:
            runs[-1].append(_segment(tokens))
    first, *others = runs
    made = r"\A" + "/".join(first)
    if not others:
        return made + r"\Z"
    made += "/" if first else ""
    *between, last = others
    for run in between:
        made += rf"(?>(?:[^/]++/)*?{'/'.join(run)}/)" if run else ""
    return made + (rf"(?:[^/]++/)*?{'/'.join(last)}\Z" if last else "(?s:.)")


def _segment(tokens: list[str]) -> str:
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

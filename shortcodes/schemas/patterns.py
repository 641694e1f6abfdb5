r"""Patterns of declared schemas, under limits of memory and time.

The engine that compiles them never backtracks, but it repeats what a count such as `{1,1000}` says,
and a class such as `\w` has hundreds of ranges. A schema may come from somebody else, so all its
patterns together have a limit, which is estimated before anything is compiled.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError, PydanticKnownError, SchemaValidator, ValidationError
from pydantic_core import core_schema as core

MAX_SIZE = 500_000
"""The size of all patterns of a call together: about 70 MB, and less than a second to compile."""
_MAX_POSITIONS = 2000
"""Characters that a pattern matches, groups and alternatives, repetitions counted as often as they
may occur."""
_MAX_COMPARISONS = 20_000_000
"""Characters of a value times positions of a pattern, in the worst case 0.2 seconds."""

_LETTER, _WIDE_LETTER, _ANY, _DIGITS, _WORDS = 1, 8, 10, 50, 500
"""Sizes; one is about 140 bytes."""
_POSITIONS_PER_SIZE = 4
"""Of so many positions, each group takes one size: where each group begins and ends is kept for
each position."""
_ESCAPES = {**dict.fromkeys("dDsS", _DIGITS), **dict.fromkeys("wWbBpP", _WORDS)}
_ESCAPE = re.compile(r"\\(?:[xuU]\{[^{}]*+\}|[pP]\{[^{}]*+\}|[pP].|b\{[a-z-]++\}|.)", re.DOTALL)
_COUNT = re.compile(r"\{\s*+([0-9]*+)\s*+(?:,\s*+([0-9]*+)\s*+)?\}")
_GROUP = re.compile(r"\?(?:P?<[^<>]*+>|([a-zA-Z-]*+)([:)]))")
_IGNORED = re.compile(r"\s++|#[^\n]*+")
_FLAGS = re.compile(r"\(\?([a-zA-Z]++)\)")


class Cost(NamedTuple):
    """What a part of a pattern costs."""

    size: int
    """The memory that it needs when it is compiled."""
    positions: int
    """The characters that it matches, and its groups and alternatives."""

    def add(self, other: Cost) -> Cost:
        """Return the cost of both."""
        return Cost(self.size + other.size, self.positions + other.positions)

    def repeat(self, count: int) -> Cost:
        """Return the cost of a repetition."""
        count = max(count, 1)
        size, positions = max(self.size, 1) * count, max(self.positions, 1) * count
        return Cost(min(size, MAX_SIZE + 1), min(positions, _MAX_POSITIONS + 1))


_NONE = Cost(0, 0)
_PART = Cost(0, 1)


class Pattern:
    """A pattern that texts are matched with. It is metadata of an annotation for pydantic."""

    def __init__(self, source: str) -> None:
        """Compile the pattern. Raises `SchemaError` for one that is not valid."""
        self.source = source
        self.cost = estimate_cost(source)
        self._validate = SchemaValidator(core.str_schema(pattern=source)).validate_python

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_pattern, (self.source,)

    def __get_pydantic_core_schema__(self, annotation: Any, handler: Any) -> core.CoreSchema:
        return core.no_info_after_validator_function(self._check, handler(annotation))

    def __get_pydantic_json_schema__(self, schema: core.CoreSchema, handler: Any) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.source}

    def _check(self, value: str) -> str:
        if len(value) * self.cost.positions > _MAX_COMPARISONS:
            message = "String should be short enough to be matched with pattern '{pattern}'"
            raise PydanticCustomError("string_pattern_length", message, {"pattern": self.source})
        try:
            self._validate(value)
        except ValidationError:
            reason = {"pattern": self.source}
            raise PydanticKnownError("string_pattern_mismatch", reason) from None
        return value


@lru_cache(maxsize=256)
def compile_pattern(source: str) -> Pattern:
    """Return a pattern, the same one for the same source."""
    return Pattern(source)


class PatternBudget:
    """The limit that the patterns of one call share."""

    def __init__(self) -> None:
        self._sources: set[str] = set()
        self._size = 0

    def compile(self, source: str) -> Pattern:
        """Return a pattern.

        Raises `ValueError` if it is too large or all are with it, and `SchemaError` if it is not
        valid.
        """
        if source not in self._sources:
            self._sources.add(source)
            cost = estimate_cost(source)
            if cost.positions > _MAX_POSITIONS:
                raise ValueError(f"it has more than {_MAX_POSITIONS:,} parts, repetitions counted")
            self._size += cost.size
            if self._size > MAX_SIZE:
                raise ValueError("with its repetitions, it is too large beside those before it")
        return compile_pattern(source)


def estimate_cost(source: str) -> Cost:
    """Return what a pattern costs at most, also one with mistakes."""
    return _Estimate(source).read()


class _Estimate:
    """Reads a pattern once, from left to right."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._offset = 0
        flags = _FLAGS.match(source)
        self._is_verbose = flags is not None and "x" in flags[1]

    def read(self) -> Cost:
        groups: list[Cost] = []
        group_count = 0
        before, atom = _NONE, _NONE
        while (letter := self._next()) is not None:
            if letter == "(":
                groups.append(before.add(atom))
                before, atom = _PART, _NONE
                group_count += 1
                self._read_group_start()
            elif letter == ")" and groups:
                before, atom = groups.pop(), before.add(atom)
            elif letter == "{" and (count := _COUNT.match(self._source, self._offset - 1)):
                self._offset = count.end()
                atom = atom.repeat(_read_count(count))
            elif letter == "{" and self._is_verbose:  # a count with spaces or comments in it
                atom = atom.repeat(MAX_SIZE)
            elif letter == "|":
                before, atom = before.add(atom), _PART
            elif letter not in "*+?":
                before, atom = before.add(atom), self._read_atom(letter)
        for group in groups:
            before = before.add(group)
        size, positions = before.add(atom)
        return Cost(size + group_count * positions // _POSITIONS_PER_SIZE, positions)

    def _next(self) -> str | None:
        """Return the next character that counts, and move after it; `None` at the end."""
        self._skip_ignored()
        if self._offset >= len(self._source):
            return None
        self._offset += 1
        return self._source[self._offset - 1]

    def _skip_ignored(self) -> None:
        """Skip white space and comments where the pattern may have them."""
        while self._is_verbose and (ignored := _IGNORED.match(self._source, self._offset)):
            self._offset = ignored.end()

    def _read_group_start(self) -> None:
        """Skip the name or the flags of a group."""
        is_at_start = self._offset == 1
        self._skip_ignored()
        start = _GROUP.match(self._source, self._offset)
        if start is None:
            return
        self._offset = start.end() - (start[2] == ")")
        if "x" in (start[1] or "") and not (self._is_verbose and is_at_start):
            raise ValueError("the flag x is allowed only in (?x) at the beginning of a pattern")

    def _read_atom(self, letter: str) -> Cost:
        if letter == "[":
            return Cost(self._read_set(), 1)
        return Cost(self._read_letter(letter), 1)

    def _read_letter(self, letter: str) -> int:
        if letter == "\\" and (escape := _ESCAPE.match(self._source, self._offset - 1)):
            self._offset = escape.end()
            return _ESCAPES.get(escape[0][1], _WIDE_LETTER)
        if letter == ".":
            return _ANY
        return _LETTER if letter < "\x80" else _WIDE_LETTER

    def _read_set(self) -> int:
        """Return the size of a set of characters, with the sets in it."""
        size, depth = _ANY, 1
        self._skip_set_start()
        while depth and (letter := self._next()) is not None:
            if letter == "[":
                depth += 1
                size += _DIGITS  # it may be [:alpha:]
                self._skip_set_start()
            elif letter == "]":
                depth -= 1
            else:
                size += self._read_letter(letter)
        return size

    def _skip_set_start(self) -> None:
        """Skip what does not end a set although it looks so: `[]`, `[^]`."""
        for letter in "^]":
            self._skip_ignored()
            self._offset += self._source.startswith(letter, self._offset)


def _read_count(count: re.Match[str]) -> int:
    """Return how often a repetition occurs at most; one without an end goes on in place."""
    digits = count[2] or count[1]
    return int(digits) if digits and len(digits) < 10 else MAX_SIZE if digits else 1

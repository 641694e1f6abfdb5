"""Strings in a file: the text that each holds, and where and how it is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import click

from shortcodes.common.lines import Lines, Position


class ContainerError(click.ClickException):
    """The strings of a file cannot be read; the message is a sentence."""


class Writing(Protocol):
    """How strings are written in a file."""

    def find_escapes(self, source: str, start: int, end: int) -> Iterable[tuple[int, int, str]]:
        """Yield the start and end of each escape in a span, and what it stands for."""

    def make_encoder(self, written: str) -> Callable[[str], str]:
        """Return what writes texts as in a string, which is given without its quotes."""

    def finish(self, written: str) -> str:
        """Return the whole of what replaces a string that was changed."""

    def explain_refusal(self, before: str, after: str) -> str:
        """Return why a text must not be written in place of another; empty if it may be."""


@dataclass(frozen=True)
class HeldText:
    """A text that a string of a file holds."""

    source: str
    """The whole file."""
    start: int
    end: int
    """The span of the string, without its quotes."""
    text: str
    writing: Writing

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """The offsets after each escape, in the text and in the file."""
        inner, outer = [0], [self.start]
        for start, end, meaning in self.writing.find_escapes(self.source, self.start, self.end):
            inner.append(inner[-1] + start - outer[-1] + len(meaning))
            outer.append(end)
        return inner, outer

    def find_offset(self, offset: int) -> int:
        """Return the offset in the file of an offset in the text."""
        inner, outer = self._edges
        index = bisect_right(inner, offset) - 1
        return outer[index] + offset - inner[index]

    def find_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the file of a span of the text."""
        return self.find_offset(start), self.find_offset(end)

    @cached_property
    def encode(self) -> Callable[[str], str]:
        """What returns a text as it would be written in the string."""
        return self.writing.make_encoder(self.source[self.start : self.end])

    def replace(self, after: str) -> str:
        """Return what is written instead of the string; what is the same stays as it is written."""
        before = self.text
        prefix = _count_same(before, after, min(len(before), len(after)))
        most = min(len(before), len(after)) - prefix
        suffix = _count_same(before[::-1], after[::-1], most)
        first, last = self.find_span(prefix, len(before) - suffix)
        changed = self.encode(after[prefix : len(after) - suffix])
        written = self.source[self.start : first] + changed + self.source[last : self.end]
        return self.writing.finish(written)


def _count_same(before: str, after: str, most: int) -> int:
    """Return how many code points two texts have in common at their beginning, up to a limit."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if before[low:middle] == after[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True)
class Container:
    """The texts that the strings of a file hold; only those that may hold shortcodes."""

    source: str
    """The whole file."""
    kind: str
    """The name of the format, for messages."""
    texts: Sequence[HeldText]
    read: Callable[[str], Container]
    """What reads such a file."""
    doubt: str = ""
    """Why its texts may be other ones, as a sentence; it is not changed then."""

    def change(self, change: Callable[[HeldText], str]) -> str:
        """Return the file in which each text is replaced by what a function makes of it.

        Raises `ContainerError` if there is doubt about the texts.
        """
        if self.doubt and self.texts:
            raise ContainerError(self.doubt)
        parts: list[str] = []
        position = 0
        for held in self.texts:
            after = change(held)
            if after != held.text:
                parts += self.source[position : held.start], held.replace(after)
                position = held.end
        return "".join([*parts, self.source[position:]])

    def locate(self, held: HeldText) -> Callable[[int], Position]:
        """Return what finds the position in the file of an offset in a text."""
        return lambda offset: self._lines.find_position(held.find_offset(offset))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.source)


def may_matter(text: str) -> bool:
    """Return whether something may be found in a text."""
    return "[" in text or "shortcodes:" in text


def list_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with its offset, without its line feed."""
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1

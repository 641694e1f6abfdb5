"""Texts that try to make a pattern slow, made of its own alphabet.

In each something is repeated, behind what leads to it and before what does not fit.
"""

from __future__ import annotations

import re._constants as codes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any

from tests.pattern_steps import ONE_CHARACTER, REPEATS, Counted, inside, walk

FOREIGN = "\x00"
"""Fits next to nothing."""
_POOL = "a7Z_- \n\t\r<>\"'=&;/[]\\.,:#!*`éÜ”«×\u00a0(){}|~?%+@$^" + FOREIGN
_WORDS = 12
"""How many words of the alphabet are repeated."""
_SLICES = 28
"""How many parts of matches are repeated."""
_AIMS = 10
"""How many of the repeats are aimed at."""
_SIZE, _TIMES = 36, 9
"""So many characters at least are repeated, and so many times at least."""


@dataclass(frozen=True)
class Shape:
    """A text of any size."""

    before: str
    repeated: str
    after: str = ""

    def text(self, scale: int = 1) -> str:
        """Return the text; at twice the scale there is twice as much repeated."""
        times = max(_SIZE // len(self.repeated), _TIMES) * scale
        return self.before + self.repeated * times + self.after


def shapes(counted: Counted, seed: str) -> list[Shape]:
    """Return shapes of text for a pattern; the same for the same seed."""
    random = Random(seed)
    samples = _Samples(counted, random)
    found = [
        *_aimed(counted, samples, random),
        *_of_matches(samples),
        *_of_slices(samples, random),
        *_of_words(samples, random),
    ]
    return list(dict.fromkeys(shape for shape in found if shape.repeated))


def _aimed(counted: Counted, samples: _Samples, random: Random) -> Iterator[Shape]:
    """Give what enters each repeat without an end, stays, and cannot leave."""
    aims: dict[str, list[Any]] = {}
    for code, argument in walk(counted.tree):
        if code in REPEATS and argument[1] is codes.MAXREPEAT:
            aims.setdefault(str(argument[2]), []).append(argument)
    chosen = [random.choice(alike) for alike in aims.values() for _ in alike[:2]]
    for aim in random.sample(chosen, min(len(chosen), _AIMS)):
        lead = samples.lead(counted.tree, aim) or ""
        bodies = dict.fromkeys(samples.of(aim[2]) for _ in range(3))
        for body in bodies:
            yield Shape(lead, body, random.choice(["", random.choice(samples.pieces)]))
            yield Shape(lead, body, FOREIGN)
            yield Shape("", lead + body)
        yield Shape(lead, "".join(bodies), random.choice(samples.pieces))
        yield Shape("", lead)


def _of_matches(samples: _Samples) -> Iterator[Shape]:
    """Give matches in a row, and such as break off before their end."""
    for _ in range(3):
        whole = samples.of(samples.tree)
        yield Shape("", whole)
        yield Shape("", whole[:-1])
        yield Shape("", whole[: len(whole) // 2], FOREIGN)


def _of_slices(samples: _Samples, random: Random) -> Iterator[Shape]:
    """Give matches of which a part is repeated, and that end in what does not fit."""
    found = []
    for _ in range(2):
        parts = samples.parts(samples.tree)
        for first, last in combinations(range(len(parts) + 1), 2):
            before, repeated = "".join(parts[:first]), "".join(parts[first:last])
            rest = "".join(parts[last:])
            found += [Shape(before, repeated, end) for end in ("", "\n", FOREIGN, rest + "\n")]
    yield from random.sample(found, min(len(found), _SLICES))


def _of_words(samples: _Samples, random: Random) -> Iterator[Shape]:
    """Give words of one to three pieces of the alphabet."""
    pieces = samples.pieces
    for _ in range(_WORDS):
        word = "".join(random.choices(pieces, k=random.randint(1, 3)))
        before = random.choice(["", random.choice(pieces)])
        yield Shape(before, word, random.choice(["", FOREIGN, random.choice(pieces)]))


class _Samples:
    """What a pattern, or a part of it, may match. Assertions are not heeded."""

    def __init__(self, counted: Counted, random: Random) -> None:
        self.tree = counted.tree
        self._counted = counted
        self._random = random
        self._groups: dict[int, str] = {}
        self.pieces = _pieces(counted)
        """The alphabet: runs of letters, and a character of each class."""

    def of(self, nodes: Any) -> str:
        """Return something that the nodes may match."""
        return "".join(self.parts(nodes))

    def parts(self, nodes: Any) -> list[str]:
        """Return the same in the parts that it is made of; letters in a row are one."""
        found: list[str] = []
        run = ""
        for code, argument in nodes:
            if code is codes.LITERAL:
                run += chr(argument)
                continue
            found += [run, *self._several(code, argument)]
            run = ""
        return [part for part in (*found, run) if part]

    def _several(self, code: Any, argument: Any) -> list[str]:
        """Return what one node may match, in parts."""
        if code in REPEATS and argument[2][0][0] not in ONE_CHARACTER:
            least, most, nodes = argument
            rounds = max(least, min(int(most), self._random.randint(1, 2)))
            return [part for _ in range(rounds) for part in self.parts(nodes)]
        if code is codes.SUBPATTERN:
            made = self.parts(argument[3])
            if argument[0] is not None:
                self._groups[argument[0]] = "".join(made)
            return made
        if code in (codes.BRANCH, codes.ATOMIC_GROUP):
            return self.parts(self._random.choice(inside(code, argument)))
        return [self._one(code, argument)]

    def _one(self, code: Any, argument: Any) -> str:
        if code is codes.LITERAL:
            return chr(argument)
        if code in ONE_CHARACTER:
            return self._random.choice(_fitting(self._counted, (code, argument)) or [""])
        if code in REPEATS:
            least, most, nodes = argument
            rounds = max(least, min(int(most), self._random.randint(1, 2)))
            return "".join(self.of(nodes) for _ in range(rounds))
        if code in (codes.SUBPATTERN, codes.BRANCH, codes.ATOMIC_GROUP):
            return "".join(self._several(code, argument))
        if code is codes.GROUPREF:
            return self._groups.get(argument, "")
        if code is codes.ASSERT and argument[0] > 0 and self._random.random() < 0.2:
            return self.of(argument[1])
        return ""

    def lead(self, nodes: Any, aim: Any) -> str | None:
        """Return what leads to a repeat, `None` where it is not inside."""
        before = ""
        for code, argument in nodes:
            if argument is aim:
                return before
            for inner in inside(code, argument):
                if (led := self.lead(inner, aim)) is not None:
                    return before + led
            before += self._one(code, argument)
        return None


def _fitting(counted: Counted, node: Any) -> list[str]:
    """Return characters that fit a node, one of each kind that the pattern tells apart."""
    fits = counted.fits_of(node)
    members = [c for c in _members(node) if fits[c]]
    return [*dict.fromkeys(members[:6]), *[c for c in _POOL if fits[c] and c not in members][:4]]


def _members(node: Any) -> Iterator[str]:
    """Give the characters that a node names."""
    code, argument = node
    if code is codes.LITERAL:
        yield chr(argument)
    elif code is codes.IN:
        for kind, what in argument:
            if kind is codes.LITERAL:
                yield chr(what)
            elif kind is codes.RANGE:
                yield from map(chr, {what[0], (what[0] + what[1]) // 2, what[1]})


def _pieces(counted: Counted) -> list[str]:
    runs = ["", *_runs(counted.tree)]
    classes: list[Callable[[str], bool]] = []
    characters = list(_POOL)
    for code, argument in walk(counted.tree):
        if code in ONE_CHARACTER and code is not codes.LITERAL:
            classes.append(counted.fits_of((code, argument)).__getitem__)
            characters += _members((code, argument))
    kinds: dict[tuple[bool, ...], str] = {}
    for character in characters:
        kinds.setdefault(tuple(fits(character) for fits in classes), character)
    return list(dict.fromkeys([run for run in runs if run] + list(kinds.values()))) or ["a"]


def _runs(nodes: Any) -> Iterator[str]:
    """Give the literals that stand in a row."""
    run = ""
    for code, argument in nodes:
        if code is codes.LITERAL:
            run += chr(argument)
            continue
        yield run
        run = ""
        for inner in inside(code, argument):
            yield from _runs(inner)
    yield run

"""Precision and recall of detection on documents labelled by hand.

    python benchmarks/accuracy.py LABELLED.jsonl [--markdown] [--rules] [--show]

Each line of the file is an object with `text` and `spans`, a list of [start, end, label] in code
points. The label is "T" for a tag of a shortcode, "F" for other brackets, and anything else for
brackets that may be either, which are left out. So are labels in front matter, which is settings
rather than text. Predicted are the tags of
`parse(text).shortcodes()`; a hit has equal start and end. Every other prediction is a false hit,
whether it is labelled or not.

`--rules` reads the documents again without each rule of evidence, and prints what it adds and
costs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import shortcodes
from shortcodes import dialects
from shortcodes.detection import evidence, names
from shortcodes.lenient import tree

Span = tuple[int, int]
Patches = tuple[tuple[object, str, Any], ...]


def _never(*_: object, **__: object) -> bool:
    return False


def _keep(text: str, delimiters: Any, **_: object) -> Any:
    return delimiters


def _find_any_named_value(self: Any, name: str, start: int, end: int, item: str) -> object:
    return evidence.Reason.BARE if item == "named" else None


_FINDER = evidence.EvidenceFinder

RULES: dict[str, Patches] = {
    "named values are quoted, or all there is": (
        (_FINDER, "_find_named_value", _find_any_named_value),
    ),
    "links are no shortcodes": ((tree, "take_out_links", _keep),),
    "words that people write are none": (
        (evidence, "is_written_word", _never),
        (names, "is_written_word", _never),
    ),
    "a block of the editor": ((_FINDER, "_is_in_block", _never),),
    "a player and its identifier": ((evidence, "PLAYER_IDENTIFIERS", {}),),
    "a gallery alone in its paragraph": ((evidence, "ALONE", frozenset()),),
    "code and img with a named value": ((names, "BBCODE_WITH_ATTRIBUTES", frozenset()),),
    "closed after white space": ((_FINDER, "_is_closed_after_space", _never),),
    "escaped brackets": ((dialects, "escapes_brackets", _never),),
}
"""The rules that can be turned off, each with what is patched for that."""


class Count(NamedTuple):
    """What was found in documents."""

    documents: int
    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """The part of the predictions that is right."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """The part of the labelled tags that was found."""
        return self.hits / max(1, self.hits + self.missed)


def main() -> None:
    """Print the counts, precision and recall."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--markdown", action="store_true", help="parse with markdown=True")
    arguments.add_argument("--rules", action="store_true", help="print a line for each rule")
    arguments.add_argument("--show", action="store_true", help="print every miss and false hit")
    options = arguments.parse_args()
    with options.file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    markdown = True if options.markdown else None
    count = _count(rows, markdown, print if options.show else None)
    print(f"documents            {count.documents:>7,}")
    print(f"labelled tags        {count.hits + count.missed:>7,}")
    print(f"hits                 {count.hits:>7,}")
    print(f"false hits           {count.false:>7,}")
    print(f"missed               {count.missed:>7,}")
    print(f"precision            {count.precision:>7.4f}")
    print(f"recall               {count.recall:>7.4f}")
    if options.rules:
        _print_rules(rows, markdown, count)


def _print_rules(rows: list[Any], markdown: bool | None, count: Count) -> None:
    print(f"\n{'rule':<42} hits added  false hits added")
    for rule, patches in RULES.items():
        with ExitStack() as stack:
            for target, name, replacement in patches:
                stack.enter_context(patch.object(target, name, replacement))
            without = _count(rows, markdown)
        print(f"{rule:<42} {count.hits - without.hits:>+10} {count.false - without.false:>+17}")


def _count(
    rows: list[Any], markdown: bool | None, show: Callable[[str], object] | None = None
) -> Count:
    hits = false = missed = 0
    for number, row in enumerate(rows, 1):
        text = row["text"]
        document = shortcodes.parse(text, markdown=markdown)
        body = document.composition.front_matter_end if document.composition else 0
        labels = [(start, end, label) for start, end, label in row["spans"] if start >= body]
        true = {(start, end) for start, end, label in labels if label == "T"}
        neutral = {(start, end) for start, end, label in labels if label not in ("T", "F")}
        predicted = set(_list_tags(document)) - neutral
        hits += len(predicted & true)
        false += len(predicted - true)
        missed += len(true - predicted)
        if show:
            for kind, spans in (("miss", true - predicted), ("false", predicted - true)):
                for start, end in sorted(spans):
                    show(f"{number}: {kind}: {text[start:end]!r}")
    return Count(len(rows), hits, false, missed)


def _list_tags(document: shortcodes.Document) -> Iterator[Span]:
    """Yield the span of every tag of the shortcodes in a text."""
    for shortcode in document.shortcodes():
        yield shortcode.open_span
        if shortcode.close_span:
            yield shortcode.close_span


if __name__ == "__main__":
    main()

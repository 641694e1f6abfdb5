"""Precision and recall of detection on documents labelled by hand.

    python benchmarks/accuracy.py LABELLED.jsonl [--markdown] [--rules] [--show]

Each line of the file is an object with `text` and `spans`, a list of [start, end, label] in code
points. The label is "T" for a tag of a shortcode, "F" for other brackets, and anything else for
brackets that may be either, which are left out. So are labels in front matter, which is settings
rather than text. Predicted are the tags that `strip` takes out: those of `parse(text).shortcodes()`
and what is left over of others; a hit has equal start and end. Every other prediction is a false
hit, whether it is labelled or not.

`--rules` reads the documents again without each rule of evidence, and prints what the rule adds:
hits, false hits, and tags in the texts of other genres that the tests keep, in which each is false;
and how many conformance vectors are read otherwise without it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from operator import ne
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import shortcodes
from shortcodes import dialects
from shortcodes.catalogue import Catalogue
from shortcodes.detection import evidence, names
from shortcodes.lenient import grammar, tree

_ROOT = Path(__file__).parents[1]
sys.path.append(str(_ROOT))

from tests.genres import GENRES  # noqa: E402

_VECTORS = _ROOT / "grammar" / "conformance" / "lenient"

Span = tuple[int, int]
Patches = tuple[tuple[object, str, Any], ...]


def _never(*_: object, **__: object) -> bool:
    return False


def _always(*_: object, **__: object) -> bool:
    return True


def _find_nothing(*_: object, **__: object) -> list[Span]:
    return []


def _keep(text: str, delimiters: Any, **_: object) -> Any:
    return delimiters


def _find_any_named_value(self: Any, name: str, start: int, end: int, item: str) -> object:
    return evidence.Reason.BARE if item == "named" else None


def _read_names_with_hyphens(markdown: bool = False) -> str:
    return _read_grammar(markdown).replace("NAME: /(?!-)", "NAME: /")


_read_grammar = grammar.grammar_text
_FINDER = evidence.EvidenceFinder

RULES: dict[str, Patches] = {
    "a  named values are quoted, or all there is": (
        (_FINDER, "_find_named_value", _find_any_named_value),
    ),
    "b  links are no shortcodes": ((tree, "take_out_links", _keep),),
    "c  words that people write are none": (
        (evidence, "is_written_word", _never),
        (names, "is_written_word", _never),
    ),
    "d  only some names take an address": ((evidence, "takes_address", _always),),
    "e  no name begins with a hyphen": ((grammar, "grammar_text", _read_names_with_hyphens),),
    "f  a block of the editor": ((_FINDER, "_is_in_block", _never),),
    "g  a player and its identifier": ((evidence, "PLAYER_IDENTIFIERS", {}),),
    "h  a gallery alone in its paragraph": ((evidence, "ALONE", frozenset()),),
    "i  code and img with a named value": ((names, "BBCODE_WITH_ATTRIBUTES", frozenset()),),
    "j  closed after white space": ((_FINDER, "_is_closed_after_space", _never),),
    "k  closing tags that are left over": ((tree, "closes_shortcode", _never),),
    "l  tags that are cut off": ((tree, "find_cut_off", _find_nothing),),
    "m  plain words are no evidence": ((Catalogue, "is_evidence", Catalogue.lists),),
    "n  escaped brackets": ((dialects, "escapes_brackets", _never),),
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
    print(f"\n{'rule':<44} {'hits':>6} {'false hits':>11} {'other genres':>13} {'vectors':>8}")
    other, vectors = _count_other_genres(), _read_vectors()
    for rule, patches in RULES.items():
        with ExitStack() as stack:
            stack.callback(_clear_caches)
            for target, name, replacement in patches:
                stack.enter_context(patch.object(target, name, replacement))
            _clear_caches()
            without, other_without = _count(rows, markdown), _count_other_genres()
            read_otherwise = sum(map(ne, vectors, _read_vectors()))
        print(
            f"{rule:<44} {count.hits - without.hits:>+6} {count.false - without.false:>+11}"
            f" {other - other_without:>+13} {read_otherwise:>8}"
        )


def _clear_caches() -> None:
    """Clear what modules of the library keep: patterns that are made of what is patched."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "shortcodes":
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _read_vectors() -> list[list[Span]]:
    """Return the tags of the text of each vector."""
    vectors = [
        json.loads(line)
        for path in sorted(_VECTORS.rglob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [
        list(_list_tags(shortcodes.parse(vector["text"], **vector["options"])))
        for vector in vectors
    ]


def _count_other_genres() -> int:
    """Return how many tags are read in texts whose brackets are no shortcodes."""
    return sum(len(list(_list_tags(shortcodes.parse(text)))) for text in GENRES.values())


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
    """Yield the span of every tag that is a shortcode's in a text."""
    for shortcode in document.shortcodes():
        yield shortcode.open_span
        if shortcode.close_span:
            yield shortcode.close_span
    yield from document.left_over_spans()


if __name__ == "__main__":
    main()

"""Precision and recall of detection on documents labelled by hand.

    python benchmarks/accuracy.py LABELLED.jsonl [--markdown] [--show]

Each line of the file is an object with `text` and `spans`, a list of [start, end, label] in code
points, label "T" for a shortcode's delimiter and "F" for other brackets. Predicted are the opening
and closing delimiters of `parse(text).shortcodes()`; a hit has equal start and end. Predicted
spans that overlap no label are printed and not counted.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import shortcodes

Span = tuple[int, int]


def predicted(text: str, markdown: bool) -> Iterator[Span]:
    """Give the span of every delimiter of the shortcodes in a text."""
    for shortcode in shortcodes.parse(text, markdown=markdown).shortcodes():
        yield shortcode.open_span
        if shortcode.close_span:
            yield shortcode.close_span


def overlaps(span: Span, labelled: list[Span]) -> bool:
    """Whether the span shares a character with one of the sorted, disjoint labelled ones."""
    place = bisect_left(labelled, (span[1],))
    return place > 0 and labelled[place - 1][1] > span[0]


def main() -> None:
    """Print the counts, precision and recall."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--markdown", action="store_true", help="parse with markdown=True")
    arguments.add_argument("--show", action="store_true", help="print every miss and false hit")
    options = arguments.parse_args()
    hits = false = missed = unlabelled = documents = 0
    with options.file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            documents += 1
            text, true = row["text"], {(s, e) for s, e, label in row["spans"] if label == "T"}
            labelled = sorted((s, e) for s, e, _ in row["spans"])
            found = set(predicted(text, options.markdown))
            outside = {span for span in found - true if not overlaps(span, labelled)}
            wrong = found - true - outside
            hits += len(found & true)
            false += len(wrong)
            missed += len(true - found)
            unlabelled += len(outside)
            if options.show:
                for what, spans in (("miss", true - found), ("false", wrong), ("outside", outside)):
                    for start, end in sorted(spans):
                        print(f"{number}: {what}: {text[start:end]!r}")
    print(f"documents            {documents:>7,}")
    print(f"labelled shortcodes  {hits + missed:>7,}")
    print(f"hits                 {hits:>7,}")
    print(f"false hits           {false:>7,}")
    print(f"missed               {missed:>7,}")
    print(f"outside any label    {unlabelled:>7,}")
    print(f"precision            {hits / max(1, hits + false):>7.4f}")
    print(f"recall               {hits / max(1, hits + missed):>7.4f}")


if __name__ == "__main__":
    main()

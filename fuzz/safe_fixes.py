"""Hold safe fixes against what was meant in damaged tags.

    python -m fuzz.safe_fixes [COUNT] [SEED]

The tags are those of `tests/damaged_tags.py`; half of them stand in the real documents of
`tests/labelled.py`, where these are at hand. Prints how many were mended, left or read without a
fix, and each that was fixed to something else. There must be none; the exit status says so.
"""

from __future__ import annotations

import sys
from collections import Counter
from random import Random

import pytest

from tests.damaged_tags import damage, mend
from tests.labelled import short_documents


def main(count: int = 20_000, seed: int = 0) -> int:
    """Try so many damaged tags, and return how many were fixed to something else."""
    try:
        documents = short_documents()
    except pytest.skip.Exception:
        documents = []
    random = Random(seed)
    fates: Counter[str] = Counter()
    for _ in range(count):
        damaged = damage(random, documents)
        fate, fixed = mend(damaged)
        fates[fate] += 1
        if fate == "wrong":
            print(f"{damaged.kind}: {damaged.text!r}\n    {fixed!r}\n    {damaged.meant}")
    print(f"{count:,} damaged tags, {len(documents)} documents: {dict(fates)}")
    return fates["wrong"]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])) > 0)

"""What must not come together over a cut: the end of a comment or of a CDATA section."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from shortcodes_strip.cuts import Cut, Cuts

_TRIES = 3
"""How often cuts are taken back that make such an end, before all of them are."""
_BEFORE_CUT = frozenset("]-!")
"""What an end begins with."""


def keep_ends(cuts: Cuts) -> None:
    """Drop the cuts without which a text would have another `]]>` or `-->`."""
    source = cuts.source
    if ">" not in source or not any(source[cut[0] - 1] in _BEFORE_CUT for cut in cuts.cuts):
        return
    for _ in range(_TRIES):
        makers = _find_makers(cuts)
        if not makers:
            return
        cuts.drop(makers)
    if _find_makers(cuts):
        cuts.drop(set(cuts.cuts))


def count_ends(text: str) -> int:
    """Return how many ends of comments and CDATA sections are in a text."""
    return len(_compile_end().findall(text)) if ">" in text else 0


def _find_makers(cuts: Cuts) -> set[Cut]:
    """Return the cuts over which an end comes together."""
    text, offsets = cuts.apply()
    after = [offset + len(cut[2] or "") for cut, offset in zip(cuts.cuts, offsets, strict=True)]
    return {
        cut
        for start, end in (match.span() for match in _compile_end().finditer(text))
        for edges in (offsets, after)
        for cut in cuts.cuts[bisect_right(edges, start) : bisect_left(edges, end)]
    }


@cache
def _compile_end() -> re.Pattern[str]:
    return re.compile(r"\]\]>|--!?+>")

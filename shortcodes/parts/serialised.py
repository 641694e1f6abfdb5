"""Values that PHP serialised: each text in them comes with its length, so none may change."""

from __future__ import annotations

import re
from functools import cache


def is_serialised(text: str) -> bool:
    """Return whether a text is a value that PHP's `serialize` wrote."""
    if text[1:2] not in (":", ";") or _compile().match(text) is None:
        return False
    return text.rstrip()[-1] in ";}"


@cache
def _compile() -> re.Pattern[str]:
    return re.compile(r"a:[0-9]++:\{|[OCE]:[0-9]++:\"|s:[0-9]++:\"|b:[01];|[id]:[-+.0-9A-Z]++;|N;")

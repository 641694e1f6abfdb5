"""The patterns of evidence, compiled when they are first used."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from shortcodes.detection.tables import (
    BARE_VALUES,
    CODE_RANGE,
    ESCAPED_TAG,
    JOINED,
    ONLY_IN_PATTERNS,
    PARAGRAPH_AFTER,
    PARAGRAPH_BEFORE,
    PLAYER_IDENTIFIERS,
    QUOTED_VALUE,
    SUSPECT,
    TAG_START,
)


class Patterns(NamedTuple):
    """What is looked for in a tag and around it."""

    tag_start: re.Pattern[str]
    suspect: re.Pattern[str]
    quoted_value: re.Pattern[str]
    bare_values: re.Pattern[str]
    joined: re.Pattern[str]
    code_range: re.Pattern[str]
    escaped_tag: re.Pattern[str]
    paragraph_before: re.Pattern[str]
    paragraph_after: re.Pattern[str]
    only_in_patterns: re.Pattern[str]


@cache
def get_patterns() -> Patterns:
    """Return the patterns."""
    return Patterns(
        tag_start=re.compile(TAG_START),
        suspect=re.compile(SUSPECT),
        quoted_value=re.compile(QUOTED_VALUE),
        bare_values=re.compile(BARE_VALUES),
        joined=re.compile(JOINED),
        code_range=re.compile(CODE_RANGE),
        escaped_tag=re.compile(ESCAPED_TAG),
        paragraph_before=re.compile(PARAGRAPH_BEFORE),
        paragraph_after=re.compile(PARAGRAPH_AFTER),
        only_in_patterns=re.compile(ONLY_IN_PATTERNS),
    )


@cache
def compile_bare(name: str) -> re.Pattern[str]:
    """Return the pattern of a tag with this name and nothing more."""
    return re.compile(rf"\[{name} ?+/?+\\?+\]")


@cache
def compile_identifier(name: str) -> re.Pattern[str]:
    """Return the pattern of the identifiers of a player."""
    return re.compile(PLAYER_IDENTIFIERS[name])

"""The tables of evidence agree with the grammar, which both dialects cannot ask."""

from __future__ import annotations

import re
import sys
from html.entities import html5

from shortcodes.evidence_tables import QUOTE, SPACE
from shortcodes.lenient.grammar import terminals

CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1)]
ENTITIES = [
    *(f"&{name}" for name in html5 if name.endswith(";")),
    *(f"&#{code};" for code in range(0x10000)),
    *(f"&#x{code:x};" for code in range(0x10000)),
    *(f"&#X{code:X};" for code in range(0x10000)),
]
TAGS = ["<br>", "<BR />", "<br/>", "<p>", "</P>", "<b>", "<br a>", '\\"', "\\'"]


def test_quotes_and_spaces_are_those_of_the_grammar() -> None:
    for own, name in ((QUOTE, "_QUOTE"), (SPACE, "_WS")):
        ours, theirs = re.compile(own), re.compile(terminals()[name])
        differ = [
            text
            for text in [*CHARACTERS, *ENTITIES, *TAGS]
            if bool(ours.fullmatch(text)) != bool(theirs.fullmatch(text))
        ]
        assert (name, differ) == (name, [])

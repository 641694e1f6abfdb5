"""Damaged tags: the kinds of `damage.jsonl` with other names, values, quotes and surroundings.

What each of them meant is known, so that a safe fix can be held against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import shortcodes
from shortcodes import wordpress

with Path(__file__).with_name("damage.jsonl").open(encoding="utf-8") as _lines:
    KINDS: list[dict[str, Any]] = [json.loads(line) for line in _lines]
"""Kinds of damage: a damaged tag, and the attributes that were meant."""

TAG = "zqx"
"""The name of every damaged tag. No text around it holds it."""

_NAMES = ("title", "ids", "data-id", "bg_color", "class", "link", "q", "url2")
_VALUES = (
    *(
        "1,2",
        "3",
        "Two words",
        "100%",
        "عربي نص",
        "/a?b=1",
        "a-b_c",
        "Größe L",
        "日本語 テスト",
        "x",
    ),
    *(
        "left",
        "1.5em",
        "#fff",
        "https://e.example/a/b?c=1&d=2",
        "Rock & roll",
        "50 €",
        "a; b",
        "C++",
    ),
    *("He said (twice)", "wer? ja!", "a, b", "15:30", "ein – zwei", "it is", "e.example/", "5/"),
    *("Tom’s", "don't", "say “hi” twice", "«да»", "L'été", "d’«or»", "x=1", "n=2 items", "*"),
)
_SIMPLE = _VALUES[:28]
"""Values without quotes and without attributes, which are most."""

_QUOTES = (('"', '"'), ("”", "”"), ("“", "”"), ("”", "″"), ("&#8221;", "&#8243;"), ("&quot;",) * 2)
_HTML_TAG = re.compile(r"<[^<>]*+>")
_STRAIGHT = re.compile(r'(?P<opening>(?<=[=>＝\s])(?=\S)|(?<=&nbsp;))?"')
_STANDS_FOR = {"ids": "1,2", "columns": "3", "title": "Two words"}

_AROUND = (
    *(("", ""), ("", ""), ("Before ", " after."), ("<p>", "</p>\n"), ('He said "', '" and went')),
    *(("“", "” – x"), ("(", ") [y]"), ("a=", " b=1]"), ('[y a="b"] ', ' [y c="d"]z[/y]')),
    *(("[[y]] it's ", " it's"), ("<div>\n", "\n</div> <a href=\"u\" title='v'>w</a>"), ("[", "]")),
    *(('[y a="', '"]'), ('5" ', ' 6"'), ("– ", "\n\n[y]”z” a=”b”]"), ("1 < 2 ", " > 3")),
)
_ENDS = ("]", "]", "]", " ]", " /]", "/]", f"]content[/{TAG}]", f'] "a" b="c" [/{TAG}]')


@dataclass(frozen=True)
class Damaged:
    """A text with one damaged tag."""

    kind: str
    text: str
    meant: dict[str, str]


def damage(random: Random, documents: Sequence[str] = ()) -> Damaged:
    """Make a damaged tag, now and then in one of some real documents."""
    kind = random.choice(KINDS)
    names = random.sample(_NAMES, 3)
    values = [random.choice(_VALUES if random.random() < 0.3 else _SIMPLE) for _ in names]
    tag = kind["text"]
    for place, (old_name, old) in enumerate(_STANDS_FOR.items()):
        start = tag.index(old_name)
        end = tag.index(old, start) + len(old)
        between = tag[start + len(old_name) : end - len(old)]
        # A sign keeps what was put in from being found again.
        tag = f"{tag[:start]}\0{place}N{between}\0{place}V{tag[end:]}"
    if random.random() < 0.6:
        tag = _quote(tag, *random.choice(_QUOTES))
    for place, (name, value) in enumerate(zip(names, values, strict=True)):
        tag = tag.replace(f"\0{place}N", name).replace(f"\0{place}V", value)
    tag = f"[{TAG}{tag[2:-1]}{random.choice(_ENDS)}"
    before, after = random.choice(_AROUND)
    text = f"{before}{tag}{after}"
    if documents and random.random() < 0.5:
        document = random.choice(documents)
        place = random.choice([0, *(match.end() for match in re.finditer(r"\n", document))])
        text = f"{document[:place]}{text}{document[place:]}"
    return Damaged(kind["kind"], text, dict(zip(names, values, strict=True)))


def _quote(tag: str, opening: str, closing: str) -> str:
    """Return a tag with other quotes in place of the straight ones, except in HTML tags."""
    parts, position = [], 0
    for match in [*_HTML_TAG.finditer(tag), None]:
        start, end = match.span() if match else (len(tag), len(tag))
        parts.append(
            _STRAIGHT.sub(
                lambda one: opening if one["opening"] is not None else closing, tag[position:start]
            )
        )
        parts.append(tag[start:end])
        position = end
    return "".join(parts)


def read_by_wordpress(text: str) -> list[dict[str, str]]:
    """Return the attributes of each damaged tag as WordPress reads it, with numbers for the names
    of those that have none.
    """
    calls: list[dict[str, str]] = []

    def handle(attrs: Any, content: str | None, tag: str) -> str:
        calls.append({str(name): value for name, value in dict(attrs).items()})
        return ""

    wordpress.do_shortcode(text, {TAG: handle})
    return calls


def mend(damaged: Damaged) -> tuple[str, str]:
    """Return what became of a damaged tag (mended, left, read or wrong), and the fixed text."""
    fixed = shortcodes.fix(damaged.text, tags=[TAG])
    after = read_by_wordpress(fixed)
    is_meant = after[:1] == [damaged.meant]
    if fixed == damaged.text or after == read_by_wordpress(damaged.text):
        return ("read" if is_meant else "left"), fixed
    return ("mended" if is_meant else "wrong"), fixed

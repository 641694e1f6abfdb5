"""Shortcodes made at random, with what their author meant by them: what a typographer is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

# fmt: off
WORDS = [
    "red", "Hello", "it is", "a b c", "مصر", "تم تحديث البيانات في :", "إصابات، وفيات؟", "日本語",
    "新冠 病毒。", "Ωμέγα", "שלום עולם", "naïve", "Größe", "_blank", "In-flat", "a=b", "x = y",
    "top left", "{x}", "(y)", "C:\\dir", "*", "@e", "|", "~", "p; q", "!", "x.", "y,", "z:",
]
NUMBERS = [
    "1", "0", "17", "12", "1,2,3", "35.849,14.571", "1/1", "100%", "50 %", "10px", "1.", "3.5",
    "+1", "-1", "640", "2020-05-01", "#0c3278", "#fff", "#000000", "9x9", "1920x1080", "0x10",
    "5e3",
]
URLS = [
    "http://e.com/", "https://e.com/a?b=1&c=2", "https://e.com/?q=a--b", "//e.com/x-1.png",
    "mailto:a@e.com", "https://e.com/%D9%85?x=1&amp;y=2#z", "/more/", "#top", "e.com/9x9...",
]
TYPOGRAPHY = [
    "...", " -- ", "---", " - ", "--", " (tm)", "(tm)", "&", " & ", "&amp;", "&copy;", "—", " – ",
    "…", "×", "™", "–",
]
TAGS = [
    "<b>x</b>", "<br>", "<br />", "<a href='u'>x</a>", '<a href="u" title="t">x</a>', "<em>",
    "</strong>", "<span class='q'>9</span>", "<i>x</i> y", "<img src='i.png' alt='' />",
]
SPACES = [" ", "  ", "\t", "\n", "\n\n", "\u00a0", " \n", "\r\n"]
BRACKETS = ["[1]", "[b]", "a[0][1]", "[sic]", "[a] b [c]"]
SINGLES = ["it's", "'q'", "O'Neil's", "'99", "rock 'n' roll", "6'", "dogs'", "'a b'", "''", "'"]
DOUBLES = ['"q"', '5" x', 'say "hi" now', '12"', '"a b"', '"a", "b"', '""', '"', 'a"b']

NAMES = ["a", "id", "bg-color", "data_x", "last-update-label", "w1", "Title", "0", "x"]
BETWEEN = [" ", " ", " ", " ", "  ", "\n", "\t", "\u00a0", "\n\n", "\r\n  ", " \n"]
TAG_NAMES = ["promo", "vc_row", "covid19-ultimate-card", "x", "contact-form-7"]
CONTENTS = ["", "text", 'say "hi"', "it's\n\nmine", "<b>b</b>", "<div>a</div>", "\na 10' pole\n"]
PROSE = [
    "", "", "He said \"no\" and 'yes'. ", "It's 6'2\" -- really...\n\n", "<p>a</p>\n",
    "مصر «أم الدنيا» ",
]
# fmt: on


@dataclass(frozen=True)
class Given:
    """One attribute as its author meant it."""

    name: str | None
    value: str
    quote: str
    """A straight quote, or nothing for a bare value."""

    @property
    def source(self) -> str:
        value = f"{self.quote}{self.value}{self.quote}"
        return value if self.name is None else f"{self.name}={value}"


@dataclass(frozen=True)
class Case:
    """One shortcode in a text, as its author wrote it."""

    text: str
    tag: str
    kind: str
    attributes: tuple[Given, ...]


def case(random: Random, *, wild: bool = False) -> Case:
    """Make a shortcode in a text. Values of a wild one may hold their own quote, and brackets."""
    tag = random.choice(TAG_NAMES)
    attributes = tuple(_attribute(random, wild) for _ in range(random.choice([1, 1, 2, 3, 4])))
    inside = "".join(random.choice(BETWEEN) + given.source for given in attributes)
    kind = random.choice(["standalone", "standalone", "self-closing", "enclosing"])
    end = random.choice(["]", "]", " ]"])
    if kind == "self-closing":
        # After a bare value the slash would belong to it.
        end = random.choice([" /]", "/]"]) if attributes[-1].quote else " /]"
    if kind == "enclosing":
        end += f"{random.choice(CONTENTS)}[/{tag}]"
    before, after = random.choice(PROSE), random.choice(PROSE)
    return Case(f"{before}[{tag}{inside}{end}{after}", tag, kind, attributes)


def _attribute(random: Random, wild: bool) -> Given:
    name = random.choice(NAMES) if random.random() < 0.85 else None
    if random.random() < 0.12:
        words = [word for word in WORDS[:9] + NUMBERS + URLS if " " not in word]
        return Given(name, random.choice(words), "")
    quote = random.choice('""\'')
    value = _value(random, quote, wild)
    if name is None:
        # Nothing tells what an empty positional is, nor one that begins with space or a quote.
        value = re.sub(r"^(?:\s|<br */?>|[\"'])+|(?:\s|<br */?>)+$", "", value) or "x y"
    return Given(name, value, quote)


def _value(random: Random, quote: str, wild: bool) -> str:
    own, other = (DOUBLES, SINGLES) if quote == '"' else (SINGLES, DOUBLES)
    kinds = [WORDS, WORDS, NUMBERS, NUMBERS, URLS, TYPOGRAPHY, TAGS, SPACES, other]
    if wild:
        kinds += [own, own, own, BRACKETS]
    pieces = [random.choice(random.choice(kinds)) for _ in range(random.choice([0, 1, 1, 1, 2, 3]))]
    return random.choice(["", " "]).join(pieces)

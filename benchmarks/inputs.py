"""The texts that the benchmark runs on, made anew each time and always alike.

Sizes are in bytes of UTF-8, 1 MB is a million. The hostile families are those of `linear.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from random import Random

from linear import TEXTS

MB = 1_000_000

_PLAIN = 5 * MB
"""Bytes of the texts without brackets, always: a smaller one would measure the calls alone."""

PAIRED = {"button": False, "caption": True, "contact-form-7": False, "embed": True, "video": False}
"""Tags of the mixed texts, and whether each has a closing tag there."""

TAGS = (*PAIRED, "audio", "gallery", "covid19-ultimate-card")
"""The tags that all contestants are given, but for the hostile texts."""

_ARABIC = (
    "فتحت المكتبة العامة أبوابها في الصباح الباكر، وجلس القراء قرب النوافذ.",
    "قال المدير إن عدد الزوار ارتفع هذا العام، وإن القاعة الجديدة تتسع لمئتي شخص.",
    "وتضم المجموعة كتبا قديمة وخرائط وصحفا من القرن الماضي.",
    "في المساء يجتمع الطلاب لقراءة الشعر ومناقشة ما كتبوه.",
    "لا تزال الأرقام أولية، وسوف تنشر الدائرة تقريرها الكامل في نهاية الشهر.",
    "ثم انتقل الحديث إلى الطريق الساحلي الذي يربط القرى الصغيرة بالمدينة.",
)
_ENGLISH = (
    "The reading room opened early, and people sat down by the windows.",
    "More visitors came this year than last, said the director, who counts them herself.",
    "There are old books, maps, and a hundred years of one newspaper.",
    "In the evening students meet to read poems and to talk about their own.",
    "The figures are preliminary; a full report is to follow at the end of the month.",
    "Then the talk turned to the coast road, which joins the villages to the town.",
)


@dataclass(frozen=True)
class Input:
    """A text, and what all contestants are told about it."""

    name: str
    title: str
    text: str
    shortcodes: int | None
    """How many it holds; `None` where that is a matter of taste."""
    tags: tuple[str, ...] = TAGS
    paired: tuple[str, ...] = ()
    rows: tuple[str, ...] = ("strip", "parse", "extract", "do")

    @property
    def size(self) -> int:
        """Return the size in bytes of UTF-8."""
        return len(self.text.encode())


def _until(size: int, pieces: Iterator[str]) -> str:
    """Return pieces joined until they reach a size in bytes."""
    text, reached = [], 0
    while reached < size:
        text.append(next(pieces))
        reached += len(text[-1].encode())
    return "".join(text)


def _prose(sentences: tuple[str, ...], size: int, random: Random) -> str:
    """Return sentences in paragraphs of five."""
    ends = cycle((" ", " ", " ", " ", "\n\n"))
    return _until(size, (random.choice(sentences) + next(ends) for _ in cycle((0,))))


def _card(random: Random) -> str:
    """Return a self-closing shortcode with twenty attributes."""
    region = random.choice(("EG", "MA", "SA", "JO", "TN"))
    zoom = random.randrange(1, 400)
    return (
        f'[covid19-ultimate-card region="{region}" region-name="المنطقة {zoom}" '
        'confirmed-label="حالات مؤكدة" deaths-label="وفيات" recovered-label="شفاء" '
        'active-label="نشطة" confirmed-24h="true" deaths-24h="true" confirmed-24h-label="اليوم" '
        'deaths-24h-label="اليوم" deaths-rate="true" deaths-rate-label="معدل" '
        'font-color="#ffffff" bg-color="#0c3278" bg-position="right" rtl="true" '
        f'last-update="Y-m-d H:i" last-update-label="آخر تحديث" zoom="{zoom}" style="wide"/]'
    )


def _arabic(size: int, random: Random) -> Iterator[str]:
    """Give 2 KB after 2 KB of prose that ends in a shortcode."""
    while size > 0:
        card = _card(random)
        yield _prose(_ARABIC, 1900 - len(card.encode()), random) + f"\n\n{card}\n\n"
        size -= 2000


def _mixed(random: Random) -> Iterator[str]:
    """Give 370 bytes after 370 bytes of HTML paragraphs, each with a shortcode."""
    for number, tag in enumerate(cycle(PAIRED)):
        opener = f'[{tag} id="{number}" title="Open until {number % 24}" align=left'
        inside = f'<img src="/uploads/{number}.jpg" alt="" /> The reading room'
        shortcode = f"{opener}]{inside}[/{tag}]" if PAIRED[tag] else f"{opener} /]"
        prose = _prose(_ENGLISH, 265 - len(shortcode), random).strip()
        more = f'<a href="/more?n={number}">more</a>'
        yield f'<p class="text">{prose}</p>\n<p>{shortcode} and {more}.</p>\n'


def _notes(random: Random) -> Iterator[str]:
    """Give 100 bytes after 100 bytes of prose that end in a footnote mark."""
    while True:
        yield _prose(_ENGLISH, 40, random).strip()[:95].ljust(95, ".") + "[1] \n"


def _arabic_prose(name: str, title: str, size: int, curly: bool) -> Input:
    text = "".join(_arabic(size, Random(1)))
    shortcodes = text.count("[covid19")
    return Input(name, title, _curly(text) if curly else text, shortcodes)


def _curly(text: str) -> str:
    """Return a text as WordPress texturizes its unregistered shortcodes."""
    return text.replace('="', "=”").replace('"', "”")


def _repeated(name: str, piece: str, size: int, paired: tuple[str, ...]) -> Input:
    count = size // len(piece)
    return Input(name, f"nothing but `{piece}`", piece * count, count, paired=paired)


def _plain(name: str, title: str, text: str, shortcodes: int = 0) -> Input:
    return Input(name, title, text, shortcodes)


def _html(size: int) -> Input:
    text = _until(size, _mixed(Random(2)))
    paired = tuple(tag for tag, closed in PAIRED.items() if closed)
    count = sum(text.count(f"[{tag} ") for tag in PAIRED)
    return Input(
        "html", "HTML paragraphs, one shortcode every 370 bytes", text, count, paired=paired
    )


def _hostile(title: str, make: Callable[[int], str], size: int) -> Input:
    text = make(size)
    paired = ("a",) if text.endswith("[/a]") else ()
    shown = f"`` {title} ``" if "`" in title else f"`{title}`"
    return Input(f"hostile {title}", shown, text, None, ("a",), paired, ("strip", "parse"))


MAKERS: dict[str, Callable[[int], Input]] = {
    "arabic": lambda size: _arabic_prose(
        "arabic", "Arabic prose, 20 attributes every 2 KB", size, curly=False
    ),
    "curly": lambda size: _arabic_prose(
        "curly", "the same with curly quotes, which only this engine reads", size, curly=True
    ),
    "dense": lambda size: _repeated(
        "dense", '[gallery ids="1,2,3" columns="4" /]', size, paired=()
    ),
    "closed": lambda size: _repeated(
        "closed", '[gallery ids="1,2,3" columns="4"][/gallery]', size, paired=("gallery",)
    ),
    "html": lambda size: _html(size // 5),
    "english": lambda _: _plain(
        "english", "English prose without brackets", _prose(_ENGLISH, _PLAIN, Random(3))
    ),
    "prose": lambda _: _plain(
        "prose", "Arabic prose without brackets", _prose(_ARABIC, _PLAIN, Random(4))
    ),
    "notes": lambda size: _plain(
        "notes", "English prose, `[1]` every 100 bytes", _until(size, _notes(Random(5)))
    ),
    "notes-one": lambda size: _plain(
        "notes-one",
        "the same, one `[gallery /]` at its end",
        _until(size, _notes(Random(5))) + "[gallery /]",
        1,
    ),
} | {
    f"hostile {title}": lambda size, title=title, make=make: _hostile(title, make, size // 20)
    for title, make in TEXTS.items()
}
"""Makes each input, by name, from the size of the largest ones."""

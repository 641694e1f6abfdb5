"""An engine to attack, texts that attack it, and what every integration must do about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from markupsafe import Markup
from pydantic import HttpUrl

from shortcodes import Engine
from tests.hostile import TEMPLATES, VALUES, quoted
from tests.leaks import found_in

_CARD = """\
<a class="card" title="{{ title }}"{% if url %} href="{{ url }}"{% endif %}>{{ content }}</a>
"""


def engine(folder: Path) -> Engine:
    """Return an engine with a function `box`, a template `card` and a constant `year`."""
    (folder / "card.html").write_text(_CARD, encoding="utf-8")
    attributes = {"title": {"default": ""}, "url": {"type": "url"}}
    made = Engine(templates=folder, schemas={"card": {"attributes": attributes}})
    made.register("box", box)
    made.register("year", Markup("<b>2026</b>"))
    return made


def box(content: str, title: str = "", url: HttpUrl | None = None) -> Markup:
    """Return a box with a title, a link and what it encloses."""
    link = Markup('<a href="{}">on</a>').format(url) if url else Markup()
    return Markup('<div class="box" title="{}">{}{}</div>').format(title, link, content)


def in_attributes(value: str) -> str:
    """Return a text whose shortcodes have the value in their attributes."""
    held = quoted(value)
    return f"[box title={held} url={held}]in[/box] [card title={held} url={held}] [year n={held}]"


def in_content(value: str) -> str:
    """Return a text whose shortcodes enclose the value."""
    return f"[box]{value}[/box]\n\n[card]{value}[/card]\n\n[year]{value}[/year]"


def enclosed(made: Engine) -> Iterator[tuple[str, str]]:
    """Give each value that shortcodes can enclose in HTML, and the shortcodes around it.

    Others close the shortcode, or hide its end: what follows is no longer inside.
    """
    for value in VALUES:
        box, card = f"[box]{value}[/box]", f"[card]{value}[/card]"
        text = f"{box}\n\n{card}"
        spans = [item.span for item in made.parse(text, markdown=True).items()]
        if spans == [(0, len(box)), (len(text) - len(card), len(text))]:
            yield value, text


def sent(text: str) -> str:
    """Return a text as UTF-8 carries it, which knows no lone surrogates."""
    return text.encode("utf-8", "replace").decode()


def failures_in_attributes(render: Callable[[str], str], lost: str = "") -> dict[str, object]:
    """Return what was executed, or did not arrive as it was written, by value.

    `lost` are the characters that a library takes out of every text.
    """
    failures: dict[str, object] = {}
    for value in VALUES:
        html = render(in_attributes(value))
        found, seen = found_in(html), titles(html)
        expected = "".join(character for character in value if character not in lost)
        if found or [*map(sent, seen)] != [sent(expected)] * 2 or html.count("<b>2026</b>") != 1:
            failures[value] = found or html
    return failures


def failures(render: Callable[[str], str], texts: dict[str, str]) -> dict[str, list[str]]:
    """Return what was executed, by value."""
    return {value: found for value, text in texts.items() if (found := found_in(render(text)))}


def re_read(render: Callable[[str], str]) -> list[str]:
    """Return the template syntax that is not printed as it is written."""
    return [t for t in TEMPLATES if words(render(f"[box]{t}[/box]")).strip() != t]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.titles: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.titles += [value or "" for name, value in attrs if name == "title"]

    def handle_data(self, data: str) -> None:
        self.words += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def titles(html: str) -> list[str]:
    """Return the values of all `title` attributes."""
    return _read(html).titles


def words(html: str) -> str:
    """Return the text that HTML shows."""
    return _read(html).words

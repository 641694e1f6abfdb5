"""Every integration in a browser: hostile values run nothing, ask for nothing, break no page."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain, cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jinja2 import Environment
from markdown_it import MarkdownIt

from shortcodes.integrations.jinja import install
from shortcodes.integrations.markdown_it import shortcodes_plugin
from shortcodes_covid19.attributes import FIELDS
from tests import attacks
from tests.hostile import ADDRESSES, BREAKOUTS, MARKUP, VALUES, quoted
from tests.needs import needs
from tests.test_wordpress_tags_hostile import IMAGE, NAMES, WORKING, attributes_of
from tests.visit import Visit

pytestmark = pytest.mark.slow

for package, extra in (("django", "django"), ("markdown", "markdown"), ("flask", "dev")):
    needs(package, extra)

import markdown  # noqa: E402
from flask import Flask, render_template_string  # noqa: E402

from shortcodes.integrations.markdown import ShortcodesExtension  # noqa: E402
from tests.test_integration_django import Project, attacked  # noqa: E402
from tests.test_markdown_code import FORMS, LIBRARIES, PLACES, held  # noqa: E402

PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>x</title><main>{}</main></html>"
SECTION = "<section class={}>{}</section>"
BLOCK = "{{% shortcodes %}}{}{{% endshortcodes %}}"
TEMPLATE = PAGE.format(
    "{% for a in text %}"
    + SECTION.format("text", "{{ a.value|shortcodes }}")
    + SECTION.format("text", "{{ a.content|shortcodes }}")
    + SECTION.format("titles", "{{ a.attributes|shortcodes }}")
    + SECTION.format("text", BLOCK.format("{{ a.value }}"))
    + SECTION.format("text", BLOCK.format("{{ a.content }}"))
    + SECTION.format("text", BLOCK.format("[box]{{ a.value }}[/box][card]{{ a.value }}[/card]"))
    + SECTION.format("text", BLOCK.format("[box title='{{ a.value }}' url='{{ a.value }}']"))
    + SECTION.format("text", BLOCK.format('[card title="{{ a.value }}" url="{{ a.value }}"]'))
    + SECTION.format("titles", BLOCK.format("{{ a.attributes|safe }}"))
    + SECTION.format("text", BLOCK.format("{{ a.enclosed|safe }}"))
    + "{% endfor %}"
)
"""A page of Jinja2 and of Django, which has all values in all places."""


def texts(folder: Path) -> list[dict[str, str]]:
    """Return what the template prints, by value."""
    enclosed = dict(attacks.enclosed(attacks.engine(folder)))
    assert len(enclosed) > 200
    return [
        {
            "value": attacks.sent(value),
            "attributes": attacks.sent(attacks.in_attributes(value)),
            "content": attacks.sent(attacks.in_content(value)),
            "enclosed": attacks.sent(enclosed.get(value, "")),
        }
        for value in VALUES
    ]


def by_jinja(folder: Path) -> str:
    environment = Environment(autoescape=True)
    install(environment, attacks.engine(folder))
    return environment.from_string(TEMPLATE).render(text=texts(folder))


def by_flask(folder: Path) -> str:
    app = Flask(__name__)
    install(app.jinja_env, attacks.engine(folder))
    app.get("/")(lambda: render_template_string(TEMPLATE, text=texts(folder)))
    return app.test_client().get("/").text


def by_django(folder: Path) -> str:
    (made,) = attacked(folder).render("{% load shortcodes %}" + TEMPLATE, texts(folder))
    return made


def markdown_page(folder: Path, render: Callable[[str], str], *, is_open: bool = False) -> str:
    """Return a page of Markdown: what shortcodes hold, and where it `is_open` to anyone, all."""
    sections = []
    for text in texts(folder):
        sections.append(SECTION.format("titles", render(text["attributes"])))
        sections.append(SECTION.format("text", render(text["enclosed"])))
        if is_open:
            sections.append(SECTION.format("text", render(text["value"])))
            sections.append(SECTION.format("text", render(text["content"])))
    return PAGE.format("".join(sections))


def by_python_markdown(folder: Path) -> str:
    extension = ShortcodesExtension(engine=attacks.engine(folder))
    return markdown_page(folder, markdown.Markdown(extensions=[extension]).convert)


def by_markdown_it(folder: Path) -> str:
    md = MarkdownIt().use(shortcodes_plugin, attacks.engine(folder))
    return markdown_page(folder, md.render)


def by_markdown_it_without_html(folder: Path) -> str:
    md = MarkdownIt("commonmark", {"html": False})
    md.use(shortcodes_plugin, attacks.engine(folder))
    return markdown_page(folder, md.render, is_open=True)


def by_markdown_library(convert: Callable[[str], str]) -> str:
    """Return a page with values that break out, at every place of Markdown."""
    # A name that begins with "on" is no event here, a centred column a style, and a picture whose
    # address is source is none.
    apart = ("on{}", ":-:", "![a]")
    places = [place for place in PLACES if not any(part in place for part in apart)]
    texts = (
        place.format(*[form.format(hold(value))] * place.count("{}"))
        for place in places
        for form, value, hold in zip(
            cycle(FORMS), (*BREAKOUTS[::3], *ADDRESSES[::3]), cycle([held, quoted]), strict=False
        )
    )
    return PAGE.format("".join(SECTION.format("text", convert(attacks.sent(t))) for t in texts))


@pytest.mark.parametrize(
    "library", ["markdown-it-py with tables", "Python-Markdown with extensions"]
)
def test_no_value_gets_out_of_what_markdown_makes_a_tag_in_a_browser(
    browser: Any, library: str
) -> None:
    visit = Visit(browser, by_markdown_library(LIBRARIES[library]())).touched()
    harm = visit.harm()
    visit.page.close()
    harmless = re.compile(r'<\w+ href="[\x00-\x20]*(?!(?:javascript|vbscript|data):)[a-z.]+:', re.I)
    led = [re.sub(r"[\t\n\r]", "", one) for one in harm]
    assert [one for one in led if not harmless.match(one)] == []  # a handler may give other ones


PAGES: dict[Callable[[Path], str], int] = {
    by_jinja: 10,
    by_flask: 10,
    by_django: 10,
    by_python_markdown: 2,
    by_markdown_it: 2,
    by_markdown_it_without_html: 4,
}
"""How many sections each has for a value."""

TITLES = """() => [...document.querySelectorAll('.titles')].map(
  section => [...section.querySelectorAll('.box, .card')].map(e => e.title)
)"""


def as_read(value: str, lost: str = "") -> str:
    """Return a value as a browser reads it, but for what was lost before."""
    kept = "".join(character for character in attacks.sent(value) if character not in lost)
    return kept.replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("page", PAGES)
def test_no_hostile_value_does_anything_in_a_browser(
    browser: Any, tmp_path: Path, page: Callable[[Path], str]
) -> None:
    visit = Visit(browser, page(tmp_path)).touched()
    harm, titles = visit.harm(), visit.page.evaluate(TITLES)
    sections = visit.count("main > section"), visit.count("section")
    visit.page.close()
    assert harm == []
    assert {urlsplit(url).netloc for url in visit.asked} == {"page.test"}  # for pictures
    assert sections == (len(VALUES) * PAGES[page],) * 2
    lost = "\x02\x03" if page is by_python_markdown else ""
    expected = [[as_read(value, lost)] * 2 for value in VALUES]
    each = len(titles) // len(VALUES)
    assert [titles[n::each] for n in range(each)] == [expected] * each


def library(text: str) -> dict[str, Callable[[Path], str]]:
    """Return what renders a text by every installed handler, through each integration."""
    jinja = Environment(autoescape=True)
    install(jinja)
    django = "{% load shortcodes %}{{ text|shortcodes }}"
    return {
        "Jinja2": lambda folder: jinja.from_string("{{ text|shortcodes }}").render(text=text),
        "Django": lambda folder: Project(folder, "").render(django, text)[0],
        "Python-Markdown": lambda folder: markdown.markdown(
            text, extensions=[ShortcodesExtension()]
        ),
        "markdown-it-py": lambda folder: MarkdownIt().use(shortcodes_plugin).render(text),
    }


def tags_and_cards(value: str) -> str:
    """Return every built-in tag and a card with a value in all of their attributes."""
    held = quoted(attacks.sent(value))
    texts = []
    for tag in NAMES:
        names = [name for name in attributes_of(tag) if name not in ("ids", "include", "src")]
        attributes = " ".join(f"{name}={held}" for name in names)
        texts.append(f"[{tag} {WORKING[tag]} {attributes}]{IMAGE}[/{tag}]")
        texts.append(f"[{tag} src={held}]")
    given = " ".join(f"{field.name}={held}" for field in FIELDS if field.name != "region")
    return "\n\n".join([*texts, f"[covid19-ultimate-card region=EG {given}]"])


@pytest.mark.parametrize("name", library(""))
def test_no_hostile_value_in_a_built_in_tag_or_a_card_does_anything_in_a_browser(
    browser: Any, tmp_path: Path, name: str
) -> None:
    text = "\n\n".join(map(tags_and_cards, VALUES))
    visit = Visit(browser, PAGE.format(library(text)[name](tmp_path))).touched()
    harm, cards = visit.harm(), visit.count("article.cov19u-card")
    players = visit.count("audio") + visit.count("video")
    visit.page.close()
    assert set(harm) <= {"<svg>", "<style>"}  # the card's own
    assert cards >= len(VALUES) * 0.9  # a value may end what stands around it
    assert players > len(VALUES) / 2  # those whose address is none


def trusted_by_jinja(folder: Path) -> str:
    environment = Environment(autoescape=True)
    install(environment, attacks.engine(folder))
    template = PAGE.format("{% for text in texts %}{{ text|safe|shortcodes }}{% endfor %}")
    return environment.from_string(template).render(texts=MARKUP)


def trusted_by_markdown_it(folder: Path) -> str:
    md = MarkdownIt().use(shortcodes_plugin, attacks.engine(folder))
    return PAGE.format("".join(map(md.render, MARKUP)))


@pytest.mark.parametrize("page", [trusted_by_jinja, trusted_by_markdown_it])
def test_the_same_values_do_harm_where_they_are_trusted(
    browser: Any, tmp_path: Path, page: Callable[[Path], str]
) -> None:
    visit = Visit(browser, page(tmp_path)).touched()
    harm = visit.harm()
    visit.page.close()
    assert harm.count("dialog 1") > 10
    assert len(set(harm)) > 40
    asked = "asks for http://evil.example/x.js"
    assert {asked, "<base>", '<img onerror="alert(1)">', '<body onload="alert(1)">'} - {*harm} == (
        set()
    )


KINDS = {
    "<p onmouseover=alert(1)>x</p>": ["dialog 1", '<p onmouseover="alert(1)">'],
    "<a href='java&Tab;script:alert(2)'>x</a>": ["dialog 2", '<a href="java\tscript:alert(2)">'],
    "<svg><a href='javascript:alert(3)'><text>x</text></a></svg>": [
        "dialog 3",
        "<svg>",
        '<a href="javascript:alert(3)">',
    ],
    "<script>throw Error('x')</script>": ["error x", "<script>"],
    "<a href='javascript:void open(``)'>x</a>": ["popup", '<a href="javascript:void open(``)">'],
    "<a href=data:,x download>x</a>": ["download", '<a href="data:,x">'],
    "<meta http-equiv=refresh content='0;url=//evil.example'>": [
        "goes to http://evil.example/",
        "<meta>",
    ],
    "<style>@import '//evil.example/x.css'</style>": [
        "asks for http://evil.example/x.css",
        "<style>",
    ],
    "<img srcset='//evil.example/x 1x'>": [
        "asks for http://evil.example/x",
        '<img srcset="//evil.example/x 1x">',
    ],
    "<img src=x><a href=x>x</a><a href=https://[>x</a><a href='mailto:x'>x</a>": [],
}
"""What does harm, and what is seen of it."""


def test_a_visit_sees_each_kind_of_harm(browser: Any) -> None:
    visit = Visit(browser, PAGE.format("".join(KINDS))).touched()
    harm = visit.harm()
    visit.page.close()
    assert sorted(set(harm)) == sorted(chain(*KINDS.values()))

"""HTML tags, and sanitised HTML, in a real browser."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import nh3
import pytest
from markupsafe import Markup

import shortcodes
from shortcodes import Engine
from shortcodes.html.tags import HtmlTags, attributes

pytestmark = pytest.mark.slow

_READ = """texts => texts.map(text =>
  [...new DOMParser().parseFromString('<body>' + text, 'text/html').body.querySelectorAll('*')]
    .map(e => [e.localName, ...[...e.attributes].flatMap(a => [a.name, a.value])]))"""

_PIECES = [
    "<x-a", "<x-b ", "</x-a>", ">", "/>", " ", "\n", "\t", "\f", "\u00a0", "=", "'", '"', "a", "B",
    "b=", "c='", 'd="', "/", "<", "< ", "é", "&amp;", "[x]", " title=", "-",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_a_browser_reads_the_same_tags_and_attributes(browser: Any, seed: int) -> None:
    choose = random.Random(seed)
    texts = ["".join(choose.choices(_PIECES, k=choose.randint(2, 16))) for _ in range(5000)]
    texts = [text for text in texts if _is_whole(text)]
    assert len(texts) > 500
    page = browser.new_page()
    read = page.evaluate(_READ, texts)
    page.close()
    assert [(text, _tags(text)) for text in texts] == [*zip(texts, read, strict=True)]


def _is_whole(text: str) -> bool:
    """Whether whatever looks like the beginning of a tag begins one, or stands in one."""
    tags = HtmlTags(text)
    starts = {start for start, _ in tags.readings[0]}
    begins = [match.start() for match in re.finditer(r"<[A-Za-z/!?]", text)]
    return bool(starts) and all(place in starts or tags.around(place) for place in begins)


def _tags(text: str) -> list[list[str]]:
    read = []
    for start, end in HtmlTags(text).readings[0]:
        tag = text[start:end]
        if tag.startswith("</"):
            continue
        name = tag[1:].partition(">")[0]
        for stop in " \n\t\f/":
            name = name.partition(stop)[0]
        found: dict[str, str] = {}
        for key, span in attributes(tag, 0, len(tag)):
            found.setdefault(_lower(key), tag[slice(*span)].replace("&amp;", "&"))
        read.append([_lower(name), *(word for pair in found.items() for word in pair)])
    return read


def _lower(name: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in name)


_HOSTILE = [
    '<img src="/x.png" alt="', '<a href="', '<a title="', "<p>", "</p>", '<p title="', "<b>",
    "</b>",
    '<i title="', "</i>", '<blockquote cite="', '<br title="', "<br />", '">', "'>", '"', "'", ">",
    "<", "<!--", "-->", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    " onerror=alert(1) ", ' onclick="x()"', 'a="', "java", "script:", "alert(1)", "//evil.test/",
    "https:", "mailto:", "data:text/html,x", "[b]", "[/b]", "[year]", '[year a="', "[year a='",
    "[year /]", "[e]", "[e a=1]", "[u]", "[/u]", "[u x=”", "”]", "[box]", "[/box]", "[x=", "[", "]",
    "/]", '"]', "']", "[[", "]]", "x", "\n", "\n\n", " ", "&#8221;", "&quot;", "&lt;", "\\", "=",
    "`",
]  # fmt: skip
_MORE = [
    "<style>", "</style>", "<title>", "</title>", "<textarea>", "</textarea>", "<svg>", "</svg>",
    "<noscript>", "</noscript>", "<iframe>", "</iframe>", "<xmp>", "</xmp>", "<!--", "-->",
    '<img srcset="', '<p style="background:url(', "[year a='<style>']", "[year a='<b title=\"']",
    "[f]", "[f a='", "[/f]", "/[b]/", "url(", ")", " 2x, ",
]  # fmt: skip
_TAGS = ["b", "year", "e", "u", "box", "x", "f"]

_MORE_ELEMENTS = {"style", "title", "textarea", "svg", "noscript", "iframe", "xmp"}
_SANITISERS = {
    "as nh3 does it": nh3.Cleaner(),
    "with comments": nh3.Cleaner(strip_comments=False),
    "with more elements": nh3.Cleaner(
        tags=nh3.ALLOWED_TAGS | _MORE_ELEMENTS,
        clean_content_tags={"script"},
        strip_comments=False,
        attributes={**nh3.ALLOWED_ATTRIBUTES, "*": {"title", "style", "srcset"}},
    ),
}
"""What people let through that others write; none of it runs a script."""


def _with_brackets_in_values(html: str) -> str:
    """Return HTML with "<" and ">" as themselves in values, as some sanitisers leave them."""
    return re.sub(
        r'="[^"]*"', lambda value: value[0].replace("&lt;", "<").replace("&gt;", ">"), html
    )


def _fails(content: str = "") -> str:
    raise ValueError("it fails")


def _engines() -> Iterator[Engine]:
    policies: tuple[dict[str, Any], ...] = (
        {},
        {"html": "trusted"},
        {"on_error": "diagnostic"},
        {"order": "outer"},
    )
    for policy in policies:
        engine = Engine(**policy)
        engine.register("year", "2026")
        engine.register("e", "")
        engine.register("b", lambda n="", *, content="": "w")
        engine.register("box", lambda *, content="": Markup(content))
        engine.register("f", _fails)
        yield engine


def _outputs(clean: str, engine: Engine) -> Iterator[str]:
    yield shortcodes.strip(clean)
    for dialect in ("lenient", "wordpress"):
        for content in ("keep", "drop"):
            yield shortcodes.strip(clean, tags=_TAGS, content=content, dialect=dialect)
        for unknown in ("keep", "strip", "mark"):
            options = {"unknown": unknown}
            yield engine.render(clean, format="html", tags=_TAGS, dialect=dialect, options=options)


@pytest.mark.parametrize("sanitiser", _SANITISERS)
@pytest.mark.parametrize("seed", range(2))
def test_sanitised_html_gains_no_element_attribute_or_address(
    browser: Any, sanitiser: str, seed: int
) -> None:
    choose = random.Random(f"{seed} {sanitiser}")
    engines = list(_engines())
    cases: list[list[str]] = []
    while len(cases) < 700:
        dirty = "".join(choose.choices(_HOSTILE + _MORE, k=choose.randint(2, 14)))
        clean = _SANITISERS[sanitiser].clean(dirty)
        if choose.random() < 0.4:
            clean = _with_brackets_in_values(clean)
        if "[" in clean:
            cases.append([clean, *_outputs(clean, engines[len(cases) % len(engines)])])
    page = browser.new_page()
    read = iter(page.evaluate(_READ, [text for case in cases for text in case]))
    page.close()
    for clean, *outputs in cases:
        before = set(_facts(next(read)))
        for output in outputs:
            gained = set(_facts(next(read))) - before - {("mark",), ("mark", "class")}
            assert (clean, output, gained) == (clean, output, set())


def _facts(elements: list[list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the names of elements and of attributes, and where addresses lead."""
    for name, *pairs in elements:
        yield (name,)
        for key, value in zip(pairs[::2], pairs[1::2], strict=True):
            yield name, key
            if key in ("href", "src", "cite"):
                address = value.strip().replace("\\", "/")
                is_server = address.startswith("//")
                scheme, colon, _ = address.partition(":")
                yield "//" if is_server else scheme if colon and scheme.isalpha() else "", "leads"

"""Shortcodes in list items and quotations of Markdown: the content is read without what its lines
begin with because of them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt
from markupsafe import Markup

from shortcodes import Engine
from shortcodes.integrations.markdown_it import shortcodes_plugin
from tests.needs import needs

needs("markdown", "markdown")

import markdown  # noqa: E402

from shortcodes.integrations.markdown import ShortcodesExtension  # noqa: E402

ENGINE = Engine()


@ENGINE.shortcode("box")
def box(*, content: Markup) -> Markup:
    return Markup("<aside>{}</aside>").format(content)


@ENGINE.shortcode("fail")
def fail(*, content: Markup) -> Markup:
    raise ValueError("no")


def convert_with_python_markdown(text: str) -> str:
    return str(markdown.markdown(text, extensions=[ShortcodesExtension(engine=ENGINE)]))


CONVERTERS: dict[str, Callable[[str], str]] = {
    "render": lambda text: ENGINE.render(text, format="markdown"),
    "Python-Markdown": convert_with_python_markdown,
    "markdown-it-py": lambda text: MarkdownIt().use(shortcodes_plugin, ENGINE).render(text),
}

CONTENTS = {
    "a list item": (
        "1. One\n\n    [box]\n\n    In **bold**\n\n    [/box]\n\n2. Two\n",
        "<aside>In <strong>bold</strong></aside>",
    ),
    "the line of the list mark": (
        "10. [box]\n    In **bold**\n    [/box]\n",
        "<aside>In <strong>bold</strong></aside>",
    ),
    "a quotation": (
        "> [box]\n> In\n> **bold**\n> [/box]\n",
        "<aside>In\n<strong>bold</strong></aside>",
    ),
    "a quotation in a quotation": ("> > [box]\n> > In\n> > [/box]\n", "<aside>In</aside>"),
    "further indentation is code": (
        "[box]\n\n    code\n\n[/box]\n",
        "<aside><pre><code>code\n</code></pre></aside>",
    ),
    "code in a list item": (
        "1. One\n\n    [box]\n\n        code\n\n    [/box]\n",
        "<aside><pre><code>code\n</code></pre></aside>",
    ),
    "a quotation inside": (
        "[box]\n\n> In\n\n[/box]\n",
        "<aside><blockquote>\n<p>In</p>\n</blockquote></aside>",
    ),
}


@pytest.mark.parametrize("convert", CONVERTERS.values(), ids=CONVERTERS)
@pytest.mark.parametrize(("text", "expected"), CONTENTS.values(), ids=CONTENTS)
def test_content_is_read_without_the_container(
    text: str, expected: str, convert: Callable[[str], str]
) -> None:
    assert expected in convert(text)


@pytest.mark.parametrize("convert", CONVERTERS.values(), ids=CONVERTERS)
def test_so_is_the_content_of_one_that_fails(convert: Callable[[str], str]) -> None:
    html = convert("1. One\n\n    [fail]\n\n    In **bold**\n\n    [/fail]\n")
    assert "In <strong>bold</strong>" in html
    assert "<code>" not in html

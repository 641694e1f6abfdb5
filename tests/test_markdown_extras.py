"""Markdown as people write it: tables, strikethrough, task lists, footnotes, definition lists."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt
from markupsafe import Markup
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from shortcodes import Engine
from shortcodes.integrations.markdown_it import shortcodes_plugin
from tests.cpu_time import measure
from tests.needs import needs

needs("markdown", "markdown")

import markdown  # noqa: E402
from markdown.extensions import Extension  # noqa: E402

from shortcodes.integrations.markdown import ShortcodesExtension  # noqa: E402

ENGINE = Engine()
ENGINE.register("year", Markup("<b>2026</b>"))
ENGINE.register("line", Markup("<hr>"))
ENGINE.register("box", lambda *, content: Markup("<aside>{}</aside>").format(content))
ENGINE.register("mark", lambda *, content: Markup("<mark>{}</mark>").format(content))


def render(text: str, **options: bool) -> str:
    return ENGINE.render(text, format="markdown", options=options)


def convert_with_python_markdown(text: str) -> str:
    extensions: list[str | Extension] = ["extra", "sane_lists", ShortcodesExtension(engine=ENGINE)]
    return markdown.markdown(text, extensions=extensions)


def convert_with_markdown_it(text: str) -> str:
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    md.use(deflist_plugin).use(footnote_plugin).use(shortcodes_plugin, ENGINE)
    return str(md.render(text))


CONVERTERS: dict[str, Callable[[str], str]] = {
    "render": render,
    "Python-Markdown": convert_with_python_markdown,
    "markdown-it-py": convert_with_markdown_it,
}
each_converter = pytest.mark.parametrize("convert", CONVERTERS.values(), ids=CONVERTERS)


def normalise(html: str) -> str:
    """Return HTML without what the libraries write differently and a reader does not see."""
    html = re.sub(r"<p>\s*+</p>", "", html)
    html = re.sub(r"text-align: (\w+);", r"text-align:\1", html)
    return re.sub(r"\s*+(<[^<>]++>)\s*+", r"\1", html).strip()


POSITIONS = {
    "a paragraph": ("a {} b", "<p>a {} b</p>", "<p>a</p>{}<p>b</p>"),
    "a paragraph of its own": ("a\n\n{}\n\nb", "<p>a</p><p>{}</p><p>b</p>", "<p>a</p>{}<p>b</p>"),
    "a list item": ("- {}\n- b", "<ul><li>{}</li><li>b</li></ul>", None),
    "a list item with words": ("- a {}\n- b", "<ul><li>a {}</li><li>b</li></ul>", None),
    "a numbered item": ("1. {}\n2. b", "<ol><li>{}</li><li>b</li></ol>", None),
    "an item in an item": (
        "- a\n    - {}\n- b",
        "<ul><li>a<ul><li>{}</li></ul></li><li>b</li></ul>",
        None,
    ),
    "a paragraph of an item": (
        "- a\n\n    {}\n\n    b",
        "<ul><li><p>a</p><p>{}</p><p>b</p></li></ul>",
        "<ul><li><p>a</p>{}<p>b</p></li></ul>",
    ),
    "a quotation": (
        "> {}",
        "<blockquote><p>{}</p></blockquote>",
        "<blockquote>{}</blockquote>",
    ),
    "a line of a quotation": (
        "> a\n>\n> {}",
        "<blockquote><p>a</p><p>{}</p></blockquote>",
        "<blockquote><p>a</p>{}</blockquote>",
    ),
    "a list in a quotation": (
        "> - {}",
        "<blockquote><ul><li>{}</li></ul></blockquote>",
        None,
    ),
    "a heading": ("# a {}", "<h1>a {}</h1>", "<h1>a</h1>{}"),
    "an underlined heading": ("a {}\n===", "<h1>a {}</h1>", "<h1>a</h1>{}"),
    "a cell": (
        "| a | b |\n|---|--:|\n| {} | c |",
        "<table><thead><tr><th>a</th>"
        '<th style="text-align:right">b</th></tr></thead><tbody><tr><td>{}</td>'
        '<td style="text-align:right">c</td></tr></tbody></table>',
        None,
    ),
    "the head of a table": (
        "| {} |\n|---|\n| c |",
        "<table><thead><tr><th>{}</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>",
        None,
    ),
    "the text of a link": ("[{}](/a)", '<p><a href="/a">{}</a></p>', '<a href="/a">{}</a>'),
    "words of a link": ("[a {}](/a)", '<p><a href="/a">a {}</a></p>', '<a href="/a">a {}</a>'),
    "a link in a heading": ("## [a {}](/a)", '<h2><a href="/a">a {}</a></h2>', None),
    "emphasis": ("a **{}**", "<p>a <strong>{}</strong></p>", "<p>a</p><strong>{}</strong>"),
    "a definition": ("a\n:   {}", "<dl><dt>a</dt><dd>{}</dd></dl>", None),
    "a term": ("a {}\n:   b", "<dl><dt>a {}</dt><dd>b</dd></dl>", None),
}
"""For each position its Markdown, and the HTML around inline and block output; `None` where that
is the same."""

OUTPUTS = {
    "inline": ("[year]", "<b>2026</b>", False),
    "inline with content": ("[mark]a *b*[/mark]", "<mark>a <em>b</em></mark>", False),
    "a block": ("[line]", "<hr>", True),
    "a block with content": ("[box]a *b*[/box]", "<aside>a <em>b</em></aside>", True),
    "a block in a block": (
        "[box]a [mark]b|c[/mark][/box]",
        "<aside>a <mark>b|c</mark></aside>",
        True,
    ),
}
PLACED = {
    f"{output} in {position}": (
        text.replace("{}", source),
        (block if is_block and block else inline).replace("{}", html),
    )
    for (position, (text, inline, block)), (output, (source, html, is_block)) in itertools.product(
        POSITIONS.items(), OUTPUTS.items()
    )
}


def test_there_are_a_hundred_placed_shortcodes() -> None:
    assert len(PLACED) == 100


@each_converter
@pytest.mark.parametrize(("text", "html"), PLACED.values(), ids=PLACED)
def test_a_shortcode_comes_out_as_one_would_draw_it(
    text: str, html: str, convert: Callable[[str], str]
) -> None:
    assert normalise(convert(text)) == normalise(html)


BEGINNINGS = {
    "a quotation": ("> [box]\n> a\n>\n> b\n> [/box]", "<blockquote>{}</blockquote>"),
    "a quotation without spaces": (">[box]\n>a\n>\n>b\n>[/box]", "<blockquote>{}</blockquote>"),
    "an item": ("- [box]\n  a\n\n  b\n  [/box]", "<ul><li>{}</li></ul>"),
    "an indented item": (
        "- c\n    - [box]\n      a\n\n      b\n      [/box]",
        "<ul><li>c<ul><li>{}</li></ul></li></ul>",
    ),
    "the words of an item": (
        "- d\n    - c [box]\n      a\n\n      b\n      [/box]",
        "<ul><li>d<ul><li>c {}</li></ul></li></ul>",
    ),
    "the words of a quotation": (
        "> c [box]\n> a\n>\n> b\n> [/box]",
        "<blockquote><p>c</p>{}</blockquote>",
    ),
    "a definition": ("c\n:   [box]\n    a\n\n    b\n    [/box]", "<dl><dt>c</dt><dd>{}</dd></dl>"),
}


@each_converter
@pytest.mark.parametrize(("text", "html"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_content_on_several_lines_begins_a_container(
    text: str, html: str, convert: Callable[[str], str]
) -> None:
    box = "<aside><p>a</p><p>b</p></aside>"
    assert normalise(convert(text)) == normalise(html.replace("{}", box))


@each_converter
def test_content_on_several_lines_begins_a_footnote(convert: Callable[[str], str]) -> None:
    html = normalise(convert("c[^1]\n\n[^1]: [box]\n    a\n\n    b\n    [/box]"))
    assert "<aside><p>a</p><p>b</p></aside>" in html


@each_converter
def test_no_line_break_is_left_beside_a_block(convert: Callable[[str], str]) -> None:
    assert normalise(convert("a  \n[line]  \nb")) == "<p>a</p><hr><p>b</p>"


EXTRAS = {
    "strikethrough": ("~~a~~", "<p><s>a</s></p>\n"),
    "tasks": (
        "- [ ] a\n- [x] b\n- [y] c",
        '<ul class="contains-task-list">\n'
        '<li class="task-list-item"><input class="task-list-item-checkbox" disabled="disabled" '
        'type="checkbox"> a</li>\n'
        '<li class="task-list-item"><input class="task-list-item-checkbox" checked="checked" '
        'disabled="disabled" type="checkbox"> b</li>\n<li>[y] c</li>\n</ul>\n',
    ),
    "a footnote": (
        "a[^x] b[^x]\n\n[^x]: c",
        '<p>a<sup class="footnote-ref"><a href="#fn1" id="fnref1">1</a></sup> '
        'b<sup class="footnote-ref"><a href="#fn1" id="fnref1:1">1</a></sup></p>\n'
        '<section class="footnotes" role="doc-endnotes">\n<ol>\n'
        '<li id="fn1" value="1" class="footnote-item"><p>c '
        '<a href="#fnref1" class="footnote-backref">↩︎</a> '
        '<a href="#fnref1:1" class="footnote-backref">↩︎</a></p>\n</li>\n</ol>\n</section>\n',
    ),
    "no footnote": ("a[^x] b", "<p>a[^x] b</p>\n"),
    "definitions": ("a\n: b\n: c", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>\n"),
}


@pytest.mark.parametrize(("text", "html"), EXTRAS.values(), ids=EXTRAS)
def test_render_reads_what_people_write(text: str, html: str) -> None:
    assert render(text) == html


def test_an_option_leaves_commonmark() -> None:
    text = "~~a~~ | b\n---|---\n"
    assert render(text, commonmark=True) == "<p>~~a~~ | b\n---|---</p>\n"
    assert "<table>" in render(text)
    with pytest.raises(TypeError, match="commonmark must be"):
        ENGINE.render(text, format="markdown", options={"commonmark": "yes"})


def test_a_reference_in_a_shortcode_leads_to_a_note_of_the_document() -> None:
    html = render("a[^b] [mark]c[^a][/mark]\n\n[^a]: one\n[^b]: two")
    assert re.findall(r'href="#(\w+)" id="(\w+)">(\d)', html) == [
        ("fn1", "fnref1", "1"),
        ("fn2", "fnref2", "2"),
    ]
    assert [html.index(each) for each in ("two", "one")] == sorted(
        html.index(each) for each in ("two", "one")
    )


def test_a_note_that_a_shortcode_encloses_is_hidden_with_it() -> None:
    engine = Engine()
    engine.register("gate", lambda *, content: "closed")
    engine.register("box", lambda *, content: Markup("<aside>{}</aside>").format(content))
    text = "[{0}]\na[^1]\n\n[^1]: secret\n[/{0}]"
    assert "secret" not in engine.render(text.format("gate"), format="markdown")
    assert re.search(
        '<aside>.*<li id="fn1".*secret.*</aside>',
        engine.render(text.format("box"), format="markdown"),
        re.DOTALL,
    )


def test_a_note_that_is_enclosed_links_back_to_what_is_enclosed_with_it() -> None:
    note = "a[^1] b[^1]\n\n[^1]: c\n"
    html = render(f"a[^1]\n\n[box]\n{note}[/box]\n\n[box]\n{note}[/box]\n\n{note}")
    backs = [re.findall(r'href="#(fnref[^"]*+)"', part) for part in html.split("<section")[1:]]
    assert backs == [
        ["fnref1", "fnref1:1"],
        ["fnref1:2", "fnref1:3"],
        [f"fnref1{'' if number == 0 else f':{number}'}" for number in range(7)],
    ]


def test_an_enclosed_note_whose_references_are_elsewhere_links_to_the_first() -> None:
    html = render("[box]a[^1] b[^1][/box]\n\n[box]\n[^1]: c\n[/box]")
    assert re.findall(r'href="#(fnref[^"]*+)"', html) == ["fnref1"]


@each_converter
def test_what_is_enclosed_keeps_what_markdown_writes(convert: Callable[[str], str]) -> None:
    html = normalise(convert("[box]\n\n| a |\n|--:|\n| b |\n\nc[^1]\n\n[^1]: d\n\n[/box]"))
    assert '<td style="text-align:right">b</td>' in html
    (target,) = set(re.findall(r'href="#(fn(?!ref)[^"]*+)"', html))
    assert f'<li id="{target}"' in html


@pytest.mark.parametrize(
    "harm",
    [
        "<input name=q>",
        "<input type=checkbox>",
        "<input type=text disabled>",
        "<li id=login>",
        "<a id=fn>",
        '<td style="background:url(//x)">',
        '<table><tr><td style="text-align:right;position:fixed">',
    ],
)
def test_what_markdown_does_not_write_is_taken_out(harm: str) -> None:
    html = render(f"[box]a {harm} b[/box]")
    assert not re.search("<input| id=| style=", html)


@pytest.mark.parametrize("commonmark", [False, True])
def test_a_cell_ends_code_and_tags(commonmark: bool) -> None:
    text = "| a | b |\n|---|---|\n| `x | <b title='` [year k=\"' onclick=f() x'\"] y'> |\n"
    assert "onclick" not in re.sub(r"&[^;]+;.*", "", render(text, commonmark=commonmark))


WIDE = "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "a\n" * 200


def test_a_table_with_hardly_any_cells_is_text() -> None:
    html = render(WIDE)
    assert "<table>" not in html
    assert len(html) < 2 * len(WIDE)


HOSTILE = {
    "wide tables": lambda n: (WIDE + "\n") * (n // 200 + 1),
    "rules": lambda n: "|-|\n" * n,
    "rules of two kinds": lambda n: "|-|-|\n|-|\n" * n,
    "openings of references": lambda n: "[^a]: x\n\n" + "[^" * n,
    "definitions in one line": lambda n: "[^a]: " * n,
    "notes": lambda n: "".join(f"[^{i}]\n\n[^{i}]: a\n\n" for i in range(n)),
    "the same note in many shortcodes": lambda n: "[box]\n\na[^1]\n\n[^1]: x\n\n[/box]\n\n" * n,
    "references": lambda n: "[^1] " * n + "\n\n[^1]: x",
    "tasks": lambda n: "- [ ] a\n" * n,
    "terms": lambda n: "a\n: b\n" * n,
    "tildes": lambda n: "~~a " * n,
    "bars and code": lambda n: "|a|\n|-|\n" + "`|<b " * n,
}


@pytest.mark.slow
@pytest.mark.parametrize("build", HOSTILE.values(), ids=HOSTILE)
def test_the_time_is_linear(build: Callable[[int], str]) -> None:
    short, long = build(2000), build(8000)
    assert measure(lambda: render(long)) < 12 * measure(lambda: render(short)) + 0.1


def test_a_page_has_the_direction_of_its_front_matter() -> None:
    text = "---\ntitle: A\nlang: fr\ndir: {}\n---\nb"
    for direction in ("rtl", "ltr"):
        html = render(text.format(direction), page=True)
        assert f'<html lang="fr" dir="{direction}">' in html
    assert 'dir="ltr"' in render(text.format("up"), page=True)

"""Shortcodes in Markdown, converted by Python-Markdown and by markdown-it-py."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from markdown_it import MarkdownIt
from markupsafe import Markup

from shortcodes import Call, Diagnostic, Engine
from shortcodes.integrations.markdown_it import KEY, shortcodes_plugin
from tests import attacks
from tests.hostile import VALUES
from tests.needs import needs

needs("markdown", "markdown")

import markdown  # noqa: E402
from markdown.extensions import Extension  # noqa: E402
from markdown.treeprocessors import Treeprocessor  # noqa: E402
from markdown.util import ETX, STX  # noqa: E402

from shortcodes.integrations.markdown import ShortcodesExtension  # noqa: E402

ENGINE = Engine()
ENGINE.register("year", Markup("<b>2026</b>"))
ENGINE.register("line", Markup("<hr>"))
ENGINE.register("base", "https://example.org")


@ENGINE.shortcode("show")
def show(call: Call, **more: str) -> str:
    return " ".join(f"{name}={value}" for name, value in call.attributes.items())


@ENGINE.shortcode("box")
def box(content: str, title: str = "") -> Markup:
    return Markup('<div title="{}">{}</div>').format(title, content)


@ENGINE.shortcode("mark")
def mark(content: str) -> Markup:
    return Markup("<mark>{}</mark>").format(content)


@ENGINE.shortcode("echo")
def echo(v: str) -> str:
    return v


def by_python_markdown(engine: Engine = ENGINE, **config: Any) -> Callable[[str], str]:
    extensions: list[str | Extension] = [
        "extra",
        "sane_lists",
        ShortcodesExtension(engine=engine, **config),
    ]
    return markdown.Markdown(extensions=extensions).convert


def by_markdown_it(engine: Engine = ENGINE, **config: Any) -> Callable[[str], str]:
    md = MarkdownIt("commonmark").use(shortcodes_plugin, engine, **config)
    return lambda text: md.render(text).rstrip("\n")


each_library = pytest.mark.parametrize("by", [by_python_markdown, by_markdown_it])

CASES = {
    "text without shortcodes is Markdown": (
        "# A\n\nb *c* [d](e) [1]",
        '<h1>A</h1>\n<p>b <em>c</em> <a href="e">d</a> [1]</p>',
    ),
    "inline output stays in its paragraph": (
        "It is [year] *now*.",
        "<p>It is <b>2026</b> <em>now</em>.</p>",
    ),
    "block output gets no paragraph around it": ("a\n\n[line]\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
    "block output splits the paragraph it stands in": (
        "a [line] b",
        "<p>a</p>\n<hr>\n<p>b</p>",
    ),
    "block output in a list item stays there": (
        "- [line]\n- b",
        "<ul>\n<li><hr></li>\n<li>b</li>\n</ul>",
    ),
    "attributes are not read as Markdown": (
        "[show a_b=\"_x_ **y** `z` <i> 'q'\" c='[d](e) \"f\"']",
        "<p>a_b=_x_ **y** `z` &lt;i&gt; &#39;q&#39; c=[d](e) &#34;f&#34;</p>",
    ),
    "curly quotes are quotes": ("[show a=”b_c_d” e=“f”]", "<p>a=b_c_d e=f</p>"),
    "backslashes of an export are not there": (
        '\\[show data\\_x="1"\\] and \\[box\\]in\\[/box\\]',
        '<p>data_x=1 and</p>\n<div title="">in</div>',
    ),
    "what is enclosed is Markdown": (
        "[mark]*a* [b](c)[/mark]",
        ('<p><mark><em>a</em> <a href="c">b</a></mark></p>'),
    ),
    "enclosed blocks are blocks": (
        "[box title='*t*']\n\n## A\n\n- b\n- [year]\n\n[/box]",
        '<div title="*t*"><h2>A</h2>\n<ul>\n<li>b</li>\n<li><b>2026</b></li>\n</ul></div>',
    ),
    "shortcodes stand inside others": (
        "[box]\n\na\n\n[box]*b*[/box]\n\n[/box]",
        '<div title=""><p>a</p>\n<div title=""><em>b</em></div></div>',
    ),
    "code is not touched": (
        "`[year]` ``[box]`` and\n\n    [year] [x\\_y a=1]\n    <&\n\n`[/box]`",
        "<p><code>[year]</code> <code>[box]</code> and</p>\n"
        "<pre><code>[year] [x\\_y a=1]\n&lt;&amp;\n</code></pre>\n<p><code>[/box]</code></p>",
    ),
    "fenced code is not touched": (
        "```\n[year]\n[box]*a*[/box]\n```",
        "<pre><code>[year]\n[box]*a*[/box]\n</code></pre>",
    ),
    "unknown shortcodes stay as they are": (
        '[x_y_z a="*b* & c" d]',
        "<p>[x_y_z a=&#34;*b* &amp; c&#34; d]</p>",
    ),
    "an escape shows its brackets": ("[[year]]", "<p>[year]</p>"),
    "output is not read as Markdown": (
        "[echo v='*a* _b_ <i> # c']",
        "<p>*a* _b_ &lt;i&gt; # c</p>",
    ),
    "output completes an address": (
        "[a]([base]/b)",
        '<p><a href="https://example.org/b">a</a></p>',
    ),
    "output makes no address a script": (
        "[a]([echo v='javascript:alert(1)'])",
        '<p><a href="[echo v=&#39;javascript:alert(1)&#39;]">a</a></p>',
    ),
    "raw HTML stays around them": (
        '<div>\n[year] <i title="[base]">a</i>\n</div>',
        '<div>\n<b>2026</b> <i title="https://example.org">a</i>\n</div>',
    ),
}


@each_library
@pytest.mark.parametrize(("text", "html"), CASES.values(), ids=CASES)
def test_shortcodes_are_rendered_in_markdown(by: Any, text: str, html: str) -> None:
    assert by()(text) == html


@each_library
def test_unknown_shortcodes_go_or_are_marked(by: Any) -> None:
    text = "a [x_y_z b=1] c"
    assert by(unknown="strip")(text) == "<p>a  c</p>"
    marked = '<mark class="shortcode-unknown">[x_y_z b=1]</mark>'
    assert by(unknown="mark")(text) == f"<p>a {marked} c</p>"


@each_library
def test_a_wrong_option_raises(by: Any) -> None:
    with pytest.raises(
        ValueError, match="unknown must be one of 'keep', 'strip', 'mark', not 'go'"
    ):
        by(unknown="go")("a")


@each_library
def test_a_converter_is_used_again(by: Any) -> None:
    convert = by()
    assert [convert(text) for text in ("[year]", "[mark]a[/mark]", "b")] == [
        "<p><b>2026</b></p>",
        "<p><mark>a</mark></p>",
        "<p>b</p>",
    ]


@each_library
@pytest.mark.parametrize("order", ["inner", "outer"])
def test_outer_shortcodes_may_run_first(by: Any, order: Any) -> None:
    engine = Engine(order=order)
    engine.register("box", box)
    text = "[box]\n\n[box]*b*[/box]\n\n[/box]"
    assert by(engine)(text) == '<div title=""><div title=""><em>b</em></div></div>'


@each_library
def test_asynchronous_handlers_are_awaited(by: Any) -> None:
    engine = Engine()

    @engine.shortcode("slow")
    async def slow(content: str) -> Markup:
        await asyncio.sleep(0)
        return Markup("<q>{}</q>").format(content)

    assert by(engine)("[slow]*a*[/slow]") == "<p><q><em>a</em></q></p>"


@each_library
def test_events_are_heard(by: Any) -> None:
    engine = ENGINE.copy()
    heard: list[str] = []
    engine.on("before_document", lambda document: heard.append(document.source.strip()))
    engine.on("after_document", lambda html: f"<main>{html}</main>")
    assert by(engine)("[year]").replace("\n", "") == "<main><p><b>2026</b></p></main>"
    assert heard == ["[year]"]


def test_without_an_engine_what_is_installed_renders() -> None:
    text = "[covid19-ultimate-card region=EG]"
    md = MarkdownIt().use(shortcodes_plugin)
    assert md.render(text).count("35,444") == 1
    assert markdown.markdown(text, extensions=["shortcodes.integrations.markdown"]) == (
        md.render(text).rstrip("\n")
    )


def test_a_style_sheet_stands_before_the_first_output_that_is_no_code() -> None:
    text = "`[covid19-ultimate-card]`\n\n    [covid19-ultimate-card region=EG]\n\n"
    html = MarkdownIt().use(shortcodes_plugin).render(text + "[covid19-ultimate-card region=EG]")
    assert html.startswith(
        "<p><code>[covid19-ultimate-card]</code></p>\n"
        "<pre><code>[covid19-ultimate-card region=EG]\n</code></pre>\n<style>"
    )
    assert html.count("<style>") == 1


def test_diagnostics_are_kept() -> None:
    text = "[box title=a colour=red][/box]"
    env: dict[str, Any] = {}
    MarkdownIt().use(shortcodes_plugin, ENGINE).render(text, env)
    extension = ShortcodesExtension(engine=ENGINE)
    assert extension.diagnostics == []
    markdown.markdown(text, extensions=[extension])
    expected = [("SC603", "rename or delete 'colour': [box] has no such attribute")]
    assert [(d.code, d.message) for d in env[KEY].diagnostics] == expected
    assert [(d.code, d.message) for d in extension.diagnostics] == expected


def test_markdown_it_keeps_its_tokens_and_renders_inline_text() -> None:
    md = MarkdownIt().use(shortcodes_plugin, ENGINE)
    assert [token.type for token in md.parse("# [year]")] == [
        "heading_open",
        "inline",
        "heading_close",
    ]
    assert md.renderInline("*a* [year]") == "<em>a</em> <b>2026</b>"


def test_an_environment_of_markdown_it_is_used_again() -> None:
    md = MarkdownIt().use(shortcodes_plugin, ENGINE)
    env: dict[str, Any] = {}
    assert [md.render("[year]", env), md.render("[line]", env)] == [
        "<p><b>2026</b></p>\n",
        "<hr>\n",
    ]


def test_extensions_of_python_markdown_work_inside_and_around() -> None:
    extensions: list[str | Extension] = [
        "extra",
        "codehilite",
        "meta",
        "smarty",
        "toc",
        ShortcodesExtension(engine=ENGINE),
    ]
    md = markdown.Markdown(extensions=extensions)
    text = (
        "title: [year]\n\n# A\n\nb[^1] 'c'\n\n"
        "[box]\n\n| d |\n|---|\n| [year] |\n\n[/box]\n\n[^1]: e\n"
    )
    assert md.convert(text) == (
        '<h1 id="a">A</h1>\n'
        '<p>b<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
        " &lsquo;c&rsquo;</p>\n"
        '<div title=""><table>\n<thead>\n<tr>\n<th>d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        "<td><b>2026</b></td>\n</tr>\n</tbody>\n</table></div>\n"
        '<div class="footnote">\n<hr />\n<ol>\n<li id="fn:1">\n'
        '<p>e&#160;<a class="footnote-backref" href="#fnref:1" '
        'title="Jump back to footnote 1 in the text">&#8617;</a></p>\n</li>\n</ol>\n</div>'
    )
    assert vars(md)["Meta"] == {"title": ["[year]"]}


def test_a_table_of_contents_is_not_taken_for_the_document() -> None:
    engine = ENGINE.copy()
    engine.on("after_document", lambda html: f"<main>{html}</main>")
    md = markdown.Markdown(extensions=["toc", ShortcodesExtension(engine=engine)])
    assert md.convert("# It is [year]") == (
        '<main><h1 id="it-is-2026">It is <b>2026</b></h1></main>'
    )
    assert vars(md)["toc"] == (
        '<div class="toc">\n<ul>\n<li><a href="#it-is-2026">It is 2026</a></li>\n</ul>\n</div>\n'
    )


@pytest.mark.slow
@each_library
def test_nothing_gets_out_of_attributes(by: Any, tmp_path: Path) -> None:
    lost = STX + ETX if by is by_python_markdown else ""  # which marks its own places by them
    assert attacks.failures_in_attributes(by(attacks.engine(tmp_path)), lost) == {}


@pytest.mark.slow
@each_library
def test_nothing_gets_out_of_contents(by: Any, tmp_path: Path) -> None:
    engine = attacks.engine(tmp_path)
    enclosed = dict(attacks.enclosed(engine))
    assert len(enclosed) > 100
    assert attacks.failures(by(engine), enclosed) == {}


def test_text_from_outside_is_safe_where_markdown_it_lets_no_html_through(tmp_path: Path) -> None:
    engine = attacks.engine(tmp_path)
    md = MarkdownIt("commonmark", {"html": False}).use(shortcodes_plugin, engine)
    values = VALUES
    assert attacks.failures(md.render, {value: value for value in values}) == {}
    assert attacks.failures(md.render, {value: attacks.in_content(value) for value in values}) == {}


@each_library
@pytest.mark.parametrize(
    "text",
    [
        "[a]([echo v=javascript:alert(1)])",
        "[a]([echo v=java][echo v=script:alert(1)])",
        "[a]([echo v=javascript]:alert(1))",
        "[mark][a]([echo v=javascript:alert(1)])[/mark]",
        '[mark]<a href="[echo v=javascript:alert(1)]">a</a>[/mark]',
        '[mark]<a href="[echo v=java]script&colon;[echo v=alert]">a</a>[/mark]',
        "![a]([echo v=data:text/html,x])",
    ],
)
def test_outputs_make_no_address_a_script(by: Any, text: str) -> None:
    assert attacks.failures(by(), {text: text}) == {}


@each_library
def test_template_syntax_is_printed(by: Any) -> None:
    text = "[box]{{ 7*7 }} {% if 1 %}49{% endif %}[/box]"
    assert by()(text) == '<div title="">{{ 7*7 }} {% if 1 %}49{% endif %}</div>'


def test_highlighted_code_shows_the_source() -> None:
    engine = Engine()
    engine.register("button", lambda content, style="plain": Markup("<b>{}</b>").format(content))
    text = 'A feed:\n\n    :::json\n    {"html": [button style=\'<a>\']on[/button], "n": 1}\n'
    html = markdown.markdown(text, extensions=["codehilite", ShortcodesExtension(engine=engine)])
    words = unescape(re.sub("<[^>]+>", "", html))
    assert words.strip() == 'A feed:\n{"html": [button style=\'<a>\']on[/button], "n": 1}'
    assert '<span class="nt">' in html


def test_a_table_of_contents_and_an_id_hold_no_style_sheet() -> None:
    engine = Engine()

    @engine.shortcode("star")
    def star(call: Call) -> Markup:
        call.context.stylesheets["star"] = ".star { color: red }"
        return Markup('<b class="star">x</b>')

    md = markdown.Markdown(extensions=["toc", ShortcodesExtension(engine=engine)])
    assert md.convert("# A [star]") == (
        '<h1 id="a-x">A <style>.star { color: red }</style><b class="star">x</b></h1>'
    )
    assert [token["name"] for token in vars(md)["toc_tokens"]] == ["A x"]


def test_threads_may_share_the_extension() -> None:
    engine = Engine()
    engine.register("who", lambda name="": name)
    extension = ShortcodesExtension(engine=engine)

    def convert(name: str) -> str:
        text = f'[who name="{name}"] **there**\n\n- a\n'
        return str(markdown.markdown(text, extensions=[extension]))

    names = [f"n{number}" for number in range(60)]
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(convert, names))
    assert [
        name for name, page in zip(names, pages, strict=True) if f"<p>{name} " not in page
    ] == []


def test_handlers_see_the_data_of_the_conversion() -> None:
    engine = Engine()
    engine.register("user", lambda call: str(call.data.get("user")))
    engine.register("box", lambda *, content: content)
    for user in ("Ada", "Bo"):
        extension = ShortcodesExtension(engine=engine, data={"user": user})
        text = "[user user=Eve] [box]*[user]*[/box]"
        assert markdown.markdown(text, extensions=[extension]) == (f"<p>{user} <em>{user}</em></p>")
    assert markdown.markdown("[user]", extensions=[ShortcodesExtension(engine=engine)]) == (
        "<p>None</p>"
    )


def test_enclosed_content_is_converted_with_what_extensions_hold_of_others() -> None:
    class Site:
        """What cannot be copied, such as the plug-ins of a site."""

        def __init__(self) -> None:
            self.lock, self.links = Lock(), 0

    class CountLinks(Treeprocessor):
        def __init__(self, md: markdown.Markdown, site: Site) -> None:
            super().__init__(md)
            self.site, self.known, self.again = site, {"sites": [site]}, self.run

        def run(self, root: Element) -> None:
            assert self.known == {"sites": [self.site]}
            assert self.again == self.run  # a method of the same object
            self.site.links += len(list(root.iter("a")))

    site = Site()
    md = markdown.Markdown(extensions=["extra", ShortcodesExtension(engine=ENGINE)])
    md.treeprocessors.register(CountLinks(md, site), "links", 0)
    html = md.convert("[a](b) [mark][c](d)[/mark] [mark]*[e](f)*[/mark]")
    assert html == (
        '<p><a href="b">a</a> <mark><a href="d">c</a></mark> '
        '<mark><em><a href="f">e</a></em></mark></p>'
    )
    assert site.links == 3


def test_a_list_and_a_dict_receive_what_all_conversions_find() -> None:
    engine = Engine()

    @engine.shortcode("star")
    def star(call: Call, name: str, *, content: Markup) -> Markup:
        call.context.stylesheets[name] = f".{name} {{ color: red }}"
        return Markup("<b>{}</b>").format(content)

    diagnostics: list[Diagnostic] = []
    stylesheets = {"kept": "p { margin: 0 }"}
    extension = ShortcodesExtension(
        engine=engine, styles="none", diagnostics=diagnostics, stylesheets=stylesheets
    )
    md = markdown.Markdown(extensions=["toc", extension])
    texts = ["# A [star a x=1]*b*[/star]", "", "[star]b[/star]", "[star c][star d]e[/star][/star]"]
    for text in texts:
        md.reset().convert(text)
    assert [problem.code for problem in diagnostics] == ["SC603", "SC602"]
    assert list(stylesheets) == ["kept", "a", "d", "c"]
    assert (extension.diagnostics, list(extension.stylesheets)) == ([], ["d", "c"])
    wrong: Any
    for wrong in ({"diagnostics": ()}, {"stylesheets": []}):
        with pytest.raises(TypeError):
            ShortcodesExtension(**wrong)

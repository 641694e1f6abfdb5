"""What is taken out of HTML, or replaced in it, makes no tag or address of what was none."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from markupsafe import Markup, escape

import shortcodes
from shortcodes import Diagnostic, Engine
from shortcodes.html import values
from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.gains import find_gained
from shortcodes.html.references import unescape
from shortcodes.html.tokens import MAY_BE_RAW, Reading, bracketed_spans, list_readings, tokens
from shortcodes.lenient.markdown_code import CODE_FINDERS
from tests.cpu_time import measure

STAYS = {
    "a comment with an open quote": """<!-- <a b=' --><a href="java[x]script:a(1)">k</a>""",
    "a style with an open quote": """<style>a<b c='</style><a href="java[x]script:a(1)">k</a>""",
    "it ends outside of its value": """<b title=">[x a='">'] " onmouseover=a(1) z=</b><i>z</i>""",
    "it ends in a value": """[x a='<b title=">'] <img src=x onerror=a(1)> ">t</b>""",
    "svg and title": """<svg><title>[x a='<b title="'] <img src=x onerror=a(1)> ">t</b></title>""",
    "style": "[x a='<style>']<img src=x onerror=a(1)></style>",
    "iframe": "[x a='<iframe>']<img src=x onerror=a(1)></iframe>",
    "noscript": "[x a='<noscript>']<img src=x onerror=a(1)></noscript>",
    "a style that nothing closes": "[x a='<style>']<img src=x onerror=a(1)>",
    "a comment that nothing closes": "[x a='<!--']<img src=x onerror=a(1)>",
    "a tag that comes together": "<[x]img src=x onerror=a(1)>",
    "a closing tag that comes together": "<style></[x]style><img src=x onerror=a(1)></style>",
    "the second address of a list": '<img srcset="/a.png 1x, /[x]/evil.example/b.png 1x">',
    "an address in CSS": '<p style="background:url(/[x]/evil.example/c)">',
    "an address to go to": '<meta http-equiv=refresh content="0;url=/[x]/evil.example/d">',
    "the second address of pings": '<a href="/e" ping="/e /[x]/evil.example/f">k</a>',
}
"""HTML in which the shortcode has to stay."""


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize("name", STAYS)
def test_a_shortcode_whose_removal_would_make_a_tag_or_an_address_stays(
    name: str, dialect: str
) -> None:
    html, engine, found = STAYS[name], Engine(), list[Diagnostic]()
    options: dict[str, Any] = {"tags": ["x"], "dialect": dialect}
    assert shortcodes.strip(html, **options) == html
    taken = {"unknown": "strip"}
    assert engine.render(html, format="html", options=taken, diagnostics=found, **options) == html
    assert {diagnostic.code for diagnostic in found} <= {"SC109", "SC404"} != set()
    engine.register("x", lambda a="": Markup("<i>1</i>"))
    assert "onerror=a(1)>" not in engine.render(html, format="html", **options).replace(html, "")


CUT_OFF = "[contact-form-7 id='1"

CUT_OFF_STAYS = {
    "a server": f"""<a href="http://evil{CUT_OFF}@good.example/">k</a>""",
    "the server of an image": f"""<img src="http://evil.example{CUT_OFF}@good.example/a.png">""",
    "an address that is none": f"""<img src="//evil.example{CUT_OFF}">""",
    "CSS": f"""<p style="background:url(http://evil.example/x{CUT_OFF})">a</p>""",
    "a list of addresses": f"""<img srcset="http://evil.example/x {CUT_OFF}">""",
    "a name that hides a property": f"""<img name="cookie{CUT_OFF}">""",
    "an id that hides a property": f"""<form id="body{CUT_OFF}">a</form>""",
}
"""HTML in which a tag that its value cuts off has to stay."""


@pytest.mark.parametrize("markdown", [None, True])
@pytest.mark.parametrize("after", ["", " [1] b", "<p>[gallery]</p>"])
@pytest.mark.parametrize("name", CUT_OFF_STAYS)
def test_a_tag_that_is_cut_off_stays_where_the_value_would_mean_something_else(
    name: str, after: str, markdown: bool | None
) -> None:
    html, found = CUT_OFF_STAYS[name], list[Diagnostic]()
    document = shortcodes.parse(html + after, markdown=markdown)
    stripped = shortcodes.apply("strip", document, format="html", diagnostics=found)
    assert stripped.startswith(html)
    assert {diagnostic.code for diagnostic in found} <= {"SC109", "SC404"} != set()


def test_a_failing_shortcode_is_not_taken_out_of_an_address() -> None:
    engine, found = Engine(on_error="diagnostic"), list[Diagnostic]()
    engine.register("num", lambda n: "1")
    html = '<a href="[num]javascript:a(1)">k</a> [num]'
    assert engine.render(html, format="html", diagnostics=found) == html.removesuffix("[num]")
    assert sorted(diagnostic.code for diagnostic in found) == ["SC404", "SC602", "SC602"]


def test_source_that_stays_closes_no_tag_that_was_open() -> None:
    html = """<noscript>[x a='<style>']<p title="<iframe>[x a='<b title="']</noscript>"""
    engine = Engine()
    engine.register("x", lambda a="": "1")
    made = engine.render(html, format="html")
    assert find_gained(html, made) is None
    assert made.endswith("""<p title="<iframe>[x a=&#39;<b title=&#34;&#39;]</noscript>""")


@pytest.mark.parametrize("on_error", ["keep", "diagnostic", "placeholder"])
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize("hides", ["<style>", "<title>", "<!--", "<plaintext>"])
def test_what_hides_the_rest_of_a_page_is_not_taken_out_of_it(
    hides: str, dialect: str, on_error: Any
) -> None:
    html = f"[x]{hides}[/x]<script>alert(1)</script>"
    for handler in (lambda content="": "1", lambda n: "1"):
        engine = Engine(on_error=on_error)
        engine.register("x", handler)
        made = engine.render(html, format="html", dialect=dialect)
        placeholder = '<span class="shortcode-error" data-shortcode="x"></span>'
        assert find_gained(html, made.replace(placeholder, "")) is None


def test_what_looks_like_a_paragraph_in_a_value_stays() -> None:
    html = """<b title="<p a=x">[x]</p> " onmouseover=a(1) <i>z</i></b>"""
    assert shortcodes.strip(html, tags=["x"]) == html.replace("[x]", "")


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('x [ga[gallery ids="1"]llery ids="2"] y', None),
        ('[x a=[map]"1"] [map z=1]', None),
        ("a [see [gallery] here] b [gallery]", "a [see  here] b "),
        ("[see][gallery]", "[see]"),
    ],
)
def test_no_shortcode_comes_together_over_what_was_stripped(
    text: str, left: str | None, dialect: str
) -> None:
    options: dict[str, Any] = {"tags": ["gallery", "map", "x"], "dialect": dialect}
    once = shortcodes.strip(text, **options)
    if left is not None:
        assert once == left
    assert shortcodes.strip(once, **options) == once


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[ga[x a=1]llery]", "[ga[x a=1]llery]"),
        ("[[x a=1]gallery ids=1 and prose]", "[[x a=1]gallery ids=1 and prose]"),
        ("[/ga[x a=1][map]llery]", "[/ga[map]llery]"),
        ("[ga[x a=1]y[/x]llery] [x b=2]", "[ga[x a=1]y[/x]llery] "),
        ("[see [x a=1] there]", "[see  there]"),
        ("[see[x a=1] there]", "[see there]"),
        ("[1, [x a=1]2]", "[1, 2]"),
    ],
)
def test_no_name_comes_together_over_what_was_stripped(text: str, left: str, dialect: str) -> None:
    options: dict[str, Any] = {"tags": ["gallery", "map", "x"], "dialect": dialect}
    assert shortcodes.strip(text, **options) == left
    assert shortcodes.strip(left, **options) == left


@pytest.mark.parametrize(
    ("html", "opened"),
    [
        ("<div>" * 300, "&lt;div&gt;"),
        ("<div><table></div></table>" * 300, "&lt;div&gt;"),
        ("".join(f"<b class={n}>" for n in range(40)), "&lt;b class=0&gt;"),
        ("<div>" * 150 + "x" + "</div>" * 150, "<div>"),
        ("<p>x<li>y<br>" * 300, "<p>"),
        ("<rt>" * 300, "&lt;rt&gt;"),
        ("<span><div></span>" * 300, "&lt;span&gt;"),
        ("<b><div></b>" * 300, "&lt;b&gt;"),
        ("<b><svg><desc><div></svg></b>" * 50 + "</div></svg>" * 50, "&lt;b&gt;"),
        ("<svg>" + "<tr>" * 300, "&lt;svg&gt;"),
        (f"<b {' '.join(f'a{number}' for number in range(1001))}>", "&lt;b a0 a1"),
        (f"<b {' '.join(f'a{number}' for number in range(1000))}>", "<b>"),
        ("<math>" + "<option>" * 300, "&lt;math&gt;"),
        ("<svg>" + "<source>" * 300, "&lt;svg&gt;"),
        ("<ruby>x<rt>y</ruby>" * 300, "<ruby>"),
        ("<li><dd>" * 300, "&lt;li&gt;"),
        ("<ul>" + "<li>x" * 300, "<ul><li>"),
        ("<dl>" + "<dt>x<dd>y" * 300, "<dl><dt>"),
        ("<ul><li>x</li></ul>" * 300, "<ul><li>"),
        ("<optgroup>" * 300, "&lt;optgroup&gt;"),
        (f"<p><a title={'t' * 5000}>{'<p>x' * 1000}", "&lt;p&gt;&lt;a"),
        (f"<p><a title={'t' * 5000}>x</a>{'<p>x' * 1000}", "<p><a"),
    ],
)
def test_html_that_nests_too_deeply_in_a_shortcode_is_text(html: str, opened: str) -> None:
    engine = Engine()
    engine.register("box", lambda *, content="": content)
    made = engine.render(f"[box]{html}[/box]", format="html")
    assert made.startswith(opened)
    assert len(made) < 40 * len(html)


READ = {
    "<title><b></title>": {Reading(): 2},
    "<noscript><b></noscript>": {Reading(): 2, Reading(MAY_BE_RAW - {"noscript"}): 3},
    "<plaintext><b></plaintext>": {Reading(): 1},
    "<title/><b></title>": {Reading(): 2, Reading(frozenset()): 3},
}
"""HTML, and how many tags each reading finds in it."""


@pytest.mark.parametrize("html", READ)
def test_a_text_has_two_readings_where_scripts_or_xml_decide(html: str) -> None:
    found = {
        reading: sum(token.is_tag for token in tokens(html, reading))
        for reading in list_readings(html)
    }
    assert found == READ[html]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<title><b></title>", ""),
        ("<svg><title>t</title><path d='M0 0'/></svg>", ""),
        ('<svg><style type="text/css">a > b {}</style ></svg>', ""),
        ("<svg><title a='>'>t</title></svg>", ""),
        ("<svg><![CDATA[x]]></svg>", ""),
        ("<svg><desc><p>x</p></desc></svg>", ""),
        ("a &lt;svg> <title><b></title>", ""),
        ("<svgs><title><b></title>", ""),
        ("<svg><title><b></title></svg>", "<title"),
        ("<b title='<svg>'><STYLE><b></STYLE>", "<STYLE"),
        ("<math><title></svg></title></math>", "<title"),
        ("<svg><style></svg>", "<style"),
        ("<svg><title a=b'></title></svg>", ""),
        ("<svg><title a='></title></svg>", "<title"),
        ("<svg><title 'a'></title></svg>", "<title"),
        ("<svg><title></style></svg>", "<title"),
        ("<svg><![CDATA[>]]></svg>", "<![CDATA["),
        ("<svg><plaintext></plaintext></svg>", "<plaintext"),
        ("<select><script></b></script></select>", "<script"),
        ("<svg/><noscript><img src='a.png'></noscript>", ""),
        ("<frameset/><noscript><b title='</noscript>", "<noscript"),
        ("<svg/><noscript><style></noscript>", "<noscript"),
    ],
)
def test_a_text_is_ambiguous_where_the_tree_decides_what_is_a_tag(html: str, expected: str) -> None:
    span = find_ambiguity(html)
    assert (html[slice(*span)] if span else "") == expected


def test_code_in_markdown_makes_nothing_ambiguous() -> None:
    text = "`<svg>` and `<title><b></title>`"
    assert find_ambiguity(text, CODE_FINDERS) is None
    assert find_ambiguity(text) is not None


UNKNOWN = ("keep", "strip")
AMBIGUOUS = [
    '<div><svg>[x a="</svg>"]</div>[x a="<svg>"]<style><a title="</style><img src=x>"></a></style>',
    '<svg><title>[gallery a="<svg>"]<g><svg>[gallery a="</svg>"]</g>[b a="<style>"]'
    '<a title="</st[gallery]yle><img src=x>"></a></style></svg></title></svg>',
    "<svg><style><a title=\"</style>[b style=' onclick=f() ']\">k</a></style></svg>",
    '<svg><font></font>[gallery a="<style></style><a></a>"]<style><a title="</st[gallery]yle>[b]">',
]
"""Sanitised texts of which an edit made scripts or event handlers, and what surrounds them."""


@pytest.mark.parametrize("text", AMBIGUOUS)
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
def test_nothing_is_taken_out_of_an_ambiguous_text(text: str, dialect: str) -> None:
    engine = Engine()
    engine.register("b", lambda: Markup("<b class='c'></b>"))
    assert {
        shortcodes.strip(text, dialect=dialect),
        shortcodes.strip(text, dialect=dialect, content="drop"),
        *(
            engine.render(text, format="html", dialect=dialect, options={"unknown": unknown})
            for unknown in UNKNOWN
        ),
        shortcodes.fix(text, dialect=dialect, unsafe=True),
    } == {text}


@pytest.mark.parametrize(
    "text",
    [
        '[gallery a="<svg>"]<title>t</title>the rest</svg>',
        '<svg>[gallery a="</svg>"]<p>x</p>',
        '<svg>[gallery a="</svg>"]',
        '<math>[gallery a="</MATH>"] <!-- no other tag -->',
    ],
)
def test_elements_stay_in_svg_or_out_of_it(text: str) -> None:
    assert shortcodes.strip(text) == text


@pytest.mark.parametrize("output", [Markup("<p>x</p>"), Markup("<b>x</b>"), "x < y"])
def test_no_markup_is_printed_in_svg_which_it_could_end(output: str) -> None:
    engine = Engine()
    engine.register("x", lambda: output)
    diagnostics: list[Diagnostic] = []
    text = '<svg>[x]<image href="/a.png"></image></svg> [x]'
    html = engine.render(text, format="html", diagnostics=diagnostics)
    printed = escape(output)
    inside = printed if output == "x < y" else "[x]"
    assert html == f'<svg>{inside}<image href="/a.png"></image></svg> {printed}'
    message = "[x] was left in place: it is inside SVG or MathML"
    expected = [] if inside == printed else [("SC404", message, (5, 8))]
    assert [(d.code, d.message, d.span) for d in diagnostics] == expected


@pytest.mark.parametrize(
    "text",
    [
        '<svg><desc>[x a=1]</desc>[/x]<image src="//evil.example/a"></image></svg>',
        '<a href="//evil.example/">[x a=1]</a>[/x]<p>k</p>',
        '<form action="//evil.example/">[x a=1]</form>[/x]<p>k</p>',
        '[x a=1]<a href="/t">[/x]t</a><a href="//evil.example/">[x a=1]</a>[/x]',
    ],
)
def test_no_element_is_left_open_by_what_is_dropped(text: str) -> None:
    engine = Engine()
    engine.register("x", lambda a, content="": "y")
    assert shortcodes.strip(text, content="drop") == text
    assert engine.render(text, format="html") == text
    whole = f"<p>[x a=1]{text.replace('[x a=1]', '').replace('[/x]', '')}[/x]</p>"
    assert "evil" not in shortcodes.strip(whole, content="drop")


def test_svg_that_is_dropped_as_a_whole_changes_no_other_element() -> None:
    text = "[a b=1]<svg><path/></svg>[/a]<p>x</p>"
    assert shortcodes.strip(text, content="drop") == "<p>x</p>"


def test_no_other_letter_stands_for_one_of_the_name_of_an_element() -> None:
    inner = "</\u0131frame>{}<img src=x onerror=f()></iframe>"
    text = f"<iframe>{inner.format('<[x a=1]/iframe>')}[y b='<iframe>{inner.format('')}']"
    for dialect in ("lenient", "wordpress"):
        assert shortcodes.strip(text, dialect=dialect, tags=["x", "y"]) == text


def test_the_normal_form_of_an_ambiguous_text_is_the_text() -> None:
    text = """<svg><style><a title=">[gallery a='><img src=q onerror=f()> ']">t</a></style></svg>"""
    document = shortcodes.parse(text, dialect="wordpress")
    assert shortcodes.apply("source", document, dialect="wordpress", format="html") == text


@pytest.mark.parametrize("digits", ["1" * 5000, "0" * 5000 + "65", "0" * 5000])
def test_a_reference_of_thousands_of_digits_is_a_character_like_any_other(digits: str) -> None:
    text = f"<a href='/&#{digits};[gallery a=1]'>k</a> &#{digits}; [gallery a=1]"
    expected = f"<a href='/&#{digits};'>k</a> &#{digits}; "
    assert shortcodes.strip(text) == expected
    for renderer in ("plain", "source", "strip"):
        assert isinstance(shortcodes.apply(renderer, shortcodes.parse(text), format="html"), str)
    assert unescape(f"&#{digits};") == {"1": "\ufffd", "5": "A", "0": "\ufffd"}[digits[-1]]


def test_comments_that_nothing_closes_are_one_span() -> None:
    assert list(bracketed_spans("<!--[" * 3)) == [(0, 15)]
    assert list(bracketed_spans("<!--[<!--[-->[<!--[-->")) == [(0, 10), (14, 19)]


@pytest.mark.parametrize(
    "address",
    [
        "https://good.example[x a='//good.example.evil.example/'].evil.example/",
        "https://a,[x=@trusted.example/].evil.example/",
        "https://a'[x=@trusted.example/].evil.example/",
        "https:[x]/evil.example",
    ],
)
def test_an_address_keeps_its_server(address: str) -> None:
    text = f'<a href="{address}">k</a>'
    assert shortcodes.strip(text) == text


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize(
    "text",
    [
        '<script src="a.js"/><a href="java[x a=1]script:f()">k</a>',
        "<title/><b title='[x a=\"'>k</b><b title='\"]'>k</b>",
        '<img srcset="a.png 1x, [x a=1]//evil.example/b.png 2x">',
        "<img srcset=\"a 1x, [x a='//evil.example/']/[y b=1]/evil.example/b 2x\">",
        "<img data-src=\"/[x a='//evil.example/']/evil.example/a.js\">",
        '<b style="background: u[x a=1]rl(//evil.example/a)">k</b>',
        "<b style=\"@im[x a=1]port 'a.css'\">k</b>",
        '<b style="background: \\75[x a=1]rl(a.png)">k</b>',
        '<img srcset="a 1x, [x a=1]///evil.example/b.png 2x">',
        '<img data-src="[x a=1]//evil.example/b.png">',
        '<a ping="/a [x a=1]\\\\evil.example">k</a>',
        '<b style="background: url([x a=1]///evil.example/b.png)">k</b>',
        '<img name="current[x a=1]Script" src="a.png">',
        '<form id="co[x a=1]okie"></form>',
        '<img name="[x a=1]cookie">',
        '<img name="cookie[x a=1]">',
        '<input type="ima[x a=1]ge" src="//evil.example/a">',
        '<p style="background: [x a=1] url(https://evil.example/a)">k</p>',
        '<img srcset="https://evil.example/a [x a=1]2x">',
        '<meta http-equiv="refresh" content="0;u[x a=1]rl=//evil.example/">',
    ],
)
def test_nothing_that_loads_or_is_known_by_a_name_comes_together_over_a_cut(
    text: str, dialect: str
) -> None:
    engine = Engine()
    for name in ("x", "y"):
        engine.register(name, lambda: "")
    assert shortcodes.strip(text, dialect=dialect, tags=["x", "y"]) == text
    options: dict[str, Any] = {"dialect": dialect, "tags": ["x", "y"]}
    for form in ("html", "markdown"):
        stripped = shortcodes.render(text, format=form, unknown="strip", **options)
        rendered = engine.render(text, format=form, **options)
        assert _Values(stripped).found == _Values(rendered).found == _Values(text).found


class _Values(HTMLParser):
    """The values of all attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for _, value in attrs]


@pytest.mark.parametrize(
    "value",
    [
        "style=\"a: '[x 1']'; background: url(//evil.example/c.png); b: '\"",
        'style="a: [x b=1 /*]; background: url(//evil.example/c.png); b: /**/"',
        'style="a: [x b=1 (]; background: url(//evil.example/c.png); b: )"',
        'srcset="a 1w[x b=1 (], //evil.example/b.png 900w, c )"',
    ],
)
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
def test_what_hides_an_address_is_not_taken_out(value: str, dialect: str) -> None:
    text, options = f"<img {value}>", {"dialect": dialect, "tags": ["x"]}
    engine = Engine()
    engine.register("x", lambda: "")
    results = [
        shortcodes.strip(text, **options),  # type: ignore[arg-type]
        shortcodes.render(text, format="html", unknown="strip", **options),  # type: ignore[arg-type]
        engine.render(text, format="html", **options),  # type: ignore[arg-type]
    ]
    assert results == [text] * 3
    words = "<b style=\"a: '[x]'; b: c\">k</b>"
    assert shortcodes.strip(words, tags=["x"]) == words.replace("[x]", "")


@pytest.mark.parametrize("blank", ["\u200b", "\u2003", "\u3000", "<br>", "&#8203;", "&nbsp;", ""])
@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
def test_no_line_is_taken_out_of_an_address(blank: str, dialect: str) -> None:
    options: dict[str, Any] = {"dialect": dialect, "tags": ["x"]}
    for value in (f"java\n[x a=1]{blank}\nscript:f()", f"/\n\n[x a=1]{blank}\n\n/evil.example/"):
        text = f'<a href="{value}">k</a>'
        assert shortcodes.strip(text, **options) in (text, text.replace("[x a=1]", ""))


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize(
    "text",
    [
        '<path mask="u[gallery a=1]rl(//b.example/c#d)"></path>',
        '<path fill="/*[gallery a=1]*/u[gallery a=1]rl(//b.example/c)"></path>',
        '<path marker-start="url([gallery a=1]//b.example/c)"></path>',
        '<source media="a[gallery a=1]ll" srcset="//b.example/c">',
        '<animate attributeName="hr[gallery a=1]ef" values="x;javascript:f()"></animate>',
        '<animate attributeName="[gallery a=1]href" values="x;javascript:f()"></animate>',
        '<iframe sandbox="allow-s[gallery a=1]cripts"></iframe>',
        '<p style="x:/*a*[gallery a=1]/;background:url(/b.png)">k</p>',
        "<style>p { background: u[gallery a=1]rl(//b.example/c) }</style>",
        "<style>[gallery a=1]@import '//b.example/c';</style>",
        '<p title="<code>"></p><style title="</code>">p { fill: u[gallery a=1]rl(//b) }</style>',
        '<p title="<pre>"></p><style title="</pre>">[gallery a=“x"y”] url(//b) /*"*/</style>',
    ],
)
def test_css_in_other_places_loads_nothing_more(text: str, dialect: Any) -> None:
    engine = Engine()
    assert {
        shortcodes.strip(text, dialect=dialect),
        shortcodes.fix(text, dialect=dialect, unsafe=True),
        engine.render(text, format="html", dialect=dialect, options={"unknown": "strip"}),
    } == {text}


def test_many_attributes_beside_a_long_value_cost_linear_time() -> None:
    def count(size: int) -> int:
        text = f"""[c t='<b{" x=1" * size}>' q=1] <b x="//a/{"y" * 4 * size}[gallery q=1]">z</b>"""
        values._find_reaches.cache_clear()
        shortcodes.strip(text)
        return values._find_reaches.cache_info().misses

    assert count(200) == count(20)


def test_many_attributes_of_css_in_one_tag_cost_linear_time() -> None:
    def strip(size: int) -> float:
        text = "<i " + 'style="[rev_slider a=&amp;]b" ' * size + ">"
        return measure(lambda: shortcodes.strip(text))

    assert strip(2000) < 20 * strip(250)


def test_what_a_style_and_a_list_of_addresses_held_before_may_stay() -> None:
    texts = {
        '<b style="width: [x a=1]px; background: url(/a.png)">k</b>': (
            '<b style="width: px; background: url(/a.png)">k</b>'
        ),
        '<img srcset="/a.png 1x[x a=1], /[x b=1]b.png 2x" id="[x a=1]">': (
            '<img srcset="/a.png 1x, /b.png 2x" id="">'
        ),
    }
    assert {text: shortcodes.strip(text) for text in texts} == texts


@pytest.mark.parametrize("fix_all", [False, True])
def test_no_fix_closes_a_quote_that_nothing_else_closes(fix_all: bool) -> None:
    text = '<img src="[gallery a=]<i onerror=f()>'
    assert shortcodes.fix(text, unsafe=fix_all) == text


@pytest.mark.parametrize(
    ("before", "after", "gained"),
    [
        ("<b>[x]</b>", "<b></b>", ""),
        ("<b title='[x]'>", "<b title=''>", ""),
        ("<b [x] c>", "<b  c>", ""),
        ("<b c=1 d=2><b d=3>", "<b d=3>", ""),
        ("<b o[x]n=1>", "<b on=1>", "<b on=1>"),
        ("<b>", "<b><b>", "<b>"),
        ("<!--[x]-->", "<b>", "<b>"),
        ("a <b [x] <p>", "a <b <p>", ""),
    ],
)
def test_the_first_tag_that_was_gained_is_found(before: str, after: str, gained: str) -> None:
    span = find_gained(before, after)
    assert (after[slice(*span)] if span else "") == gained


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
def test_the_opening_tag_of_a_template_stays_with_its_content(dialect: str) -> None:
    text = '<p>[x a="<template>"]<img src="//b.example/p.png"><form></form></template></p>'
    engine = Engine()
    assert {
        shortcodes.strip(text, dialect=dialect),
        shortcodes.fix(text, dialect=dialect, unsafe=True),
        engine.render(text, format="html", dialect=dialect, options={"unknown": "strip"}),
    } == {text}

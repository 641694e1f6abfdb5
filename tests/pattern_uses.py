"""Uses of the package that make it compile what it compiles late."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

import shortcodes
from shortcodes.cli.containers import read_container
from shortcodes.files.patterns import parse_lines
from shortcodes.lenient import lark_reader
from shortcodes.wordpress import names
from shortcodes.wordpress import strip_shortcodes as strip_wordpress

TEXTS = (
    "[x a=\"b\" c='d' e=f /] in [x]text[/x] [[x]] [y",
    "<p>[x a=”b&nbsp;c” d=«&nbsp;e&nbsp;» f=’g’]</p>\n\n"
    "<!-- shortcodes: ignore -- [x] --><code>[y a=”b]</code>",
    "<p title='[x a=\"b\"]'>[x a=\"b\"c='d']</p> [x a= //example.com] [y //example.com b=1–2 × 3]",
    '[a b="c d=“e” f=\'g\' h="i"] [/a] [x a="javascript:1" B=<b>]&hellip;[/x] [x:y]',
    "<title>[x]</title> <svg><title><b title='[x]'></title></svg> <[x]b>",
    "\\[x\\_y a=”b” c='d'\\] ``[x]``\n\n```\n[x]\n```\n\n    [y]\n",
    "<p>a<br>[x a=1]<br>b</p> c[/x][x]d <!-- wp:a -->[x a=1]<!-- /wp:a -->",
    "[x]<b>e.</b>[/x][x]«f»[/x] [fusion_code]PGI+[/fusion_code]",
    "[x a=1](b) [x a=1][c] [youtube dQw4w9WgXcQ]\n\n[c]: /d\n",
    "a [gallery]\n\n[x a=1] [gallery]\n\n",
    "<meta content='[vc_row a=&quot;1&quot; b'>[vc_row a=“1” b",
    'a:1:{i:0;s:3:"[x]";}',
    'b &lt;O:1:"a":1:{i:0;s:3:\\"[x]\\";} a:0:{}',
    "---\ntitle: 'b'\nc: >-\n  d\n---\n[x a=”b”]-[x]->",
    "+++\na = 'b'\n+++\n[x]",
    "---\n? a\n: b\n---\n[x]",
    "---\n{a: b} # c\n---\n[x]",
    "---\n{a: [b}\n---\n[x]",
    "---\n&a b: |\n  c\n  d\ne: %f\n---\n[x]",
    '{"a": "b"}\n[x]',
    "---\na: \"b\nc\"\nd: 'e\nf'\n---\n[x]",
    "<?xml version='1.0'?><a><![CDATA[[x a=”b”]]]><wp:meta_value>a:0:{}</wp:meta_value></a>",
    "[x a=”<b>c</b>”] <p title='[x]'>`<b>`</p>\n\n<pre>`a`</pre>\n\nb <i>`c`</i> <!-- `d",
)
MARKDOWN = (
    "| a | b |\n|---|--:|\n| [x a=1] | `<b` |\n\n- [x] c[^1] [x]d[/x]\n\n[^1]: d `<i>`\n",
    "> - e [x]\n>   - [ ] f[^1]\n>   <li id='fn1'>g</li>\n> [/x]\n\n[^1]: h",
)
CONTAINERS = {"a.json": '["\\u00e9[x]"]', "a.csv": '"[x]";[y]\n', "a.tsv": "[x]\t[y]"}
GIT_PATTERNS = ("*.txt", "/a/**/b", "**/a?[!a-c]*b*", "*a*b*", "a/**", "!**/x/**/y/*z")
NAMES = (("x",), ("x", "y", "x-y", "gallery"), tuple(f"n{number}" for number in range(100)))


def run() -> None:
    """Use all of it."""
    for text in TEXTS:
        for dialect in ("lenient", "wordpress"):
            _use(text, dialect)
        for markdown in (False, True):
            lark_reader.read_delimiter("[x //b /]", markdown=markdown)
            shortcodes.parse(text, markdown=markdown)
            shortcodes.strip(text, markdown=markdown)
    engine = shortcodes.Engine()
    engine.register("x", lambda *, content: Markup("<p>{}</p>").format(content))
    for text in MARKDOWN:
        engine.render(text, format="markdown")
    for pattern in parse_lines("\n".join(GIT_PATTERNS)):
        pattern.compile().match("a/b/x/y/c.txt")
    for tags in NAMES:
        _use_names(names.compile_names(tags))
        strip_wordpress(" ".join(TEXTS), tags)
    _use_templates()
    _use_tags()
    _use_covid19()
    _use_containers()


def _use(text: str, dialect: str) -> None:
    options: dict[str, Any] = {"dialect": dialect, "tags": ["x", "y"]}
    shortcodes.strip(text, **options)
    shortcodes.extract(text, **options)
    for form in ("text", "markdown", "html"):
        shortcodes.render(text, format=form, **options)
        shortcodes.apply("html", shortcodes.parse(text, **options), format=form, page=True)
    shortcodes.lint(text, undo_typography=True, **options)
    shortcodes.fix(text, undo_typography=True, unsafe=True, **options)
    document = shortcodes.parse(text, **options)
    for renderer in ("json", "yaml", "xml", "source", "markdown"):
        shortcodes.apply(renderer, document, **options)
    shortcodes.apply("plain", document)


def _use_templates() -> None:
    def style(call: shortcodes.Call) -> Markup:
        call.context.stylesheets["a"] = "b { margin: 0 }"
        return Markup("<b>x</b>")

    engine = shortcodes.Engine()
    engine.register("x", style)
    text = "<p title='a\nb'>[x]</p>"
    engine.render(text, format="html", options={"styles": "inline"})
    engine.render(text, format="markdown", options={"from_template": True})


def _use_tags() -> None:
    from shortcodes_wordpress import to_markdown

    text = "[caption id=x]![](/a) <b>b</b>[/caption] [embed]https://example.com/a\\_b[/embed]"
    to_markdown(text, markdown=True)


def _use_names(made: names.Names) -> None:
    text = " ".join(TEXTS)
    list(made.find_openings(text))
    made.find_closings(text)
    made.select_active(text)
    if made.are_few:
        assert all((made.delimiter, made.unclosed, made.closed, made.flat))
        made.is_mixed(text)
        made.is_plain(text)


def _use_covid19() -> None:
    from shortcodes_covid19 import attributes, card_text, table

    attributes._read_region("eg")
    card_text._write_link("a", "https://example.com")
    table._read_days("the period", "7")


def _use_containers() -> None:
    for name, text in CONTAINERS.items():
        container = read_container(name, text, None)
        if container is not None:
            container.change(lambda held: f'"{held.text}')

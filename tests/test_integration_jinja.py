"""Shortcodes in templates of Jinja2."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from shortcodes import Engine
from shortcodes.integrations.jinja import ShortcodesExtension, install
from tests import attacks
from tests.hostile import VALUES
from tests.leaks import found_in

TEXT = 'Say <b> & [hi name="you & me"].'


def greeting(name: str, content: str = "") -> Markup:
    return Markup("<i>Hi {}{}</i>").format(name, content)


def environment(*, autoescape: bool = True, is_async: bool = False) -> Environment:
    made = Environment(autoescape=autoescape, enable_async=is_async)
    engine = Engine()
    engine.register("hi", greeting)
    install(made, engine)
    return made


def rendered(template: str, **values: object) -> str:
    return environment().from_string(template).render(values)


def test_a_str_is_text() -> None:
    expected = "<p>Say &lt;b&gt; &amp; <i>Hi you &amp; me</i>.</p>\n"
    assert rendered("{{ text|shortcodes }}", text=TEXT) == expected


def test_markup_is_html() -> None:
    expected = "Say <b> & <i>Hi you &amp; me</i>."
    assert rendered("{{ text|shortcodes }}", text=Markup(TEXT)) == expected


@pytest.mark.parametrize("text", [TEXT, Markup(TEXT)])
def test_a_format_overrides_whether_a_value_is_markup(text: str) -> None:
    expected = "<p>Say <b> &amp; <i>Hi you &amp; me</i>.</p>\n"
    assert rendered("{{ text|shortcodes('markdown') }}", text=text) == expected


def test_a_value_other_than_a_str_is_printed_as_jinja_prints_it() -> None:
    assert rendered("{{ 7|shortcodes }}{{ missing|shortcodes }}") == "<p>7</p>\n"


def test_options_are_those_of_the_renderer() -> None:
    template = "{{ text|shortcodes(unknown='strip') }}"
    assert rendered(template, text="a [gone x=1]c") == "<p>a c</p>\n"


def test_a_str_is_text_without_autoescape_too() -> None:
    made = environment(autoescape=False).from_string("{{ text|shortcodes }}").render(text=TEXT)
    assert made == "<p>Say &lt;b&gt; &amp; <i>Hi you &amp; me</i>.</p>\n"


@pytest.mark.parametrize("autoescape", [True, False])
def test_a_block_is_html(autoescape: bool) -> None:
    template = '{% shortcodes %}<u>[hi name="you"]<b>in</b>[/hi]</u>{% endshortcodes %}'
    made = environment(autoescape=autoescape).from_string(template).render()
    assert made == "<u><i>Hi you<b>in</b></i></u>"


def test_a_block_takes_a_format_and_options() -> None:
    template = (
        "{% shortcodes 'markdown', unknown='strip' %}*a* [gone x=1][hi name=you]{% endshortcodes %}"
    )
    assert rendered(template) == "<p><em>a</em> <i>Hi you</i></p>\n"


def test_a_variable_in_a_block_is_escaped_before() -> None:
    template = "{% shortcodes %}{{ text }}{% endshortcodes %}"
    expected = "Say &lt;b&gt; &amp; <i>Hi you &amp; me</i>."
    assert rendered(template, text=TEXT) == expected


def test_blocks_can_be_nested() -> None:
    template = (
        "{% for n in [1, 2] %}{% shortcodes %}{% if n %}[hi name={{ n }}]{% endif %}"
        "{% endshortcodes %}{% endfor %}"
    )
    assert rendered(template) == "<i>Hi 1</i><i>Hi 2</i>"


def test_the_extension_renders_by_what_is_installed() -> None:
    made = Environment(autoescape=True, extensions=[ShortcodesExtension])
    text = "[covid19-ultimate-card region=EG]"
    assert made.from_string("{{ text|shortcodes }}").render(text=text).count("35,444") == 1


def test_the_extension_is_found_by_its_place() -> None:
    made = Environment(
        autoescape=True, extensions=["shortcodes.integrations.jinja.ShortcodesExtension"]
    )
    assert made.from_string("{{ 'a'|shortcodes }}").render() == "<p>a</p>\n"


def test_an_overlay_has_the_engine_too() -> None:
    made = environment().overlay(trim_blocks=True)
    assert made.from_string("{{ '[hi name=a]'|shortcodes }}").render() == "<i>Hi a</i>\n"


def test_an_asynchronous_environment_awaits_handlers() -> None:
    made = environment(is_async=True)
    engine = Engine()

    @engine.shortcode("slow")
    async def slow(name: str) -> str:
        await asyncio.sleep(0)
        return f"<{name}>"

    install(made, engine)
    template = made.from_string(
        "{{ '[slow name=a]'|shortcodes }}{% shortcodes %}[slow name=b]{% endshortcodes %}"
    )
    assert asyncio.run(template.render_async()) == "&lt;a&gt;\n&lt;b&gt;"


def test_text_from_outside_gets_out_of_no_filter(tmp_path: Path) -> None:
    made = Environment(autoescape=True)
    install(made, attacks.engine(tmp_path))
    template = made.from_string("{{ text|shortcodes }}")

    def render(text: str) -> str:
        return template.render(text=text)

    contents = {value: attacks.in_content(value) for value in VALUES}
    assert attacks.failures_in_attributes(render) == {}
    assert attacks.failures(render, {value: value for value in VALUES}) == {}
    assert attacks.failures(render, contents) == {}
    assert attacks.re_read(render) == []


def test_a_variable_ends_no_value_in_markdown() -> None:
    source = "{% shortcodes 'markdown' %}<div class='{{ c }}'>k</div>{% endshortcodes %}"
    made = environment().from_string(source).render(c="\n\n' onmouseover=a(1) ")
    assert made == "<div class='\n\n&#39; onmouseover=a(1) '>k</div>"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_attributes_and_contents_get_out_of_no_block(tmp_path: Path, form: str) -> None:
    made = Environment(autoescape=True)
    engine = attacks.engine(tmp_path)
    install(made, engine)
    template = made.from_string("{% shortcodes form %}{{ text|safe }}{% endshortcodes %}")

    def render(text: str) -> str:
        return template.render(text=text, form=form)

    enclosed = dict(attacks.enclosed(engine))
    assert len(enclosed) > 100
    assert attacks.failures_in_attributes(render) == {}
    assert attacks.failures(render, enclosed) == {}


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\n\n"])
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("before", ["", "- ", "> "])
def test_no_line_break_in_a_variable_ends_a_tag_in_markdown(
    line_break: str, quote: str, before: str
) -> None:
    template = f"<div title={quote}{{{{ x }}}}{quote}>hi</div>"
    block = f"{{% shortcodes 'markdown' %}}{before}{template}{{% endshortcodes %}}"
    for harmful in ("[a](/onmouseover=f())", "[a](/'onmouseover=f()//)", "```onmouseover=f()\n"):
        html = rendered(block, x=line_break + harmful)
        assert found_in(html) == []
        assert html.count("<a") == html.count("<code") == 0


_TAGS_OF_TEMPLATES = (
    '<div title="{{ x }}">',
    "<p class='{{ x }}'>{{ y }}</p>",
    '<a href="/" title="b {{ y }}">',
    "<b\n title = '{{ y }}'>",
    '<div title="a\n{{ x }}">',
    "<!-- {{ x }} -->",
)
_LINES_OF_TEMPLATES = (
    *("", "\n", "{{ x }} ", "{{ y }}\n", "1. ", "2. ", "- ", "> ", "    ", "it's ", '"', "`", "\\"),
    *("```html\n<script>\n```\n", "> ```\n> <style>\n", "    <title>\n", "1 <!-- 2 ", "a <b c='d "),
    *("[a](", "[b]: ", "<http://c/'>", "</div>", "# ", "***\n"),
)
_IN_VARIABLES = (
    *(
        "\n",
        "\n\n",
        "\r",
        " ",
        "`",
        "```",
        "~~~\n",
        "1. ",
        "- ",
        "> ",
        "    ",
        "[q]",
        "](",
        ")",
        "\\",
    ),
    *("[a](/onmouseover=f())", "[a](/'onmouseover=f()//)", "[a](/ 'onmouseover=f() ')", "***"),
    *("[b]: /c 'onmouseover=f() '\n", "![a](/onmouseover=f())", "&#39; onmouseover=f() "),
)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_variables_add_handlers_to_a_markdown_block(seed: int) -> None:
    choose, installed = random.Random(seed), environment()

    def adds_handlers(source: str, values: dict[str, str]) -> bool:
        html = installed.from_string(source).render(values)
        return any(leak.startswith("on") for leak in found_in(html))

    harm, tried = [], 0
    for _ in range(200):
        pieces = choose.choices(_TAGS_OF_TEMPLATES, k=2) + choose.choices(_LINES_OF_TEMPLATES, k=4)
        choose.shuffle(pieces)
        source = "".join(pieces)
        for _ in range(5):
            values = {
                name: "".join(choose.choices(_IN_VARIABLES, k=choose.randint(1, 5)))
                for name in ("x", "y")
            }
            if adds_handlers(source, values):
                continue  # the quotes of the template alone protect no variable
            tried += 1
            if adds_handlers(f"{{% shortcodes 'markdown' %}}{source}{{% endshortcodes %}}", values):
                harm.append((source, values))
    assert harm == []
    assert tried > 500


def test_a_line_break_that_may_be_in_a_value_does_not_end_a_paragraph() -> None:
    template = "{% shortcodes 'markdown' %}a <b c='d\n\n{{ x }}' e{% endshortcodes %}"
    assert rendered(template, x="*f*") == "<p>a &lt;b c='d\n\n<em>f</em>' e</p>\n"


def test_code_in_a_markdown_block_keeps_its_line_breaks() -> None:
    block = "{% shortcodes 'markdown' %}```\n<i title='a\nb'>\n```\n{% endshortcodes %}"
    assert rendered(block) == "<pre><code>&lt;i title='a\nb'&gt;\n</code></pre>\n"

"""What a Markdown library makes code, or puts into a tag: there stands source, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from shortcodes import Engine
from shortcodes.integrations.markdown_it import shortcodes_plugin
from tests.hostile import VALUES, quoted
from tests.leaks import found_in
from tests.needs import needs

needs("markdown", "markdown")

import markdown  # noqa: E402

from shortcodes.integrations.markdown import ShortcodesExtension  # noqa: E402

ENGINE = Engine()
ENGINE.register("year", Markup("<b>2026</b>"))
ENGINE.register("echo", lambda v="": v)
ENGINE.register("bold", lambda v="": Markup("<b>{}</b>").format(v))
ENGINE.register("fail", lambda **_: 1 / 0)
ENGINE.register("box", lambda v="", *, content="": Markup("<i>{}</i>").format(content))

EXTENSIONS = ["extra", "codehilite", "toc", "sane_lists"]
OPTIONS = {"codehilite": {"use_pygments": False}}


class Escaping(markdown.extensions.Extension):
    """Python-Markdown's own way to let no HTML pass."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        for steps, name in ((md.preprocessors, "html_block"), (md.inlinePatterns, "html")):
            if name in steps:
                steps.deregister(name)


def _python_markdown(*extensions: Any, plain: bool = False) -> Callable[[str], str]:
    own = [] if plain else [ShortcodesExtension(engine=ENGINE)]
    return markdown.Markdown(
        extensions=[*extensions, Escaping(), *own], extension_configs=OPTIONS if extensions else {}
    ).convert


def _markdown_it(preset: str, *, plain: bool = False) -> Callable[[str], str]:
    md = MarkdownIt(preset, {"html": False})
    if preset == "js-default":
        md.disable("linkify")
    return md.render if plain else md.use(shortcodes_plugin, ENGINE).render


def _own(*, plain: bool = False) -> Callable[[str], str]:
    if plain:
        return MarkdownIt("commonmark").render
    return lambda text: ENGINE.render(text, format="markdown")


LIBRARIES: dict[str, Callable[..., Callable[[str], str]]] = {
    "the renderer": _own,
    "markdown-it-py": lambda **given: _markdown_it("commonmark", **given),
    "markdown-it-py with tables": lambda **given: _markdown_it("js-default", **given),
    "Python-Markdown": _python_markdown,
    "Python-Markdown with extensions": lambda **given: _python_markdown(*EXTENSIONS, **given),
}
each_library = pytest.mark.parametrize("library", LIBRARIES)


class _Code(HTMLParser):
    """The text of each code element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "code":
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "code"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


ALIKE = {
    "a fence that is never closed": "a\n\n```\n[year]\n\n[box]*b*[/box]\n",
    "one of tildes": "~~~ python\n[year]\n```\n[year]\n",
    "one whose closing fence is shorter": "`````\n[year]\n```\n[year]\n",
    "one whose closing fence has words": "```\n[year]\n``` x\n[year]",
    "one in a list": "- a\n\n  ```\n  [year]\n\nb [year]",
    "one in a quotation": "> ```\n> [year]\n\n[year]",
    "one in a list in a quotation": "> 1. ~~~\n>    [year]\n> [year]\n\n[year] `[year]`",
    "one that is indented": "   ```\n   [year]\n  ```\n[year]",
    "a fence that is none": "    ```\n    [year]\n    ```\n\n``` a`b\n[year]",
    "an indented block": "a\n\n    [year] <b> &amp; \\[ \\_\n\n\t[year]\n\n    [x a=&quot;1&quot;]",
    "an indented block in a list": "- a\n\n      [year]\n\n  b\n\n1. a\n\n        [year]",
    "what looks indented in a paragraph": "a\n    [year]\nb",
    "spans": "`[year]` ``[year] ` [year]`` `` [year] ` \\`[year]\\` `[year]\n[year]` `[year]",
    "spans over a blank line": "a `[year]\n\n[year]` b",
    "backslashes and entities": "    \\[year\\] [echo v=&lt;\\*\\_] [x\\_y\\_z a=1]\n",
    "escapes": "    [[year]] [[box]a[/box]]\n\n`[[year]]`\n",
    "what is not closed, in a span of its own": "``[box]`` [box]*a*[/box] ``[/box]``",
    "a fence in what is no list": "1986. a\n```\n[year]",
}


@each_library
@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE)
def test_code_is_shown_as_it_is_written(library: str, text: str) -> None:
    html = LIBRARIES[library]()(text)
    assert _Code(html).found == _Code(LIBRARIES[library](plain=True)(text)).found


lines = st.builds(
    "{}{}{}".format,
    st.lists(st.sampled_from(["> ", "- ", "1. ", "  ", "   ", "    ", "\t", ""]), max_size=3).map(
        "".join
    ),
    st.sampled_from(["", "", "```", "~~~", "````", "``` x", "~~~ x ~", "`", "``", "a ", "# "]),
    st.sampled_from(
        ["", "[year]", "[echo v=1]", "[x\\_y a=&amp;]", "[[year]]", "[box]a[/box]", "`[year]`", "b"]
    ),
)


@each_library
@settings(max_examples=80, deadline=None)
@given(text=st.lists(lines, max_size=12).map("\n".join))
def test_whatever_the_library_calls_code_is_shown_as_it_is_written(library: str, text: str) -> None:
    html = LIBRARIES[library]()(text)
    assert _Code(html).found == _Code(LIBRARIES[library](plain=True)(text)).found


class _Parts(HTMLParser):
    """The elements of HTML, and the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        # A source that stands for a name begins with a bracket, as no name of HTML does.
        names = ("word" if "[" in name or name == "word" else name for name, _ in attrs)
        self.found.update(f"{tag} {name}" for name in names)


PLACES = [
    "{}", "a {} b", "```{}\na\n", "~~~ {} {}\na\n~~~", "``` {}", "> ```{}\n> {}", "- ```{}",
    "```{{.{} #{} {}=\"{}\"}}\na\n```", "    {}", "`{}`", "`{}", "[a]({})", "[a](<{}>)",
    "[a](/b \"{}\")", "[a](/b '{}')", "[a](/b ({}))", "![{}](/b)", "![a]({} \"{}\")", "[{}](/b)",
    "[a]: {} \"{}\"\n\n[a] ![a]", "[a][{}]\n\n[{}]: /b", "# {}", "# a {{#{}}}", "# {} {{: {} }}",
    "a\n{{: {} }}", "a\n{{: title={} }}", "a\n{{: title=\"{}\" class='{}' }}", "a\n{{: {}=b }}",
    "a\n{{: #{} .{} b{}=c }}", "*a*{{: href={} }}", "[a](/b){{: target={} title='{}' }}",
    "a[^{}]\n\n[^{}]: b {}", "*[{}]: {}\n\n{}", "| {} | a |\n|---|:-:|\n| {} | {} |",
    "<http://{}>", "<{}>", "</{}>", "<a {}>", "<{}:a>", "<a@{}.b>", "http://{}.org",
    "[TOC]\n\n# {}",
    "{}\n===", "{}\n: {}", "<!-- {} -->", "<a title=\"{}\">b</a>", "&{};", "\\{}", "**{}** _{}_",
    "[a](javascript{})", "[a](java{}script:{})", "[a]({}:{})", "1. {}\n   ```{}",
]  # fmt: skip
"""Where shortcodes stand: everything that a library makes attributes, names or addresses of."""

INLINE = [value for value in VALUES if not {"`", "\n", "\xad"} & {*value}]
"""Values that neither end a paragraph or code, nor only look like an address that runs: no browser
leaves a soft hyphen out of a scheme."""

shortcodes_in_text = st.builds(
    lambda form, value: form.format(quoted(value)),
    st.sampled_from(
        [
            "[echo v={}]",
            "[bold v={}]",
            "[fail v={}]",
            "[gone_x v={}]",
            "[box v={}]",
            "[box]a[/box]",
            "[box v={}]b[/box]",
            "[fail v={}]c[/fail]",
            "[[echo v={}]]",
            "[year n={}]",
        ]
    ),
    st.sampled_from(INLINE),
)


def _all_in(places: list[str], shortcodes: list[str]) -> tuple[str, str]:
    """Return a text with shortcodes in its places, and the same with words."""
    texts, plain = [], []
    for n, place in enumerate(places):
        taken = [shortcodes[(n + i) % len(shortcodes)] for i in range(place.count("{}"))]
        texts.append(place.format(*taken))
        plain.append(place.format(*["word"] * len(taken)))
    return "\n\n".join(texts), "\n\n".join(plain)


def beyond(library: str, places: list[str], shortcodes: list[str]) -> set[str]:
    """Return what is in the HTML that neither the text around shortcodes nor they explain."""
    text, plain = _all_in(places, shortcodes)
    html, without = LIBRARIES[library]()(text), LIBRARIES[library](plain=True)(plain)
    own_html = LIBRARIES[library](plain=True)(text)
    harm = set(found_in(html)) - set(found_in(without)) - set(found_in(own_html))
    made = {"b", "i", "p"}
    # An extension may make attributes of any word, of those of a shortcode in code too.
    own = _Parts(own_html).found
    parts = _Parts(html).found - _Parts(without).found - own - made
    return harm | {part for part in parts if not re.fullmatch("[a-z0-9]+ word", part)}


@pytest.mark.parametrize("library", list(LIBRARIES)[1:])
@pytest.mark.parametrize("place", PLACES)
def test_no_value_ends_what_a_library_puts_it_into(library: str, place: str) -> None:
    found = {}
    for form in (
        "[echo v={}]",
        "[bold v={}]",
        "[gone_x v={}]",
        "[box v={}]a[/box]",
        "[[echo v={}]]",
    ):
        for value in INLINE[::10]:
            shortcode = form.format(quoted(value))
            if new := beyond(library, [place], [shortcode]):
                found[shortcode] = new
    assert found == {}


@pytest.mark.parametrize("library", list(LIBRARIES)[1:])
@settings(max_examples=80, deadline=None)
@given(
    places=st.lists(st.sampled_from(PLACES), min_size=1, max_size=4),
    shortcodes=st.lists(shortcodes_in_text, min_size=1, max_size=4),
)
def test_no_values_together_end_what_a_library_puts_them_into(
    library: str, places: list[str], shortcodes: list[str]
) -> None:
    assert beyond(library, places, shortcodes) == set()

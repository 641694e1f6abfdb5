"""What a Markdown library makes code, or puts into a tag: there stands source, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from shortcodes import Engine
from shortcodes.html.ambiguity import find_ambiguity
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
    "an indented block": "a\n\n    [year] <b> & &amp; \\[ \\_\n\n\t[year]\n\n    [x_y a=&quot;]",
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


containers = st.lists(
    st.sampled_from(["> ", "- ", "1. ", "  ", "   ", "    ", "\t", ""]), max_size=3
).map("".join)
fences = st.sampled_from(["```", "~~~", "````", "``` x", "~~~ x ~", "   ```", "    ~~~"])
words = st.builds(
    "{}{}".format,
    st.sampled_from(["", "", "` ", "`` ", "a ", "# "]),
    st.sampled_from(
        ["", "[year]", "[echo v=1]", "[x\\_y a=&amp;]", "[[year]]", "[box]a[/box]", "`[year]`", "b"]
    ),
)
lines = st.builds("{}{}".format, containers, fences | words)
"""Whatever begins, ends and stands in code. Shortcodes are no info string of a fence here: the word
that stands for one makes another language of it."""


@pytest.mark.slow
@each_library
@settings(max_examples=150, deadline=None)
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
    "    {}", "`{}`", "`{}", "[a]({})", "[a](<{}>)",
    "[a](/b \"{}\")", "[a](/b '{}')", "[a](/b ({}))", "![{}](/b)", "![a]({} \"{}\")", "[{}](/b)",
    "[a]: {} \"{}\"\n\n[a] ![a]", "[a][{}]\n\n[{}]: /b", "# {}", "# a {{#{}}}", "# {} {{: {} }}",
    "a\n{{: {} }}", "a\n{{: title={} }}", "a\n{{: title=\"{}\" class='{}' }}", "a\n{{: {}=b }}",
    "a\n{{: #{} .{} on{}=c }}", "*a*{{: href={} }}", "[a](/b){{: target={} title='{}' }}",
    "a[^{}]\n\n[^{}]: b {}", "*[{}]: {}\n\n{}", "| {} | a |\n|---|:-:|\n| {} | {} |",
    "<http://{}>", "<{}>", "</{}>", "<a {}>", "<{}:a>", "<a@{}.b>", "[TOC]\n\n# {}",
    "{}\n===", "{}\n: {}", "<!-- {} -->", "<a title=\"{}\">b</a>", "&{};", "\\{}", "**{}** _{}_",
    "[a](javascript{})", "[a](java{}script:{})", "[a]({}:{})", "![a](data:{})", "1. {}\n   ```{}",
]  # fmt: skip
"""Where shortcodes stand: everything that a library makes attributes, names or addresses of."""

FORMS = [
    *("[echo v={}]", "[bold v={}]", "[gone_x v={}]", "[box v={}]a[/box]", "[[echo v={}]]"),
    *("[fail v={}]", "[fail v={}]c[/fail]", "[year n={}]"),
]
HELD = [value for value in VALUES if "`" not in value and "\n" not in value]
"""The others end what stands around the shortcode for a Markdown library, before it is read."""

MADE = frozenset({"b", "i", "p", "em"})
"""What handlers make, and stars in a comment, which is text to a library that lets no HTML pass."""


def held(value: str) -> str:
    """Return a value in quotes: as it is, where a delimiter can hold it so."""
    return quoted(value) if set("'[]\\") & set(value) else f"'{value}'"


shortcodes = st.builds(
    lambda form, value, hold: form.format(hold(value)),
    st.sampled_from(FORMS),
    st.sampled_from(HELD),
    st.sampled_from([held, quoted]),
)


def _filled(places: Sequence[str], given: Sequence[str]) -> str:
    """Return a text with what is given in its places, by turns."""
    turns = cycle(given)
    return "\n\n".join(
        place.format(*(next(turns) for _ in range(place.count("{}")))) for place in places
    )


def beyond(library: str, places: Sequence[str], given: Sequence[str]) -> set[str]:
    """Return what is in the HTML that neither the text around shortcodes nor they explain.

    A shortcode that stays may be Markdown: it is as harmless as it is to the library alone.
    """
    html = LIBRARIES[library]()(_filled(places, given))
    plain = LIBRARIES[library](plain=True)
    without = plain(_filled(places, ["word"]))
    words = _Parts(plain(_filled(places, given))).found & {"em", "strong"}
    parts = _Parts(html).found - _Parts(without).found - MADE - words
    return _harm(html) - _harm(without) | {part for part in parts if not part.endswith(" word")}


def _harm(html: str) -> set[str]:
    """Return what is executed or loaded, without its value; a source in a name as the word."""
    return {re.sub(r"\[.*", "word", found.partition("=")[0]) for found in found_in(html)}


@pytest.mark.slow
@pytest.mark.parametrize("library", list(LIBRARIES)[1:])
@pytest.mark.parametrize("place", PLACES)
def test_no_value_breaks_out_of_the_code_that_a_library_puts_it_into(
    library: str, place: str
) -> None:
    forms, found = cycle(FORMS), {}
    for value in HELD[PLACES.index(place) % 5 :: 5]:
        for hold in (held, quoted):
            shortcode = next(forms).format(hold(value))
            if find_ambiguity(shortcode):
                continue  # it is text to the library
            if new := beyond(library, [place], [shortcode]):
                found[shortcode] = new
    assert found == {}


# With attribute lists, whatever a comment or code keeps from being a shortcode may be a name.
@pytest.mark.slow
@pytest.mark.parametrize("library", list(LIBRARIES)[1:-1])
@settings(max_examples=60, deadline=None)
@given(
    places=st.lists(st.sampled_from(PLACES), min_size=1, max_size=4),
    given_=st.lists(shortcodes, min_size=1, max_size=4),
)
def test_no_values_together_break_out_of_the_code_that_a_library_puts_them_into(
    library: str, places: list[str], given_: list[str]
) -> None:
    assume(find_ambiguity("".join(given_)) is None)  # else they are text to the library
    assert beyond(library, places, given_) == set()

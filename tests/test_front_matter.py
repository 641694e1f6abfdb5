"""Front matter: what is, what is none, and that it stays as it is."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

import shortcodes
from shortcodes.parts.front_matter import LONGEST, find_front_matter, read_words
from tests.cpu_time import measure
from tests.labelled import labelled

FRONT = '---\ntitle: Cats\ntags: [gallery]\nlead: "[gallery ids=”1”] [x"\n---\n'


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize("markdown", [False, True])
def test_front_matter_stays(dialect: str, markdown: bool) -> None:
    text = f"{FRONT}[gallery ids=”1”]\nText\n"
    options: dict[str, Any] = {"dialect": dialect, "markdown": markdown}
    assert shortcodes.strip(text, **options) == f"{FRONT}Text\n"
    fixed = shortcodes.fix(text, unsafe=True, **options)
    assert fixed == f'{FRONT}[gallery ids="1"]\nText\n'
    assert {d.span[0] >= len(FRONT) for d in shortcodes.lint(text, **options)} == {True}
    assert [item["line"] for item in shortcodes.extract(text, **options)] == [6]


@pytest.mark.parametrize(
    "text",
    [
        "---\na: b\n---\n",
        "---\na: b\n...\n",
        "---  \r\na: b\r\n---\r\n",
        "\ufeff---\na: b\n---",
        "---\n# note\n\na:\n- 1\n- 2\nb: |\n  text\n   more\nc: {d: e}\n---\n",
        "---\n\"a b\": 1\n'c': 2\n---\n",
        "---\ntags: [\na, b\n]\n---\n",
        "---\n{title: a, 'b': [c]}\n---\n",
        "---\n? a long key\n: its value\n---\n",
        "---\ntitle: a: b\nurl: http://x\n---\n",
        "---\n  a: b\n  c:\n    d\n---\n",
        "---\na: \"b\nc\"\nd: 'e\n\n# f'\n---\n",
        '---\na:\n  b: "c\nd"\n- [e,\nf] # g\n---\n',
        "---\na: [b, # it's ]\nc: \"]\"]\nd: it's\n---\n",
        "---\n# a\n{a: b} # c\n---\n",
        "---\n{ # a\nb: c,\nd: [e]\n}\n---\n",
        "---\n!!map {}\n---\n",
        '---\n!!map\n&a b: |\n "c\n  # d\n---\n',
        "---\na: b\rc: d\u2028e: f\x85g:\n---\n",
        "---\n?\n- a\n:\n- b\n---\n",
        "---\na:\n>-\n---\n",
        "---\n{a: b c: d}\n---\n",
        '---\na: "b\nnothing\nc: d\n---\n',
        "---\na: [\nb,\nc\nd: e\n---\n",
        '---\na: "b "c" d\ne: @f\n---\n',
        '{"a": [1, {}], "b": "}"} \n',
        '\ufeff{\r\n  "a": 1\r\n}\r\n',
        "{}\n",
        '+++\na = "b"\n[c]\nd = 1979-05-27\n+++\n',
    ],
)
def test_a_mapping_is_front_matter(text: str) -> None:
    found = find_front_matter(f"{text}\nText" if text.endswith("\n") else text)
    assert found is not None
    assert found.end == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "---\nJust a line.\n---\n",
        "---\n- a\n- b\n---\n",
        "---\n[x a=b]\n---\n",
        "---\n{{ page.title }}\n---\n",
        "---\n{% include a %}\n---\n",
        "---\nkey:value\n---\n",
        "---\na: b\n",
        "---\na: b\n\nSome prose.\n---\n",
        " ---\na: b\n---\n",
        "----\na: b\n----\n",
        "---\n  a\n---\n",
        "---\n---\n",
        "+++\na: b\n+++\n",
        "+++\n+++\n",
        f"+++\na = {'[' * 5000}\n+++\n",
        f"---\na: {'b' * LONGEST}\n---\n",
        f"---\na: {'b' * (LONGEST - 7)}\n---x\n---\n",
        "---\nNote: [see\nbelow] for more\n---\n",
        '---\nHe said: "I am\ngoing home" and left.\n---\n',
        "---\nSome things that we did not know:\n\n- **One**: a\n---\n",
        "---\n<b>One</b>: [a] b\n---\n",
        "---\nItem #1: a\n---\n",
        "---\n{[gallery]}\n---\n",
        "---\n!!seq\n- a: b\n---\n",
        '{"a": 1}',
        '{"a": 1} Text\n',
        "{a: 1}\n",
        "{{ a }}\n",
        '["a"]\n',
        '{"a": 1\n\n---\n',
        '{"a": ' + "[" * 100_000 + "\n",
        f'{{"a": "{"b" * LONGEST}"}}\n',
    ],
)
def test_anything_else_is_text(text: str) -> None:
    assert find_front_matter(text) is None


YAML_PIECES = (
    "a",
    "b: ",
    "key: ",
    "title:",
    " ",
    "  ",
    "- ",
    "-",
    "? ",
    ": ",
    ":",
    "[",
    "]",
    "{",
    "}",
    ",",
    '"',
    "'",
    "''",
    "\\",
    "#",
    " # c",
    "\t",
    "&a ",
    "*a",
    "!!str ",
    "!!map",
    "|",
    ">-\n",
    "|2\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\x85",
    "\u2028",
    "it's",
    "<<",
    "@",
    "%",
    "`",
    "http://x",
    "~",
    '"a\nb"',
    "'c\n\nd'",
    "[a,\nb]",
    "{a: b,\nc: d}",
    "{{ x }}",
    "[map zoom=”17″]",
)


@given(
    st.sampled_from(["", "k: ", "k:\n", '  "k": ', "? k\n: ", "k: x\nl: ", "k:\n- ", "  k: x\n  "]),
    st.lists(st.sampled_from(YAML_PIECES), max_size=12).map("".join),
)
@example("", "k:\n|\n#")
@example("", "k: #a\nb? [a,\nb]b: |\n")
def test_what_a_parser_reads_as_a_mapping_is_front_matter(begins: str, more: str) -> None:
    text = f"---\n{begins}{more}\n---\n"
    try:
        value = yaml.safe_load(text.removesuffix("---\n"))
    except (yaml.YAMLError, ValueError):  # it makes dates of some texts
        return
    if isinstance(value, dict):
        assert find_front_matter(text) is not None


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ('title: "It\\u2019s: x" # no\nlang: de', {"title": "It’s: x", "lang": "de"}),
        ("Title: 'It''s'\nlang: ~", {"title": "It's"}),
        ("title: >-\n  Two\n  lines\nlang: pt_BR # no", {"title": "Two lines", "lang": "pt_BR"}),
        ('  title: "Two\nlines" # no\n  lang: de', {"title": "Two lines", "lang": "de"}),
        ("title: Two\n  lines\n'lang': 'd\ne'", {"title": "Two lines", "lang": "d e"}),
        ("{title: A b, lang: [de], 'Dir': !!str \"rtl\"} # no", {"title": "A b", "dir": "rtl"}),
        ("title: [a]\nlang: {a: b}\nx: &a b\ny: \"a\nz: 'b", {}),
    ],
)
def test_words_of_yaml_are_read(block: str, words: dict[str, str]) -> None:
    assert read_words(f"---\n{block}\n---\n") == words


def test_a_page_has_the_title_and_the_language_of_its_front_matter() -> None:
    engine = shortcodes.Engine()
    for front in (
        "---\ntitle: A & <b>\nlang: ar_EG\n---\n",
        "+++\ntitle='A & <b>'\nlang='ar-EG'\n+++\n",
        '{"Title": "A & <b>", "lang": "ar-EG", "weight": 1}\n',
    ):
        text = f"{front}# Head\n\n[x a=”b”]\n"
        page = engine.render(text, format="markdown", options={"page": True})
        assert '<html lang="ar-EG" dir="rtl">' in page
        assert "<title>A &amp; &lt;b&gt;</title>" in page
        options = {"page": True, "title": "B", "lang": "en"}
        assert '<html lang="en" dir="ltr">' in engine.render(text, options=options)
        assert engine.render(text, format="markdown") == "<h1>Head</h1>\n<p>[x a=”b”]</p>\n"


def test_a_card_is_in_the_language_of_the_front_matter() -> None:
    text = "---\nlang: de\n---\nText [covid19-ultimate-card region='EG']"
    assert "Bestätigt" in shortcodes.render(text)


def test_problems_of_rendering_have_offsets_of_the_whole_text() -> None:
    def fail() -> str:
        raise ValueError

    engine = shortcodes.Engine()
    engine.register("x", fail)
    text = "---\na: b\n---\nText [x]"
    diagnostics: list[Any] = []
    assert engine.render(text, diagnostics=diagnostics) == "<p>Text [x]</p>\n"
    assert [(d.code, text[slice(*d.span)]) for d in diagnostics] == [("SC402", "[x]")]


@pytest.mark.parametrize(
    ("front", "read"),
    [
        ('---\n  title: "Cats"\n  lead: "[map zoom=”17″]"\n---\n', yaml.safe_load_all),
        ('---\ntitle: "A title\nthat goes on"\nlead: "[map zoom=”17″]"\n---\n', yaml.safe_load_all),
        ('---\n{lead: "[map zoom=”17″]"} # a\n---\n', yaml.safe_load_all),
        ('{\n  "title": "Cats",\n  "lead": "[map zoom=”17″]"\n}\n', json.loads),
    ],
)
def test_front_matter_is_read_as_before(front: str, read: Any) -> None:
    body = "[map zoom=”17″]\nText\n"
    assert read(front)
    assert shortcodes.fix(front + body) == front + '[map zoom="17"]\nText\n'
    assert shortcodes.strip(front + body) == f"{front}Text\n"
    assert shortcodes.render(front + body) == "<p>[map zoom=”17″]<br>\nText</p>\n"


def test_front_matter_of_real_documents_stays() -> None:
    rows = [row for row in labelled() if find_front_matter(row["text"]) is None]
    assert len(rows) > 300
    for row in rows:
        front = f"---\nexcerpt: {json.dumps(row['text'][:500])}\n---\n"
        text = front + row["text"]
        assert shortcodes.strip(text) == front + shortcodes.strip(row["text"])


MADE_FRONT_MATTER = {
    "before it": (
        '[x a="1"]\n---\ntitle: b\n---\nText [x]\n',
        '[x a="1"]\n---\ntitle: b\n---\nText \n',
    ),
    "around it": ("[x]+++\na = 1\n+++\n[/x] b [x]", "[x]+++\na = 1\n+++\n[/x] b "),
    "an object": ('[x]{"a": "b{"}\nT [x]', '[x]{"a": "b{"}\nT '),
    "in an object": ('{"a": [x]"b"}\nT [x]', '{"a": [x]"b"}\nT '),
    "a paragraph": ("<p>[x]</p>\n---\na: b\n---\nT", "<p>[x]</p>\n---\na: b\n---\nT"),
    "in its mark": ("-[x]--\na: b\n---\nT", "-[x]--\na: b\n---\nT"),
    "after its mark": ("---[x]\na: b\n---\nT", "---[x]\na: b\n---\nT"),
    "in its lines": ('---\na: b\n[x a="1"]\n---\nT', '---\na: b\n[x a="1"]\n---\nT'),
}


@pytest.mark.parametrize("name", MADE_FRONT_MATTER)
def test_no_text_becomes_front_matter_when_it_is_stripped(name: str) -> None:
    text, expected = MADE_FRONT_MATTER[name]
    found: list[shortcodes.Diagnostic] = []
    document = shortcodes.parse(text, tags=["x"])
    assert shortcodes.apply("strip", document, diagnostics=found) == expected
    assert {diagnostic.code for diagnostic in found} == {"SC404"}
    assert shortcodes.strip(expected, tags=["x"]) == expected


YAML_MAPPINGS = {
    "all keys are indented": '  title: "a"\n  lead: "[map zoom=”17″]"\n',
    "a value in double quotes goes on": 'title: "a\nand [map zoom=”17″]"\nb: c\n',
    "a value in single quotes goes on": "title: 'a\nit''s [map zoom=”17″]'\n",
    "an escaped line break": 'title: "a \\\n[map zoom=”17″]"\n',
    "braces and a comment": '{a: b, c: "[map zoom=”17″]"} # d\n',
    "a comment in braces": '{ # a\n"b": "[map zoom=”17″]"}\n',
    "a quote that is never closed": 'a: "[map zoom=”17″]\nb: c\n',
}


@pytest.mark.parametrize("name", YAML_MAPPINGS)
def test_whatever_reads_as_a_mapping_is_front_matter(name: str) -> None:
    front = f"---\n{YAML_MAPPINGS[name]}---\n"
    text = front + "[map zoom=”17″]\n"
    assert shortcodes.fix(text) == front + '[map zoom="17"]\n'
    assert shortcodes.strip(text) == front


NO_MAPPINGS = (
    "Prose\nNote: a\n",
    'Note: "open\n\nprose [map a=1]\n',
    "- a\n",
    "  - a\n",
    "  a: b\nc\n",
)


@pytest.mark.parametrize("block", NO_MAPPINGS)
def test_prose_and_lists_between_rules_are_no_front_matter(block: str) -> None:
    assert find_front_matter(f"---\n{block}---\nText\n") is None


KEYS = st.text("abc_", min_size=1, max_size=5)
WORDS = st.text("ab '\"#:é\n-[]{}&*!|>%@`,?", min_size=1, max_size=12)


@given(
    st.dictionaries(KEYS, WORDS | st.lists(WORDS, max_size=3), min_size=1),
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.sampled_from([5, 80]),
    st.sampled_from(["", "  "]),
)
def test_what_a_yaml_library_writes_is_front_matter(
    values: dict[str, Any], style: str | None, width: int, indentation: str
) -> None:
    block = yaml.safe_dump(values, default_style=style, width=width, allow_unicode=True)
    assume("..." not in block.splitlines())  # it ends the front matter
    lines = [indentation + line for line in block.splitlines()]
    front = "\n".join(["---", *lines, "---", ""])
    found = find_front_matter(front + "Text")
    assert found is not None, front
    assert found.end == len(front)


@pytest.mark.parametrize(
    "front",
    [
        lambda size: "+++\n" + ".".join("a" * (size // 2)) + " = 1\n+++\n",
        lambda size: "+++\n" + "[" * size + "\n+++\n",
        lambda size: "---\ntitle: >\n" + " a\n" * (size // 3) + "---\n",
        lambda size: "---\n" + "a:\n " * (size // 4) + "---\n",
        lambda size: '{"a": ' + "[" * size + "\n",
        lambda size: '{"a": ' + "9" * size + "}\n",
    ],
)
def test_front_matter_of_any_shape_takes_linear_time(front: Any) -> None:
    times = [measure(partial(read_words, front(size))) for size in (30_000, 240_000)]
    assert times[1] < 30 * times[0] + 0.1

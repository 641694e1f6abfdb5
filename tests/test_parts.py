"""Texts that hold other texts: CDATA sections, values of an export, front matter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import shortcodes
from shortcodes.html.gains import find_gained
from shortcodes.parts.front_matter import LONGEST, find_front_matter, read_words
from tests.labelled import labelled
from tests.strategies import texts

EXPORTS = sorted((Path(__file__).parents[2] / "shared/data/wxr").glob("*.xml"))
SECTION = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)

ITEM = """<?xml version="1.0"?>
<rss><channel><item>
<title><![CDATA[[gallery ids=”1”] and cats]]></title>
<content:encoded><![CDATA[[vc_row][vc_column]<p>Text</p>[/vc_column][/vc_row]]]></content:encoded>
<category nicename="audio"><![CDATA[audio]]></category>
<wp:meta_value><![CDATA[[gallery ids=”1”]]]></wp:meta_value>
<wp:meta_value>a:1:{i:0;s:17:"[gallery ids="1"]";}</wp:meta_value>
<v><![CDATA[a:1:{i:0;s:17:"[gallery ids=”1”]";}]]></v>
</item></channel></rss>
"""


def test_each_section_is_stripped_alone() -> None:
    stripped = ITEM.replace("[gallery ids=”1”] and", " and", 1)
    stripped = stripped.replace(
        "[vc_row][vc_column]<p>Text</p>[/vc_column][/vc_row]", "<p>Text</p>"
    )
    assert shortcodes.strip(ITEM) == stripped


def test_only_texts_are_fixed_and_linted() -> None:
    assert shortcodes.fix(ITEM) == ITEM.replace("ids=”1”", 'ids="1"', 1)
    (found,) = shortcodes.lint(ITEM)
    assert (found.code, ITEM[slice(*found.span)]) == ("SC201", "ids=”1”")
    assert found.fix is not None
    assert [ITEM[slice(*edit.span)] for edit in found.fix.edits] == ["[gallery ids=”1”]"]


def test_nodes_of_a_section_have_offsets_of_the_whole_text() -> None:
    document = shortcodes.parse(ITEM)
    for shortcode in document.shortcodes():
        assert ITEM[slice(*shortcode.span)] == shortcode.source
        for attribute in shortcode.attribute_nodes:
            assert ITEM[slice(*attribute.value_span)] == attribute.raw
    assert [(shortcode.name, shortcode.content) for shortcode in document.shortcodes()] == [
        ("gallery", None),
        ("vc_row", "[vc_column]<p>Text</p>[/vc_column]"),
        ("vc_column", "<p>Text</p>"),
    ]
    assert document.items()[-1] == list(document.items())[2]
    assert [d.code for d in document.diagnostics] == ["SC201"]
    assert "".join(node.source for node in document.children) == ITEM
    line = ITEM[: document.diagnostics[0].span[0]].count("\n") + 1
    assert document.position(document.diagnostics[0].span[0]).line == line


def test_a_hint_names_a_line_of_the_whole_text() -> None:
    text = "<?xml version='1.0'?>\n<a>\n<![CDATA[\n[row cols=2 [/row] [map a=”1”]]]></a>"
    hints = [d.hint for d in shortcodes.lint(text) if d.code == "SC101"]
    assert hints == ["expected an attribute, `]` or `/]` at line 4, column 13"]


def test_a_fix_between_sections_keeps_entities_of_xml() -> None:
    start, end = "<?xml version='1.0'?><a>", "<![CDATA[[map place=”A&amp;B”]]]></a>"
    damaged = f"{start}[map place=”A&amp;B”]{end}"
    fixed = f'{start}[map place="A&amp;B"]<![CDATA[[map place="A&B"]]]></a>'
    assert shortcodes.fix(damaged) == fixed
    assert [d.fix is None for d in shortcodes.lint(damaged)] == [False, False]
    plain = f"{start}[map place=”A – B”] &amp; "
    assert shortcodes.fix(plain + "<![CDATA[]]></a>").startswith(
        f'{start}[map place="A – B"] &amp;'
    )


@pytest.mark.parametrize(
    "text",
    [
        "]][gallery ids='1']>",
        "]][gallery ids='1'][gallery]>",
        "][gallery ids='1']]>",
        "--[gallery ids='1']>",
        "-[gallery ids='1']->",
        "--[gallery ids='1']!>",
        "a]<p>[gallery ids='1']</p>]>",
    ],
)
def test_stripping_ends_no_section_and_no_comment(text: str) -> None:
    for whole in (text, f"<a>{text}<b>", f"<?xml version='1.0'?><a><![CDATA[{text}"):
        ends = [re.findall(r"\]\]>|--!?>", each) for each in (whole, shortcodes.strip(whole))]
        assert ends[0] == ends[1]


@pytest.mark.parametrize(
    "text",
    [
        '<![CDATA[ [x a=">"] <!-- > <img src=1 onerror=alert(1)> --> ]]>',
        '<a title="<![CDATA[">[x]<b title="]]>[x a=\'"onclick=alert(1)\']">',
        '<![CDATA[><a href="java]]>[x]script:alert(1)">',
        '<![CDATA[><a href="java[x]script:alert(1)">]]>',
        "<svg><![CDATA[<img src=1 onerror=[x]alert(1)>]]></svg>",
        "<title><![CDATA[</title><img src=1 [x]onerror=alert(1)>]]>",
        "<![CDATA[><!--]]> --[x]> <img src=1 onerror=alert(1)> -->",
        '<![CDATA[><a title="]]>[x a=”1 onclick=alert(1) ”]">',
    ],
)
def test_a_section_creates_no_html(text: str) -> None:
    for after in (
        shortcodes.strip(text, tags=["x"]),
        shortcodes.strip(text, tags=["x"], content="drop"),
        shortcodes.fix(text, tags=["x"], unsafe=True),
    ):
        assert find_gained(text, after) is None


_ENDS = st.sampled_from(["<![CDATA[", "]]>", ">", "]", "--", "<!--"])


@given(st.lists(_ENDS | texts, max_size=8))
def test_any_text_with_sections_is_stripped_and_fixed(pieces: list[str]) -> None:
    text = "".join(pieces)
    for whole in (text, f"<?xml version='1.0'?><a>{text}"):
        once = shortcodes.strip(whole, tags="any", escapes="keep")
        assert shortcodes.strip(once, tags="any", escapes="keep") == once
        assert once.count("]]>") <= whole.count("]]>")
        document = shortcodes.parse(whole, tags="any")
        assert "".join(node.source for node in document.children) == whole
        fixed = shortcodes.fix(whole, tags="any", unsafe=True)
        assert shortcodes.fix(fixed, tags="any", unsafe=True) == fixed
        shortcodes.lint(whole, tags="any")


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
@pytest.mark.parametrize("change", [shortcodes.strip, shortcodes.fix])
def test_sections_of_an_export_become_what_each_becomes_alone(path: Path, change: Any) -> None:
    text = path.read_text("utf-8")
    changed = change(text)
    before, after = SECTION.findall(text), SECTION.findall(changed)
    starts = [match.start() for match in SECTION.finditer(text)]
    expected = [
        section if text[:start].endswith("<wp:meta_value>") else change(section)
        for start, section in zip(starts, before, strict=True)
    ]
    assert after == expected
    assert SECTION.sub("", changed) == SECTION.sub("", text)


# --- front matter -------------------------------------------------------------------------------

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
    ],
)
def test_anything_else_is_text(text: str) -> None:
    assert find_front_matter(text) is None


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ('title: "It\\u2019s: x" # no\nlang: de', {"title": "It’s: x", "lang": "de"}),
        ("Title: 'It''s'\nlang: ~", {"title": "It's"}),
        ("title: >-\n  Two\n  lines\nlang: pt_BR # no", {"title": "Two lines", "lang": "pt_BR"}),
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


def test_front_matter_of_real_documents_stays() -> None:
    rows = [row for row in labelled() if find_front_matter(row["text"]) is None]
    assert len(rows) > 300
    for row in rows:
        front = f"---\nexcerpt: {json.dumps(row['text'][:500])}\n---\n"
        text = front + row["text"]
        assert shortcodes.strip(text) == front + shortcodes.strip(row["text"])


XML_WITH_STRADDLING_TAGS = {
    "a tag that begins in one element and ends in another": (
        '<name>[map a="1"</name><summary>Bob wrote [map a="2"] this.</summary>[map a=3]',
        '<name>[map a="1"</name><summary>Bob wrote [map a="2"] this.</summary>',
        {},
    ),
    "content that is dropped": (
        "<name>[box]</name><summary>Text[/box]</summary>",
        "<name>[box]</name><summary>Text[/box]</summary>",
        {"content": "drop"},
    ),
    "content that stays": (
        "<name>[box]</name><summary>Text[/box]</summary>",
        "<name></name><summary>Text</summary>",
        {},
    ),
    "what follows an empty section": (
        '<a><![CDATA[]]></a><t>[map a="1" <em>b="2"]x</em></t>',
        '<a><![CDATA[]]></a><t>[map a="1" <em>b="2"]x</em></t>',
        {},
    ),
    "the end of a processing instruction": (
        "<?pi [box] ?><a>[/box]</a>",
        "<?pi [box] ?><a>[/box]</a>",
        {"content": "drop"},
    ),
    "HTML in a section": ('<a><![CDATA[[map a="<b>c</b>"]d]]></a>', "<a><![CDATA[d]]></a>", {}),
}


@pytest.mark.parametrize(
    ("text", "expected", "options"), XML_WITH_STRADDLING_TAGS.values(), ids=XML_WITH_STRADDLING_TAGS
)
def test_every_tag_of_xml_keeps_its_partner(
    text: str, expected: str, options: dict[str, Any]
) -> None:
    start, end = "<?xml version='1.0'?><feed>", "</feed>"
    stripped = shortcodes.strip(start + text + end, tags=["map", "box"], **options)
    assert stripped == start + expected + end


MADE_FRONT_MATTER = {
    "before it": (
        '[x a="1"]\n---\ntitle: b\n---\nText [x]\n',
        '[x a="1"]\n---\ntitle: b\n---\nText \n',
    ),
    "around it": ("[x]+++\na = 1\n+++\n[/x] b [x]", "[x]+++\na = 1\n+++\n[/x] b "),
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
    st.dictionaries(
        st.text("abc_", min_size=1, max_size=5), WORDS | st.lists(WORDS, max_size=3), min_size=1
    ),
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.sampled_from([5, 80]),
    st.sampled_from(["", "  "]),
)
def test_what_a_yaml_library_writes_is_front_matter(
    values: dict[str, Any], style: str | None, width: int, indentation: str
) -> None:
    block = yaml.safe_dump(values, default_style=style, width=width, allow_unicode=True)
    lines = [indentation + line for line in block.splitlines()]
    front = "\n".join(["---", *lines, "---", ""])
    found = find_front_matter(front + "Text")
    assert found is not None, front
    assert found.end == len(front)

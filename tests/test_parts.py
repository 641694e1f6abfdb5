"""Texts that hold other texts: CDATA sections and values of an export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shortcodes
from shortcodes.html.gains import find_gained
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

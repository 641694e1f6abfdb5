"""The rules about names, attributes, schemas and the card: what they find, and what they let be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shortcodes
from shortcodes import Diagnostic
from shortcodes.catalogue import catalogue, plugins_of
from shortcodes.engine import default_engine
from shortcodes.linting.in_parts import lint
from tests.fixes import apply_fix

OWN = ("SC3", "SC5", "SC6", "SC94")
CARD = "covid19-ultimate-card"

BUTTON = {"attributes": {"url": {"required": True}, "size": {"type": "integer"}}}

HINTS = [
    (f"[{CARD} bg-position=rigth]", "did you mean 'right'?"),
    ("[gallery order=DES]", "did you mean 'DESC'?"),
    ("[gallery colums=2]", "did you mean 'columns'?"),
    ("[button url=/a onclick=1]", "known: url, size"),
    ("[gallery 4,8]", "it may be the value of ids or include or exclude"),
    ("[embed https://a.b c d]", ""),
    ("[galery ids=4]", "did you mean [gallery]?"),
    ("[vc_colum]", "did you mean [vc_column]? It is from WPBakery Page Builder"),
    ("[vc_button]", "[vc_btn] replaces it"),
    ("[vc_carousel]", ""),
]


def found(text: str, **options: Any) -> list[Diagnostic]:
    engine = default_engine()
    engine.declare({"button": BUTTON})
    return lint(text, select=OWN, engine=engine, **options)


@pytest.mark.parametrize(("text", "hint"), HINTS)
def test_a_finding_says_what_may_be_meant(text: str, hint: str) -> None:
    assert [one.hint for one in found(text)] == [hint]


def test_wordpress_reads_no_attributes_without_space_and_small_letters_only() -> None:
    text = '[map Zoom="7"Place="Port Said"]'
    in_wordpress = found(text, dialect="wordpress", tags=["map"])
    assert [(one.code, text[slice(*one.span)]) for one in in_wordpress] == [
        ("SC302", 'Zoom="7"Place="Port')
    ]
    after = apply_fix(text, in_wordpress[0])
    assert after == '[map Zoom="7" Place="Port Said"]'
    again = found(after, dialect="wordpress", tags=["map"])
    assert [(one.code, one.fix and one.fix.safe) for one in again] == [("SC303", True)]
    assert apply_fix(after, again[0]) == '[map zoom="7" place="Port Said"]'


@pytest.mark.parametrize("dialect", ["lenient", "wordpress"])
@pytest.mark.parametrize(
    "text",
    [
        f"[{CARD} region=”EG” region-name=”مصر و” bg-color=”#0c3278″ bg-position=”right”]",
        "[gallery ids=”1, 2″ columns=”3″]",
        '[gallery ids="1,2"columns="3"]',
        '[gallery "ids="1,2"]',
    ],
)
def test_what_quotes_do_to_a_shortcode_is_not_said_again_by_its_schema(
    text: str, dialect: str
) -> None:
    damage = [one.code for one in lint(text, engine=default_engine(), dialect=dialect)]
    assert [code for code in damage if code.startswith(("SC5", "SC6"))] == []
    assert len(damage) == 1


def test_a_name_that_is_listed_is_known() -> None:
    assert [one.code for one in found("[galery ids=4]")] == ["SC941"]
    assert found("[galery ids=4]", tags=["galery"]) == []
    assert found("[galery ids=4]", known=["galery"]) == []


def test_a_deprecated_name_that_is_registered_is_not_deprecated_here() -> None:
    assert [one.code for one in found("[vc_tabs]")] == ["SC942"]
    assert found("[vc_tabs]", known=["vc_tabs"]) == []


def test_a_name_with_backslashes_of_markdown_is_not_changed() -> None:
    text = "[contact\\_form\\_7 id=4]"
    assert [(one.code, one.span, one.fix) for one in found(text, format="markdown")] == [
        ("SC941", (0, len(text)), None)
    ]


def test_without_schemas_nothing_is_said_about_attributes() -> None:
    assert lint("[gallery colums=2]", select=OWN) == []


@given(st.text(alphabet="[]/= \"'abgalery2_éé-\n", max_size=60))
def test_no_text_makes_a_rule_fail_or_point_outside(text: str) -> None:
    for dialect in ("lenient", "wordpress"):
        for one in found(text, dialect=dialect, tags="any" if dialect == "lenient" else ["a", "b"]):
            assert 0 <= one.span[0] <= one.span[1] <= len(text)
            for edit in one.fix.edits if one.fix else ():
                assert 0 <= edit.span[0] <= edit.span[1] <= len(text)


@given(st.lists(st.tuples(st.sampled_from("abA"), st.sampled_from("12")), min_size=1, max_size=6))
def test_a_fix_of_a_duplicate_changes_no_value(pairs: list[tuple[str, str]]) -> None:
    text = "[map " + " ".join(f'{name}="{value}"' for name, value in pairs) + "]"
    before = next(shortcodes.parse(text).shortcodes()).attributes
    for one in lint(text, select=["SC301"]):
        after = apply_fix(text, one)
        assert after is not None
        assert next(shortcodes.parse(after).shortcodes()).attributes == before


# --- the catalogue --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("vc_row", ["WPBakery Page Builder"]),
        ("vc_something_new", ["WPBakery Page Builder"]),
        ("su_button", ["Shortcodes Ultimate"]),
        ("contact-form-7", ["Contact Form 7"]),
        ("youtube", ["Jetpack"]),
        ("gallery", ["WordPress"]),
        ("slideshow", ["NextCellent Gallery, NextGEN before 2.0", "Jetpack"]),
        ("vc_", ["WPBakery Page Builder"]),
        ("nobody_knows", []),
        ("", []),
    ],
)
def test_the_catalogue_says_which_plug_in_a_name_is_from(name: str, expected: list[str]) -> None:
    assert [plugin.name for plugin in plugins_of(name)] == expected


def test_every_name_in_the_catalogue_has_a_plug_in_with_an_origin_and_every_heir_is_known() -> None:
    known = catalogue()
    for name in [*known.names, *known.families, *known.words, *known.with_value]:
        plugins = plugins_of(name)
        assert plugins, name
        assert all(plugin.name and plugin.origin for plugin in plugins), name
    assert len(known.deprecated) == 12
    for name, better in known.deprecated.items():
        assert name in known.names
        assert not better or better in known.names


def test_a_plain_word_is_no_evidence_for_a_shortcode() -> None:
    document = shortcodes.parse("a [gallery] [product] [vc_posts_grid]")
    assert [sc.name for sc in document.shortcodes()] == ["vc_posts_grid"]

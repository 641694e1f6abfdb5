"""A schema says what is wrong with a shortcode, without rendering it and while it is rendered."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shortcodes import Diagnostic, Engine, parse
from shortcodes.common.suggestions import NearNames
from shortcodes.engine import Schema, default_engine
from tests.fixes import apply_fix

SCHEMAS: dict[str, Any] = {
    "map": {
        "attributes": {
            "zoom": {"type": "integer", "default": 12, "minimum": 1},
            "layer": {"choices": ["road", "satellite"], "default": "road"},
            "bg-color": {"default": "red"},
            "on": {"type": "boolean", "default": False},
        }
    },
    "must": {"attributes": {"url": {"required": True, "description": "Where to."}, "more": {}}},
    "open": {"open-ended": True, "attributes": {"a": {"positional": True}}},
}


def engine() -> Engine:
    made = Engine(schemas=SCHEMAS)
    for name in SCHEMAS:
        made.register(name, lambda call, **values: "x")
    return made


def checked(text: str) -> list[Diagnostic]:
    made = engine()
    return [d for sc in made.parse(text).shortcodes() for d in made.schemas[sc.name].check(sc)]


CASES = [
    # what is written; code; where; message; hint; what the fix makes of it
    ("[map]", []),
    ("[map zoom=3 layer=road bg-color=blue on]", []),
    ("[map ZOOM=3 Layer=road]", []),
    ("[open a x=1 y=2]", []),
    ('[must url=""]', []),
    (
        "[map zoom=0]",
        [
            (
                "SC601",
                "zoom=0",
                "zoom='0': input should be greater than or equal to 1; the default is used",
                "",
                None,
            )
        ],
    ),
    (
        '[map layer="rod"]',
        [
            (
                "SC601",
                'layer="rod"',
                "layer='rod': input should be 'road' or 'satellite'; the default is used",
                "did you mean 'road'?",
                '[map layer="road"]',
            )
        ],
    ),
    (
        "[map layer=moon]",
        [
            (
                "SC601",
                "layer=moon",
                "layer='moon': input should be 'road' or 'satellite'; the default is used",
                "",
                None,
            )
        ],
    ),
    (
        "[map Bg_Colour=blue]",
        [
            (
                "SC603",
                "Bg_Colour=blue",
                "[map] has no attribute 'Bg_Colour'",
                "did you mean 'bg-color'?",
                "[map bg-color=blue]",
            )
        ],
    ),
    (
        "[map bg-colour=a bg-color=b]",
        [
            (
                "SC603",
                "bg-colour=a",
                "[map] has no attribute 'bg-colour'",
                "did you mean 'bg-color'?",
                None,
            )
        ],
    ),
    (
        "[map depth=3]",
        [
            (
                "SC603",
                "depth=3",
                "[map] has no attribute 'depth'",
                "known: zoom, layer, bg-color, on",
                None,
            )
        ],
    ),
    (
        "[map 7]",
        [
            (
                "SC604",
                "7",
                "[map] does not take '7' without a name",
                "it may be the value of zoom",
                None,
            )
        ],
    ),
    (
        "[map a b c]",
        [("SC604", "a", "[map] does not take 'a' without a name, nor 2 more", "", None)],
    ),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_a_schema_says_what_is_wrong_with_place_hint_and_fix(
    source: str, expected: list[tuple[str, str, str, str, str | None]]
) -> None:
    found = [
        (one.code, source[slice(*one.span)], one.message, one.hint, apply_fix(source, one))
        for one in checked(source)
    ]
    assert found == expected


@pytest.mark.parametrize("source", [source for source, _ in CASES])
def test_rendering_reports_exactly_what_a_check_finds(source: str) -> None:
    reported: list[Diagnostic] = []
    engine().render(source, diagnostics=reported)
    assert reported == checked(source)


def test_a_required_attribute_that_is_missing_or_wrong_is_an_error_and_so_when_rendered() -> None:
    made = Engine()

    @made.shortcode("two")
    def two(url: str, count: int) -> str:
        return f"{url}{count}"

    for source, wanted in [
        (
            "[two]",
            [
                "the required attribute 'url' is missing",
                "the required attribute 'count' is missing",
            ],
        ),
        (
            "[two count=x url=y]",
            ["count='x': input should be a valid integer, unable to parse string as an integer"],
        ),
    ]:
        found = made.schemas["two"].check(next(made.parse(source).shortcodes()))
        assert [(one.code, one.severity, one.message) for one in found] == [
            ("SC602", "error", message) for message in wanted
        ]
        reported: list[Diagnostic] = []
        made.render(source, diagnostics=reported)
        assert [(one.code, one.message) for one in reported] == [
            ("SC602", f"[two] was left in place: {wanted[0]}")
        ]


def test_what_is_missing_is_explained_by_its_description() -> None:
    assert [one.hint for one in checked("[must]")] == ["Where to."]


def test_a_value_without_name_may_be_meant_for_what_is_missing() -> None:
    made = Engine()

    @made.shortcode("link")
    def link(*, url: str, size: int = 1) -> str:
        return url

    found = made.schemas["link"].check(next(made.parse("[link /a]").shortcodes()))
    assert [(one.code, one.hint) for one in found] == [
        ("SC604", "it may be the value of url"),
        ("SC602", ""),
    ]


def test_the_card_and_wordpress_tags_have_schemas_that_survive_pickling() -> None:
    schemas = default_engine().schemas
    assert sorted(schemas) == [
        "audio",
        "caption",
        "covid19-ultimate-card",
        "embed",
        "gallery",
        "playlist",
        "video",
        "wp_caption",
    ]
    for schema in schemas.values():
        again: Schema = pickle.loads(pickle.dumps(schema))
        assert again.json_schema() == schema.json_schema()


def test_twenty_thousand_attributes_that_a_schema_does_not_have_cost_linear_time() -> None:
    text = "[map " + " ".join(f"n{i}=1" for i in range(20_000)) + "]"
    shortcode = next(parse(text, tags=["map"]).shortcodes())
    assert len(engine().schemas["map"].check(shortcode)) == 20_000


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("columns", "columns"),
        ("Columns", "columns"),
        ("colums", "columns"),
        ("columnns", "columns"),
        ("colunns", "columns"),
        ("colunms", "columns"),
        ("bg_color", "bg-color"),
        ("bgcolor", "bg-color"),
        ("id", "id"),
        ("ad", ""),
        ("colms", ""),
        ("", ""),
        ("c" * 100, ""),
    ],
)
def test_a_name_is_near_another_by_one_slip(name: str, expected: str) -> None:
    assert NearNames(["columns", "bg-color", "id"]).find(name) == expected


@pytest.mark.parametrize("name", sorted(default_engine().schemas))
def test_what_comes_along_is_valid_json_schema_and_its_defaults_fit(name: str) -> None:
    made = default_engine().schemas[name].json_schema()
    Draft202012Validator.check_schema(made)
    defaults = {
        attribute: table["default"]
        for attribute, table in made["properties"].items()
        if "default" in table
    }
    assert list(Draft202012Validator(made).iter_errors(defaults)) == []

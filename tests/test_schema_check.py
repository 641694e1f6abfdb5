"""A schema says what is wrong with a shortcode, without rendering it and while it is rendered."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shortcodes import Diagnostic, Engine, parse
from shortcodes.common.suggestions import LISTED_OF_MORE, NearNames
from shortcodes.engine import Parameter, Schema, default_engine
from tests.cpu_time import measure
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
                "write a number of at least 1 for zoom, not '0'; the default is used",
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
                "write 'road' or 'satellite' for layer, not 'rod'; the default is used",
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
                "write 'road' or 'satellite' for layer, not 'moon'; the default is used",
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
                "rename or delete 'Bg_Colour': [map] has no such attribute",
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
                "rename or delete 'bg-colour': [map] has no such attribute",
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
                "rename or delete 'depth': [map] has no such attribute",
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
                "give '7' a name: [map] takes none without",
                "it may be the value of zoom",
                None,
            )
        ],
    ),
    (
        "[map a b c]",
        [("SC604", "a", "give 'a' and 2 more values names: [map] takes none without", "", None)],
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
                "add the attribute 'url', which [two] requires",
                "add the attribute 'count', which [two] requires",
            ],
        ),
        (
            "[two count=x url=y]",
            ["write a whole number for count, not 'x'"],
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


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[b]", "[b x]", "[b a7=1]", "[b a7=1 x=2]"])
@pytest.mark.parametrize("details", [{"required": True}, {}, {"type": "integer", "default": 1}])
def test_a_large_schema_costs_little_for_a_shortcode_that_has_few_of_its_attributes(
    text: str, details: dict[str, Any]
) -> None:
    attributes = {f"a{i}": details for i in range(1_000)}
    schema = Engine(schemas={"b": {"attributes": attributes}}).schemas["b"]
    shortcodes = [*parse(text * 300, tags=["b"]).shortcodes()]
    schema.check_many(shortcodes[:1])
    seconds = measure(lambda: schema.check_many(shortcodes))
    assert seconds < 0.2  # 5 microseconds for each attribute would be 1.5 seconds


def test_required_attributes_that_are_missing_stand_in_order_beside_wrong_ones() -> None:
    attributes = {f"a{i}": {"type": "integer", "required": True} for i in range(20)}
    schema = Engine(schemas={"b": {"attributes": attributes}}).schemas["b"]
    (shortcode,) = parse("[b a3=x a1=7 a19=y]", tags=["b"]).shortcodes()
    messages = [d.message for d in schema.check(shortcode)]
    missing = [f"a{i}" for i in (0, 2, *range(4, 19))]
    listed = [
        f"add the attribute '{name}', which [b] requires" for name in missing[:LISTED_OF_MORE]
    ]
    assert [message for message in messages if "the attribute" in message] == listed
    assert messages.index("write a whole number for a3, not 'x'") == 2
    assert messages[-2:] == [
        "write a whole number for a19, not 'y'",
        f"add {len(missing) - len(listed)} more attributes, which [b] requires",
    ]


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


def attributes(count: int, **table: Any) -> Schema:
    """Return the schema of [map] with as many attributes, all of which have the same table."""
    tables = {f"a{number}": table for number in range(1, count + 1)}
    return Engine(schemas={"map": {"attributes": tables}}).schemas["map"]


def check(schema: Schema, source: str) -> list[Diagnostic]:
    return schema.check_many(parse(source, tags=["map"]).shortcodes())


TEN = ", ".join(f"a{number}" for number in range(1, 11))


def test_a_message_lists_ten_of_many_choices() -> None:
    (few,) = check(attributes(1, choices=[f"c{n}" for n in range(12)]), "[map a1=x]")
    assert few.message.count("'c") == 12
    (many,) = check(attributes(1, choices=[f"c{n}" for n in range(13)]), "[map a1=x]")
    listed = ", ".join(repr(f"c{n}") for n in range(10))
    assert many.message == f"write {listed} and 3 more for a1, not 'x'; the default is used"
    (near,) = check(attributes(1, choices=[f"choice{n}" for n in range(99)]), "[map a1=choise98]")
    assert near.hint == "did you mean 'choice98'?"


def test_of_many_required_attributes_that_are_missing_ten_have_a_finding_of_their_own() -> None:
    messages = [one.message for one in check(attributes(13, required=True), "[map]")]
    assert len(check(attributes(12, required=True), "[map]")) == 12
    assert messages == [
        *(f"add the attribute 'a{number}', which [map] requires" for number in range(1, 11)),
        "add 3 more attributes, which [map] requires",
    ]
    wrong = attributes(15, required=True, type="integer")
    messages = [one.message for one in check(wrong, "[map a12=x a1=x]")]
    assert messages == [
        "write a whole number for a1, not 'x'",
        *(f"add the attribute 'a{number}', which [map] requires" for number in range(2, 12)),
        "write a whole number for a12, not 'x'",
        "add 3 more attributes, which [map] requires",
    ]


def test_a_hint_lists_ten_of_many_attributes_that_a_value_may_be_for() -> None:
    (problem,) = check(attributes(13, type="integer"), "[map 7]")
    assert problem.hint == f"it may be the value of {TEN} and 3 more"
    (problem,) = check(attributes(2, type="integer"), "[map 7]")
    assert problem.hint == "it may be the value of a1 or a2"


@pytest.mark.parametrize(
    ("schema", "source"),
    [
        (attributes(1, choices=[f"{n}" * 900 for n in range(5000)]), "[map a1=x]"),
        (attributes(1, choices=["c" * 100_000]), "[map a1=x]"),
        (attributes(1, pattern="b" * 1900), "[map a1=x]"),
        (attributes(1, required=True, description="d" * 100_000), "[map]"),
        (attributes(2000, required=True), "[map]"),
        (attributes(2000, type="integer"), "[map 7]"),
        (Schema("map", [Parameter("n" * 100_000, "n", str)]), "[map]"),
        (Schema("map", [Parameter("n" * 100_000, "n", str, "")]), "[map x=y]"),
    ],
)
def test_no_finding_is_as_long_as_its_schema(schema: Schema, source: str) -> None:
    problems = check(schema, source)
    assert 0 < sum(len(one.message) + len(one.hint) for one in problems) < 2000


@pytest.mark.slow
def test_what_a_value_without_a_name_may_be_for_is_found_in_linear_time() -> None:
    schema = attributes(2000, type="integer")
    assert measure(lambda: check(schema, "[map 7]")) < 0.15  # 0.4 s in quadratic time


def test_choices_are_indexed_once_for_all_findings() -> None:
    schema = attributes(1, choices=[f"choice-{n}" for n in range(20_000)])
    check(schema, "[map a1=x]")
    seconds = measure(lambda: check(schema, "[map a1=x]" * 20))
    assert seconds < 0.5  # 3 s if each finding indexes them

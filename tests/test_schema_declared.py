"""Schemas that are declared without code: what they may say, and what is wrong with the others."""

from __future__ import annotations

import pickle
import re
from typing import Any

import pytest

from shortcodes import Call, Diagnostic, Engine, parse
from shortcodes.schemas.declared import _assign_keywords
from tests.cpu_time import measure

WRONG: dict[str, tuple[Any, str]] = {
    "no table": (5, "b must be a table"),
    "attributes that are none": ({"attributes": []}, "b.attributes must be a table"),
    "a word that is no text": ({"description": 1}, "b.description must be text"),
    "no switch": ({"open-ended": "yes"}, "b.open-ended must be true or false"),
    "half a character": (
        {"attributes": {"\ud800": {}}},
        "b.attributes must be valid Unicode, not '\\ud800'",
    ),
    "an unknown key": ({"atributes": {}}, "b has an unknown key 'atributes'; did you mean 'attrib"),
}
WRONG_ATTRIBUTES: dict[str, tuple[Any, str]] = {
    "no table": ("x", "b.attributes.a must be a table"),
    "no choice": ({"choices": []}, "b.attributes.a.choices must hold words or numbers"),
    "choices that are none": ({"choices": [[]]}, "b.attributes.a.choices must hold words or"),
    "choices that are one": ({"choices": "abc"}, "b.attributes.a.choices must be an array"),
    "an unknown type": ({"type": "int"}, "b.attributes.a.type must be one of string, integer,"),
    "no pattern": ({"pattern": "("}, "b.attributes.a.pattern: unclosed group"),
    "a limit of another type": ({"minimum": 1}, "b.attributes.a.minimum is for integer, number"),
    "a limit beside choices": (
        {"choices": ["x"], "max-length": 3},
        "b.attributes.a.max-length is for string, url, strings, integers, without choices",
    ),
    "a limit that is no number": (
        {"type": "integer", "minimum": "x"},
        "b.attributes.a.minimum must be a number",
    ),
    "a limit between integers": (
        {"type": "integer", "minimum": 1.5},
        "b.attributes.a.minimum must be a whole number, not 1.5",
    ),
    "half a character": (
        {"choices": ["a", "\ud800"]},
        "b.attributes.a.choices must be valid Unicode, not '\\ud800'",
    ),
    "half a character in a key": (
        {"\ud800": 1},
        "b.attributes.a has an unknown key '\\ud800'",
    ),
    "a limit that is a switch": ({"max-length": True}, "b.attributes.a.max-length must be a num"),
    "no length": ({"max-length": -1}, "b.attributes.a.max-length must not be below 0"),
    "a default of another type": (
        {"type": "integer", "default": "x"},
        "b.attributes.a.default must be a whole number, not ",
    ),
    "a default beyond a limit": (
        {"type": "integer", "maximum": 3, "default": 4},
        "b.attributes.a.default must be a number of at most 3, not ",
    ),
    "a default that is no choice": (
        {"choices": ["x"], "default": "y"},
        "b.attributes.a.default must be 'x', not ",
    ),
}


@pytest.mark.parametrize(("given", "message"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_an_error_with_its_place(given: Any, message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - its message is compared
        Engine(schemas={"b": given})
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(("given", "message"), WRONG_ATTRIBUTES.values(), ids=WRONG_ATTRIBUTES)
def test_a_mistake_in_an_attribute_is_an_error_with_its_place(given: Any, message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011
        Engine(schemas={"b": {"attributes": {"a": given}}})
    assert str(error.value).startswith(message)


NEVER_LINEAR = {
    r"(a)\1": "backreferences are not supported",
    r"(?P<x>a)(?P=x)": "unrecognized flag",
    **dict.fromkeys(
        ("(?=a)b", "(?!a)b", "(?<=a)b", "(?<!a)b"),
        "look-around, including look-ahead and look-behind, is not supported",
    ),
    "(?>a)": "unrecognized flag",
    "()" * 2001: "it has more than 2,000 parts, repetitions counted",
    f"(?:{'|' * 2000})": "it has more than 2,000 parts, repetitions counted",
    "(|){1001}": "it has more than 2,000 parts, repetitions counted",
    "()" * 1500: "with its repetitions, it is too large beside those before it",
    "a{1000000}": "it has more than 2,000 parts, repetitions counted",
    "((a{0,100}){0,100}){0,100}": "it has more than 2,000 parts, repetitions counted",
}


@pytest.mark.parametrize(("pattern", "reason"), NEVER_LINEAR.items())
def test_a_pattern_that_may_not_be_linear_is_refused_in_a_sentence(
    pattern: str, reason: str
) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011
        Engine(schemas={"b": {"attributes": {"a": {"pattern": pattern}}}})
    assert str(error.value) == f"b.attributes.a.pattern: {reason}"


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|aa)+$", "(a*)*b", "^(.*a){20}$", "(?i)(a|b|ab)*c", "a*a*a*b", "(a?){30}a{30}!!"],
)
def test_any_other_pattern_costs_linear_time(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`re`, which is never asked, would need longer for most than there will be people."""
    asked: list[object] = []
    compiled = vars(re)["_compile"]

    def record(given: object, flags: int) -> Any:
        asked.append(given)
        return compiled(given, flags)

    monkeypatch.setattr(re, "_compile", record)
    engine = Engine(schemas={"b": {"attributes": {"a": {"pattern": pattern}}}})
    engine.register("b", lambda call, a: "")
    found: list[Diagnostic] = []
    engine.render(f"[b a='{'a' * 50_000}!']", diagnostics=found)
    assert len(found) == 1
    assert found[0].message.startswith(f"write text of the form {pattern} for a, not 'aaa")
    assert pattern not in asked


TOO_LARGE = [
    r"\w{200}",
    r"(?:[\w-]{20}){10}",
    r"\p{L}{200}",
    r"[^\W_a]{200}",
    "(?x) \\w # { [\n{200}",
    "[]\\w]{200}",
]


@pytest.mark.slow
@pytest.mark.parametrize("pattern", TOO_LARGE)
def test_patterns_have_a_limit_together_which_names_the_one_beyond_it(pattern: str) -> None:
    """A few hundred bytes of them would take gigabytes."""
    many = {f"a{i}": {"pattern": f"{pattern}{i}"} for i in range(100)}
    with pytest.raises(ValueError, match=r"^b\.attributes\.a\d\.pattern: with its repetitions, it"):
        Engine(schemas={"b": {"attributes": many}})


TOO_HARD_TO_READ = [r"(?x)\w{2 #\n00}" * 20, r"a(?x)b", r"(?x:a)#\w{200}", r"(?x)a(?-x)#\w{200}"]


@pytest.mark.parametrize("pattern", TOO_HARD_TO_READ)
def test_a_pattern_cannot_hide_its_repetitions_in_spaces(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"b\.attributes\.a\.pattern: "):
        Engine(schemas={"b": {"attributes": {"a": {"pattern": pattern}}}})


def test_a_pattern_counts_once_however_many_attributes_have_it() -> None:
    many = {f"a{i}": {"pattern": r"^\w{1,64}$"} for i in range(100)}
    schema = Engine(schemas={"b": {"attributes": many}}).schemas["b"]
    again = pickle.loads(pickle.dumps(schema)).json_schema()
    assert again == schema.json_schema()
    assert again["properties"]["a7"]["anyOf"][0] == {"type": "string", "pattern": r"^\w{1,64}$"}


def test_a_value_is_not_matched_where_that_would_take_long() -> None:
    pattern = "[ab]*a[ab]{1900}[ac]{20}b"
    schema = Engine(schemas={"b": {"attributes": {"a": {"pattern": pattern}}}}).schemas["b"]
    document = parse("[b a=%s]" % ("abbab" * 200_000), tags=["b"])
    shortcode = next(iter(document.shortcodes()))
    assert measure(lambda: schema.check(shortcode)) < 1
    (found,) = schema.check(shortcode)
    assert found.message.startswith(f"write shorter text of the form {pattern} for a, not 'abb")


READ = {
    ("integer", "7"): 7,
    ("number", "7.5"): 7.5,
    ("boolean", "on"): True,
    ("strings", "a, b"): ["a", "b"],
    ("integers", "1,2"): [1, 2],
    ("url", "/a"): "/a",
}


@pytest.mark.parametrize(("kind", "text"), READ)
def test_a_declared_type_converts_the_values_of_its_attribute(kind: str, text: str) -> None:
    assert _read({"type": kind}, f'a="{text}"') == READ[kind, text]


@pytest.mark.parametrize(("text", "value"), [("2", 2), ("x", "x"), ("1.5", 1.5)])
def test_choices_may_be_numbers(text: str, value: object) -> None:
    assert _read({"choices": [1, 2, "x", 1.5]}, f"a={text}") == value


def _read(attribute: Any, attributes: str) -> object:
    found: list[object] = []

    def record(call: Call, a: object) -> str:
        found.append(a)
        return ""

    engine = Engine(schemas={"b": {"attributes": {"a": attribute}}})
    engine.register("b", record)
    engine.render(f"[b {attributes}]")
    return found[0]


def test_names_with_hyphens_take_linear_time() -> None:
    names = [f"a-{number}" for number in range(20_000)]
    all_names = [*names, "a_1", "b-c", "b_c", "d-e_f", "d_e-f"]
    assert measure(lambda: _assign_keywords(all_names)) < 0.5  # 2.5 s in quadratic time
    keywords = _assign_keywords(all_names)
    plain = {name: name.replace("-", "_") for name in names} | {"a-1": "a-1", "a_1": "a_1"}
    others = {"b-c": "b-c", "b_c": "b_c", "d-e_f": "d_e_f", "d_e-f": "d_e-f"}
    assert keywords == plain | others

"""What lint says about values is in the words of this project, and says at once what to do."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import AfterValidator, Field

from shortcodes import Engine, lint

DECLARED = {
    "integer": ("x", "write a whole number for a, not 'x'"),
    "number": ("x", "write a number for a, not 'x'"),
    "boolean": ("maybe", "write true or false for a, not 'maybe'"),
    "date": ("tomorrow", "write a date such as 2026-07-04 for a, not 'tomorrow'"),
    "url": ("a b", "write an address such as https://example.com or /page for a, not 'a b'"),
    "integers": ("1,x", "write a whole number for item 2 of a, not 'x'"),
}


@pytest.mark.parametrize("kind", DECLARED)
def test_a_declared_type_says_what_it_wants(kind: str) -> None:
    written, message = DECLARED[kind]
    engine = Engine(schemas={"x": {"attributes": {"a": {"type": kind}}}})
    (found,) = lint(f'[x a="{written}"]', engine=engine)
    assert found.message == f"{message}; the default is used"


def test_a_site_that_checks_a_value_itself_says_why_it_is_wrong() -> None:
    def refuse(value: str) -> str:
        raise ValueError("Fridays are closed")

    engine = Engine()

    @engine.shortcode("x")
    def x(day: Annotated[str, AfterValidator(refuse)] = "") -> str:
        return day

    (found,) = lint('[x day="friday"]', engine=engine)
    wanted = "write another value for day, not 'friday': Fridays are closed; the default is used"
    assert found.message == wanted


class Size(Enum):
    SMALL = "small"
    LARGE = "large"


TYPES: dict[str, list[Any]] = {
    "x": [int, float, bool, Literal["a", "b"], Size, UUID, list[int], tuple[int, int]],
    "-1": [
        Annotated[int, Field(ge=0)],
        Annotated[int, Field(gt=0)],
        Annotated[str, Field(max_length=1)],
    ],
    "99": [
        Annotated[int, Field(le=9)],
        Annotated[float, Field(lt=9)],
        Annotated[int, Field(multiple_of=2)],
    ],
}
CASES = [(kind, text) for text, kinds in TYPES.items() for kind in kinds]
THEIRS = (
    "nput should",
    "unable to",
    "valid ",
    "string",
    "pydantic",
    "Value error",
    "tuple",
    "int ",
)


@pytest.mark.parametrize(("kind", "text"), CASES, ids=str)
def test_no_message_is_in_the_words_of_a_library(kind: object, text: str) -> None:
    engine = Engine()

    def handle(a=None):  # type: ignore[no-untyped-def]
        return ""

    handle.__annotations__ = {"a": kind, "return": str}
    engine.register("x", handle)
    found = lint(f'[x a="{text}"]', engine=engine)
    messages = [one.message for one in found]
    assert messages
    assert [message for message in messages if not message.startswith("write ")] == []
    assert [word for message in messages for word in THEIRS if word in message] == []

"""What is wanted in place of a value that does not fit, in the words of a writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shortcodes.common.suggestions import NearNames, list_names

_NUMBER, _WHOLE = "a number", "a whole number"

_WANTED: Mapping[str, str | Callable[[Mapping[str, Any]], str]] = {
    "bool": "true or false",
    "int": _WHOLE,
    "float": _NUMBER,
    "finite_number": _NUMBER,
    "decimal": _NUMBER,
    "date": "a date such as 2026-07-04",
    "datetime": "a date and a time such as 2026-07-04T09:30",
    "time": "a time such as 09:30",
    "timezone": "a date and a time such as 2026-07-04T09:30Z",
    "greater_than_equal": lambda limits: f"a number of at least {limits['ge']:g}",
    "greater_than": lambda limits: f"a number above {limits['gt']:g}",
    "less_than_equal": lambda limits: f"a number of at most {limits['le']:g}",
    "less_than": lambda limits: f"a number below {limits['lt']:g}",
    "multiple_of": lambda limits: f"a multiple of {limits['multiple_of']:g}",
    "string_too_long": lambda limits: f"at most {limits['max_length']} characters",
    "string_too_short": lambda limits: f"at least {limits['min_length']} characters",
    "string_pattern_length": lambda limits: f"shorter text of the form {limits['pattern']}",
    "string_pattern_mismatch": lambda limits: f"text of the form {limits['pattern']}",
    "too_long": lambda limits: f"at most {limits['max_length']} items",
    "too_short": lambda limits: f"at least {limits['min_length']} items",
}
"""What to write, by the error of pydantic or the part of it before the first underscore."""

_YES = (
    "true",
    "yes",
    "on",
    "نعم",
    "כן",
    "oui",
    "sí",
    "sì",
    "ja",
    "sim",
    "evet",
    "да",
    "是",
    "はい",
)
_NO = (
    "false",
    "no",
    "off",
    "لا",
    "לא",
    "non",
    "nein",
    "não",
    "nee",
    "nej",
    "hayır",
    "нет",
    "否",
    "いいえ",
)
_MEANT = {**dict.fromkeys(_YES, "true"), **dict.fromkeys(_NO, "false")}


class UnwantedError(ValueError):
    """Raised by a type of this library for a value, with a description of a good one."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"not {wanted}")
        self.wanted = wanted


def describe_wanted(reason: Mapping[str, Any], choices: Sequence[str]) -> str:
    """Return what should be written, by the error of pydantic and the choices; an empty string if
    only the type knows.
    """
    kind, limits = reason["type"], reason.get("ctx", {})
    if kind in ("literal_error", "enum"):
        return list_choices(choices) if choices else str(limits.get("expected", ""))
    error = limits.get("error")
    if isinstance(error, UnwantedError):
        return error.wanted
    wanted = _WANTED.get(kind) or _WANTED.get(kind.partition("_")[0], "")
    return wanted(limits) if callable(wanted) else wanted


def list_choices(choices: Sequence[str]) -> str:
    """Return "'a', 'b' or 'c'"; of many choices, the first ones and how many more there are. An
    empty one is left out.
    """
    shown = [repr(choice) for choice in choices if choice]
    if len(shown) in range(2, 13):
        return f"{', '.join(shown[:-1])} or {shown[-1]}"
    return list_names(shown)


def find_flag(value: str) -> str:
    """Return "true" or "false" for a word that means yes or no, or is near to one that does; an
    empty string for any other.
    """
    word = value.strip().casefold()
    return _MEANT.get(word) or _MEANT.get(_NEAR.find(word), "")


_NEAR = NearNames(["true", "false"])

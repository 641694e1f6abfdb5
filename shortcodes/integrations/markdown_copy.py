"""Python-Markdown: a second converter with the extensions of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from types import MethodType
from typing import Any

from markdown import Markdown


def copy_markdown(md: Markdown, shared: Iterable[object]) -> Markdown:
    """Return a copy of a converter and its extensions.

    The copy has the objects in `shared`, and all that Markdown and its extensions hold of others,
    such as the pages of a site: those may be many, or cannot be copied.
    """
    memo = {id(each): each for each in shared}
    copied: set[int] = set()
    waiting: list[Any] = [md]
    while waiting:
        value = waiting.pop()
        if id(value) in copied or id(value) in memo:
            continue
        if _is_of_markdown(value):
            copied.add(id(value))
            waiting += _list_parts(value)
        else:
            memo[id(value)] = value
    return deepcopy(md, memo)


def _is_of_markdown(value: object) -> bool:
    return isinstance(value, dict | list | tuple | set | MethodType) or any(
        base.__module__.partition(".")[0] == "markdown" for base in type(value).__mro__
    )


def _list_parts(value: Any) -> Iterator[object]:
    yield from getattr(value, "__dict__", {}).values()
    match value:
        case dict():
            yield from value.keys()
            yield from value.values()
        case list() | tuple() | set():
            yield from value
        case MethodType():
            yield value.__self__

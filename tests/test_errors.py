"""The errors are one hierarchy, and the docstring of `shortcodes.errors` draws all of it."""

from __future__ import annotations

import ast
import builtins
import re
from importlib import import_module

import pytest

from shortcodes import ShortcodeError, errors
from tests.pattern_places import files

pytestmark = pytest.mark.checkout
ROW = re.compile(r" *(?:[├└]── )?([A-Z]\w+)(?: +([A-Z]\w+))? +([a-z][\w.]+)")

Row = tuple[str, str, str]
"""The name of an error, its other base class, and the package that defines it."""


def read_drawing() -> list[Row]:
    """Return the rows of the drawing."""
    assert errors.__doc__
    matches = map(ROW.fullmatch, errors.__doc__.splitlines())
    return [(match[1], match[2] or "", match[3]) for match in matches if match]


def list_classes() -> list[Row]:
    """Return a row for each class, in the order of the drawing."""
    rows = [("ShortcodeError", "", "shortcodes")]
    for file, tree in files():
        package, _, name = file.removeprefix("renderers/").removesuffix(".py").rpartition("/")
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name != "ShortcodeError":
                bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
                if "ShortcodeError" in bases:
                    module = import_module(f"{package.replace('/', '.')}.{name}")
                    rows.append((node.name, describe(getattr(module, node.name)), package))
    rows = [(name, other, package.replace("/", ".")) for name, other, package in rows]
    return sorted(rows, key=lambda row: (row[0] != "ShortcodeError", row[2] != "shortcodes", row))


def describe(error: type[Exception]) -> str:
    """Return the built-in class that an error is besides, if any."""
    assert error.__mro__[1] is ShortcodeError
    others = [base for base in error.__bases__ if base is not ShortcodeError]
    assert all(base is getattr(builtins, base.__name__) for base in others)
    return "".join(base.__name__ for base in others)


@pytest.mark.slow
def test_the_drawing_shows_every_error_a_caller_can_catch() -> None:
    assert read_drawing() == list_classes()


def test_no_error_has_its_base_from_another_error() -> None:
    names = {name for name, _, _ in list_classes()} - {"ShortcodeError"}
    bases = {
        base.id
        for _, tree in files()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if isinstance(base, ast.Name)
    }
    assert bases & names == set()

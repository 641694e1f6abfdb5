"""Every regular expression of the package: where the source has one, and what it is at run time."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.repository import ROOT

FOLDERS = ("shortcodes", "renderers")
_FUNCTIONS = frozenset(
    {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
)
_ENGINES = frozenset({"fnmatch", "glob", "re2", "regex", "sre_compile"})


@dataclass(frozen=True)
class Place:
    """A call that hands a pattern to `re`."""

    file: str
    line: int
    last_line: int
    target: str
    """What bears the pattern: a constant, a field, or the function around it."""

    def __str__(self) -> str:
        return f"{self.file}: {self.target}"


@dataclass(frozen=True)
class Pattern:
    """A pattern as it was compiled."""

    name: str
    """Where it comes from: its place, or the terminal it is."""
    source: str
    flags: int = 0
    of_bytes: bool = False

    @property
    def given(self) -> str | bytes:
        """The pattern for `re`."""
        return self.source.encode("latin-1") if self.of_bytes else self.source


@cache
def files() -> tuple[tuple[str, ast.Module], ...]:
    """Return the name and the tree of every module of the package."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in paths
    )


@cache
def places() -> tuple[Place, ...]:
    """Return every place of the source that hands a pattern to `re`."""
    return tuple(
        Place(file, node.lineno, node.end_lineno or node.lineno, target)
        for file, tree in files()
        for node, target in _calls(tree, "")
    )


def _calls(node: ast.AST, target: str) -> Iterator[tuple[ast.Call, str]]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        target = node.name
    elif isinstance(node, ast.keyword) and node.arg:
        target = node.arg
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        named = node.targets[0] if isinstance(node, ast.Assign) else node.target
        target = named.id if isinstance(named, ast.Name) else target
        target = named.attr if isinstance(named, ast.Attribute) else target
    elif isinstance(node, ast.Call) and _is_of_re(node.func):
        yield node, target
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, target)


def _is_of_re(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in _FUNCTIONS
    )


def uses(file: str, target: str) -> frozenset[str]:
    """Return how the patterns are used that something of that name bears: the methods with how many
    arguments they are given, and "other" for what is no call of one."""
    private = target.startswith("_")
    found = (uses for name, uses in _all_uses().items() if name == file or not private)
    return frozenset(use for uses in found for use in uses.get(target, ()))


@cache
def _all_uses() -> dict[str, dict[str, set[str]]]:
    """Return the uses of every name in every file."""
    return {file: _uses(tree) for file, tree in files()}


def _uses(tree: ast.Module) -> dict[str, set[str]]:
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found: dict[str, set[str]] = {}
    for node in above:
        if isinstance(node, ast.Attribute):
            name = node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            name = node.id
        else:
            continue
        if not isinstance(above[node], ast.Compare):
            found.setdefault(name, set()).add(_use(node, above))
    return found


def _use(node: ast.AST, above: dict[ast.AST, ast.AST]) -> str:
    while isinstance(up := above[node], ast.Subscript) or _is_callee(up, node):
        node = up
    call = above.get(up)
    if isinstance(up, ast.Attribute) and isinstance(call, ast.Call) and call.func is up:
        return f"{up.attr}({len(call.args)})"
    return "other"


def _is_callee(call: ast.AST | None, function: ast.AST) -> bool:
    return isinstance(call, ast.Call) and call.func is function


def other_ways() -> list[str]:
    """Return where the package could come by a pattern unseen: another name of `re`, or another
    engine."""
    found = []
    for file, tree in files():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                unseen = node.module in ("re", *_ENGINES)
            elif isinstance(node, ast.Import):
                unseen = any(
                    one.name in _ENGINES or (one.name == "re" and one.asname) for one in node.names
                )
            else:
                continue
            found += [f"{file}:{node.lineno}"] * unseen
    return found


@cache
def compiled() -> tuple[tuple[Place | None, Pattern], ...]:
    """Return the patterns that a process compiled which used all of the package, with the place of
    each; those that Lark makes of the grammar have none."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.pattern_recorder"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert not done.returncode, done.stderr.decode()
    found: dict[tuple[Place | None, Pattern], None] = {}
    for line in done.stdout.splitlines():
        file, number, source, flags, of_bytes = json.loads(line)
        place = _place(file, number)
        pattern = Pattern(str(place or file), source, flags, of_bytes)
        found[place, pattern] = None
    return tuple(found)


def _place(file: str, line: int) -> Place | None:
    around = [one for one in places() if one.file == file and one.line <= line <= one.last_line]
    return min(around, key=lambda one: one.last_line - one.line, default=None)


@cache
def terminals() -> tuple[Pattern, ...]:
    """Return the terminals of the grammar, those of Markdown exports where they differ."""
    from shortcodes.lenient import grammar

    found: dict[str, Pattern] = {}
    for markdown in (False, True):
        for name, source in grammar.terminals(markdown).items():
            ending = " (Markdown)" if markdown else ""
            found.setdefault(source, Pattern(f"grammar: {name}{ending}", source))
    return tuple(found.values())


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return all patterns. One that stands in two places is there for each, as it may be tried
    otherwise there."""
    return tuple(dict.fromkeys((*(one for _, one in compiled()), *terminals())))

"""Imports run one way, those inside functions included."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
pytestmark = pytest.mark.checkout


def checked(root: Path) -> tuple[int, str]:
    """Return the exit status and the output of the check of the imports below a folder."""
    done = subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": f"{root}:{root / 'renderers'}", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code."""
    for folder in ("shortcodes", "renderers"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    status, output = checked(copy)
    assert (status, output[-300:] if status else "") == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("shortcodes/nodes/document.py", "from shortcodes.api import strip", "run one way BROKEN"),
        ("shortcodes/lenient/quotes.py", "from shortcodes.lenient import tree", "dialect"),
        ("shortcodes/linting/code.py", "from shortcodes.linting import run", "Linting"),
        ("shortcodes/engine/policy.py", "import shortcodes_covid19", "knows no renderer"),
        ("renderers/shortcodes_strip/cuts.py", "import shortcodes_html", "on one another"),
    ],
)
def test_an_import_that_runs_back_is_found_in_a_function(
    copy: Path, file: str, line: str, broken: str
) -> None:
    path = copy / file
    path.write_text(f"{path.read_text('utf-8')}\n\ndef _back():\n    {line}\n", "utf-8")
    status, output = checked(copy)
    contract = next(line for line in output.splitlines() if broken.removesuffix(" BROKEN") in line)
    assert (status, contract.endswith("BROKEN")) == (1, True)


def test_the_grammar_imports_nothing_of_the_library() -> None:
    imported = set()
    for path in (ROOT / "grammar").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
    assert imported - set(sys.stdlib_module_names) == set()


@pytest.mark.slow
def test_linting_imports_no_library_that_only_rendering_needs() -> None:
    code = "import shortcodes, sys; shortcodes.lint('[x]'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    needless = {"babel", "jinja2", "markdown_it", "nh3", "pydantic", "requests", "shortcodes_html"}
    assert needless & set(done.stdout.split()) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["covid19", "tree", "wordpress"])
def test_a_package_has_all_its_names_whatever_is_imported_first(name: str) -> None:
    """A module that is imported first must not hide a name of the package."""
    package = f"shortcodes_{name}"
    code = f"""
import importlib, pkgutil, types
import {package} as package
for module in pkgutil.walk_packages(package.__path__, "{package}."):
    importlib.import_module(module.name)
assert dir(package) == sorted(package.__all__)
for name in package.__all__:
    assert not isinstance(getattr(package, name), types.ModuleType), name
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

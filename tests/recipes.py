"""The recipes of docs/publishing.md, whose files are in `examples`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.repository import ROOT

SECTIONS: dict[str, str] = dict(
    re.findall(
        r"^## ([^\n]+)\n(.*?)(?=^## |\Z)",
        (ROOT / "docs/publishing.md").read_text(encoding="utf-8"),
        re.M | re.S,
    )
)
"""The section of each recipe, by its title."""


def read_documented_html(title: str) -> str:
    """Return the HTML in the section of a recipe."""
    (html,) = re.findall(r"```html\n(.*?)\n```", SECTIONS[title], re.S)
    return str(html)


def copy_recipe(name: str, folder: Path) -> Path:
    """Copy the files of a recipe into a folder, and return where they are."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(ROOT / "examples" / name, folder / name, ignore=ignored))


def run_module(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a module of Python in a folder as its command does, which does not import from there."""
    return subprocess.run(
        [sys.executable, "-P", "-m", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )

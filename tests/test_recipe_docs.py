"""The recipes are documented with the files that their tests run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.recipes import SECTIONS
from tests.repository import ROOT
from tests.samples import samples

FOLDERS = {"MkDocs": "mkdocs", "Pelican": "pelican", "FastAPI": "fastapi", "Wagtail": "wagtail"}
"""The folder in `examples` of each recipe."""


def test_every_recipe_has_a_section() -> None:
    assert list(SECTIONS) == list(FOLDERS)


@pytest.mark.parametrize("title", FOLDERS)
def test_a_section_shows_files_of_its_folder_or_parts_of_them(title: str, tmp_path: Path) -> None:
    (page := tmp_path / "section.md").write_text(SECTIONS[title], encoding="utf-8")
    folder = ROOT / "examples" / FOLDERS[title]
    files = {
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*.*")
        if path.suffix in {".py", ".yml", ".md", ".html"}
    }
    shown = [
        re.sub(r"\A# [\w/.]+\n", "", sample.source) if sample.file else sample.source
        for sample in samples(page)
        if sample.language in {"python", "yaml", "markdown", "django", "jinja"}
    ]
    assert shown
    assert [source for source in shown if not any(source in file for file in files)] == []

"""The examples of the page on integrations print what stands below them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import needs
from tests.repository import ROOT
from tests.test_integration_django import Project

pytestmark = pytest.mark.slow

for package, extra in (("django", "django"), ("markdown", "markdown"), ("flask", "dev")):
    needs(package, extra)

PAGE = (ROOT / "docs/integrations.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S))
HANDLERS = re.findall(r"```python\n(.*?)```", PAGE, re.S)[0]


def blocks(section: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", SECTIONS[section], re.S)


def test_there_are_five_frameworks() -> None:
    assert list(SECTIONS) == ["Jinja2", "Flask", "Django", "Python-Markdown", "markdown-it-py"]


@pytest.mark.parametrize("section", sorted(SECTIONS.keys() - {"Django"}))
def test_an_example_prints_what_stands_below_it(section: str, tmp_path: Path) -> None:
    (code,), (printed,) = blocks(section, "python"), blocks(section, "html")
    (tmp_path / "handlers.py").write_text(HANDLERS, encoding="utf-8")
    (tmp_path / "example.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "example.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (re.sub(r"\n+\Z", "\n", done.stdout), done.stderr) == (printed, "")


def test_the_example_of_django_gives_what_stands_below_it(tmp_path: Path) -> None:
    (settings,), (template,), (html,) = (
        blocks("Django", language) for language in ("python", "django", "html")
    )
    project = Project(tmp_path, "from pathlib import Path\nBASE_DIR = Path('.')\n" + settings)
    (tmp_path / "handlers.py").write_text(HANDLERS, encoding="utf-8")
    (tmp_path / "shortcodes").mkdir()
    assert project.check() == ["System check identified no issues (0 silenced)."]
    (made,) = project.render(template, "*1* < 2 [button]on[/button]")
    assert made.strip() == html.strip()

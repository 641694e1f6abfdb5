"""What the documentation names exists, and what exists is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.repository import ROOT
from tests.samples import python, samples

WITH_PYTHON = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    if samples(page, "python")
]
pytestmark = pytest.mark.checkout


def _sources() -> list[Path]:
    return [*(ROOT / "shortcodes").rglob("*.py"), *(ROOT / "renderers").rglob("*.py")]


def test_every_code_has_a_page_and_no_other() -> None:
    from shortcodes.linting.table import CODES

    reported = {
        code for path in _sources() for code in re.findall(r'"(SC\d{3})"', path.read_text("utf-8"))
    }
    assert sorted(reported) == list(CODES)


@pytest.mark.parametrize(
    "page",
    sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "grammar").glob("*.md")]),
)
def test_every_link_leads_to_a_file(page: Path) -> None:
    prose = re.sub(r"(?ms)^```.*?^```$|`[^`\n]+`", "`code`", page.read_text("utf-8"))
    targets = re.findall(r"\]\(([^)#:]+)\)", prose)
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_attribute_of_the_card_is_documented() -> None:
    from shortcodes_covid19.attributes import FIELDS

    page = (ROOT / "docs/card.md").read_text("utf-8").partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \|", page, re.M)
    named = [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]
    assert sorted(named) == sorted(field.name for field in FIELDS)


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_the_python_of_a_page_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    assert python(page, tmp_path) == ""

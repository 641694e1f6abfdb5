"""The recipe for MkDocs, built by its command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.needs import needs
from tests.recipes import copy_recipe, read_documented_html, run_module

pytestmark = pytest.mark.slow

needs("mkdocs", "recipes")

BUILD = ("mkdocs", "build", "--strict")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_recipe("mkdocs", tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    site = copy_recipe("mkdocs", tmp_path_factory.mktemp("built"))
    assert build(site) == (0, [])
    return site


def build(site: Path) -> tuple[int, list[str]]:
    """Build the site: the exit status, and the warnings."""
    done = run_module(site, *BUILD)
    lines = done.stderr.splitlines()
    return done.returncode, [line for line in lines if not line.startswith("INFO ")]


def read_article(site: Path, page: str) -> str:
    """Return what stands between the columns of MkDocs's theme."""
    html = (site / "site" / page).read_text(encoding="utf-8")
    (article,) = re.findall(r'<div class="col-md-9" role="main">\s*(.*?)</div>', html, re.S)
    return str(article)


def test_the_pages_have_the_output_of_shortcodes(built: Path) -> None:
    style = "<style>.note { border-left: 4px solid teal; padding: 1em }</style>"
    assert read_article(built, "index.html") == (
        '<h1 id="timetable-2026">Timetable 2026</h1>\n'
        "<table>\n<thead>\n<tr>\n<th>Island</th>\n<th>Departure</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>Gaudos</td>\n<td>8:30</td>\n</tr>\n</tbody>\n</table>\n"
        f'{style}<aside class="note">The <em>last</em> boat leaves at nine. '
        'Read <a href="guide/boarding/">how to board</a>.</aside>\n'
        '<p><a class="btn btn-primary" href="guide/boarding/">How to board</a></p>'
    )
    assert read_documented_html("MkDocs") in read_article(built, "index.html")
    assert read_article(built, "guide/boarding/index.html") == (
        '<h1 id="how-to-board">How to board</h1>\n'
        f'{style}<aside class="note">Doors close five minutes before the departure.</aside>\n'
        '<aside class="note">Dogs are welcome.</aside>\n'
        '<p><a class="btn btn-primary" href="../../">Back to the timetable</a></p>\n'
        "<p>Writers put a text into a box with <code>[note]</code>:</p>\n"
        "<pre><code>[note]Dogs are welcome.[/note]\n</code></pre>"
    )


def test_titles_and_the_search_index_have_the_output_of_shortcodes(built: Path) -> None:
    page = (built / "site/index.html").read_text(encoding="utf-8")
    assert 'href="#timetable-2026" class="nav-link">Timetable 2026</a>' in page
    assert 'href="guide/boarding/" class="dropdown-item">How to board</a>' in page
    entries = json.loads((built / "site/search/search_index.json").read_text("utf-8"))["docs"]
    texts = {entry["location"]: entry["text"] for entry in entries}
    assert texts["#timetable-2026"].endswith(
        "The last boat leaves at nine. Read how to board . How to board"
    )


def test_a_link_to_a_page_that_does_not_exist_fails_the_build(site: Path) -> None:
    parts = (
        "[note][gone](gone.md)[/note]",
        "[button to=lost.md]lost[/button]",
        "[note x=1]a[/note]",
    )
    (site / "docs/more.md").write_text("\n\n".join(parts), encoding="utf-8")
    assert build(site) == (
        1,
        [
            "WARNING -  Doc file 'more.md' contains a link 'gone.md', but the target is not found "
            "among documentation files.",
            "WARNING -  more.md: SC402 [button] was left in place: its handler failed with "
            "LookupError: there is no file 'lost.md'",
            "WARNING -  more.md: SC603 rename or delete 'x': [note] has no such attribute",
        ],
    )

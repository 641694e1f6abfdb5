"""The recipe for Pelican, built by its command."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.needs import needs
from tests.recipes import copy_recipe, read_documented_html, run_module

pytestmark = pytest.mark.slow

needs("pelican", "recipes")

WIDE = {"COLUMNS": "500"}
"""Keeps Pelican from wrapping what it reports."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_recipe("pelican", tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    site = copy_recipe("pelican", tmp_path_factory.mktemp("built"))
    done = run_module(site, "pelican", "--fatal", "warnings", **WIDE)
    assert (done.returncode, done.stderr) == (0, "")
    return site


def read_articles(site: Path, page: str) -> list[str]:
    """Return what Pelican's theme puts between the header and the footer of each article."""
    html = (site / "output" / page).read_text(encoding="utf-8")
    return re.findall(r"</header>\s*((?:(?!</header>).)*?)\s*<footer>\s*<p>Published", html, re.S)


NOTE = (
    '<aside class="note">The <em>last</em> boat leaves at nine. '
    'Read <a href="https://ferries.example/how-to-board.html">how to board</a>.</aside>'
)
BUTTON = (
    '<p><a class="button" href="https://ferries.example/how-to-board.html">How to board</a></p>'
)


def test_the_pages_have_the_output_of_shortcodes(built: Path) -> None:
    table = (
        "<table>\n<thead>\n<tr>\n<th>Island</th>\n<th>Departure</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>Gaudos</td>\n<td>8:30</td>\n</tr>\n</tbody>\n</table>"
    )
    assert read_articles(built, "timetable.html") == [f"{table}\n{NOTE}\n{BUTTON}"]
    assert read_documented_html("Pelican") == f"{NOTE}\n{BUTTON}"
    (boarding,) = read_articles(built, "how-to-board.html")
    words = re.sub(r"<(?!/?(?:aside|a|p|code)\b)[^>]*>", "", boarding)
    assert words.splitlines() == [
        '<aside class="note">Doors close five minutes before the departure.</aside>',
        '<p><a class="button" href="https://ferries.example/timetable.html">'
        "Back to the timetable</a></p>",
        "<p>Writers put a text into a box with <code>[note]</code>:</p>",
        "<code>[note]Dogs are welcome.[/note]",
        "</code>",
    ]
    summary, _ = read_articles(built, "index.html")
    assert summary == ('<section><p>Boats to <b class="island">Gaudos</b> and back.</p></section>')


def test_the_css_is_in_a_file_and_not_in_the_feed(built: Path) -> None:
    output = built / "output"
    css = ".note { border-left: 4px solid teal; padding: 1em }"
    assert (output / "shortcodes.css").read_text(encoding="utf-8") == css
    link = '<link rel="stylesheet" type="text/css" href="https://ferries.example/shortcodes.css" />'
    assert link in (output / "timetable.html").read_text(encoding="utf-8")
    entry = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}content"
    contents = [
        content.text or ""
        for content in ElementTree.parse(output / "feeds/all.atom.xml").findall(entry)
    ]
    assert [content.endswith(f"\n{NOTE}\n{BUTTON}") for content in contents] == [True, False]
    assert [content for content in contents if "<style" in content or "teal" in content] == []


def test_problems_are_warnings_also_where_a_summary_is_converted_after_the_text(site: Path) -> None:
    text = "Title: More\nDate: 2026-03-01\nSummary: [note x=1]a[/note]\n\n[button to=a:b]c[/button]"
    (more := site / "content/more.md").write_text(text, encoding="utf-8")
    done = run_module(site, "pelican", **WIDE)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall(r"WARNING  (.*?)\s\s", done.stdout) == [
        f"{more}: SC602 [button] was left in place: write an address such as https://example.com "
        "or /page for to, not 'a:b'",
        f"{more}: SC603 rename or delete 'x': [note] has no such attribute",
    ]
    assert run_module(site, "pelican", "--fatal", "warnings", **WIDE).returncode == 1

"""The recipe for Wagtail: its editor saves pages, and its site shows them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.needs import needs
from tests.recipes import copy_recipe, read_documented_html

pytestmark = pytest.mark.slow

needs("wagtail", "recipes")

EDIT = r'''
import json, os, sys

os.environ["DJANGO_SETTINGS_MODULE"] = "ferries.settings"
import django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from ferries.models import TextPage
from wagtail.models import Page, Site

setup_test_environment()
call_command("migrate", verbosity=0)
call_command("check", fail_level="WARNING")
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
home = Page.objects.get(depth=1).add_child(instance=TextPage(title="Ferries", slug="ferries"))
Site.objects.update(hostname="ferries.example", root_page=home)
client = Client(headers={"host": "ferries.example"})
client.force_login(User.objects.create_superuser("ada"))


def write_rich(text):
    """Return lines as the editor for rich text sends them."""
    blocks = [
        {"key": f"line{number}", "type": "unstyled", "depth": 0, "text": line,
         "inlineStyleRanges": [], "entityRanges": []}
        for number, line in enumerate(text.splitlines())
    ]
    return json.dumps({"blocks": blocks, "entityMap": {}})


def publish(page):
    """Fill in the form for a new page: what it says is wrong, or what the site then shows."""
    fields = {
        "title": page["title"], "slug": page["title"].lower(), "action-publish": "1",
        "introduction": write_rich(page.get("introduction", "")),
        "body-count": len(page["body"]),
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
    }
    for number, (kind, text) in enumerate(page["body"]):
        values = {"type": kind, "value": write_rich(text) if kind == "rich" else text,
                  "order": number, "deleted": "", "id": ""}
        fields |= {f"body-{number}-{name}": value for name, value in values.items()}
    answer = client.post(f"/admin/pages/add/ferries/textpage/{home.id}/", fields)
    if answer.status_code != 302:
        errors = answer.context["form"].errors.as_data()
        found = errors.get("introduction", [])
        found += [each for error in errors.get("body", []) for each in error.block_errors.values()]
        return [message for error in found for message in error.messages]
    url = TextPage.objects.get(slug=fields["slug"]).url
    return Client(headers={"host": "ferries.example"}).get(url).text


def search(title):
    page = TextPage.objects.get(title=title)
    return [text for block in page.body for text in block.block.get_searchable_content(block.value)]


pages = json.load(sys.stdin)
results = [publish(page) for page in pages]
print(json.dumps({"results": results, "search": search("Timetable")}))
'''

PAGES: list[dict[str, Any]] = [
    {"title": "Boarding", "body": [("markdown", "[note]Doors *close* early.[/note]")]},
    {
        "title": "Timetable",
        "introduction": "The boats leave at nine.\n[note]Not on Sundays.[/note]",
        "body": [
            ("rich", "[note]\nDogs & cats\nare welcome.\n[/note]\n[button to=boarding]Go[/button]"),
            (
                "markdown",
                "| Gaudos |\n|--------|\n| 8:30   |\n\n[button to=”boarding″]*Go*[/button]",
            ),
        ],
    },
    {
        "title": "Mistakes",
        "introduction": "[button]a[/button]",
        "body": [("rich", "[note]a"), ("markdown", "[note x=1]a[/note]")],
    },
]


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the editor and the site say of the pages."""
    site = copy_recipe("wagtail", tmp_path_factory.mktemp("edited"))
    done = subprocess.run(
        [sys.executable, "-c", EDIT],
        cwd=site,
        input=json.dumps(PAGES),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def write_page(title: str, *parts: str) -> str:
    body = "\n".join(parts)
    return (
        f'\n\n<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>{title}</title>\n'
        "<style>.note { border-left: 4px solid teal; padding: 1em }</style>\n</head>\n"
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def test_a_page_has_the_output_of_its_shortcodes_and_their_css_in_its_head(
    edited: dict[str, Any],
) -> None:
    boarding, timetable, _ = edited["results"]
    assert boarding == write_page(
        "Boarding",
        "",
        '<div class="w-block-markdown block-markdown">'
        '<aside class="note">Doors <em>close</em> early.</aside>\n\n</div>',
    )
    assert timetable == write_page(
        "Timetable",
        '<p data-block-key="line0">The boats leave at nine.</p>'
        '<aside class="note">Not on Sundays.</aside>',
        '<div class="w-block-rich block-rich">'
        '<aside class="note"><p>Dogs &amp; cats</p><p>are welcome.</p></aside>'
        '<p data-block-key="line4"><a class="button" href="/boarding/">Go</a></p>\n</div>',
        '<div class="w-block-markdown block-markdown"><table>\n'
        "<thead>\n<tr>\n<th>Gaudos</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>8:30</td>\n</tr>\n</tbody>\n</table>\n"
        '<p><a class="button" href="/boarding/"><em>Go</em></a></p>\n\n</div>',
    )
    assert read_documented_html("Wagtail").replace("\n", "") in timetable


def test_the_editor_says_what_is_wrong_with_a_text_and_does_not_save_it(
    edited: dict[str, Any],
) -> None:
    assert edited["results"][2] == [
        "add the attribute 'to', which [button] requires",
        "close [note] with [/note]: it always encloses text",
        "rename or delete 'x': [note] has no such attribute",
    ]


def test_a_search_finds_the_text_without_tags(edited: dict[str, Any]) -> None:
    assert edited["search"] == [
        "Dogs & cats are welcome. Go",
        "| Gaudos |\n|--------|\n| 8:30   |\n\n*Go*",
    ]

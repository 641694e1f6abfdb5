"""Shortcodes in a project of Django, made in a temporary folder and run as its own process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import attacks
from tests.hostile import TEMPLATES, VALUES
from tests.needs import needs
from tests.repository import ROOT

pytestmark = pytest.mark.slow

needs("django", "django")

MANAGE = """\
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""
SETTINGS = """\
SECRET_KEY = "for tests"
INSTALLED_APPS = ["shortcodes.integrations.django"]
TEMPLATES = [
    {{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": ["pages"],
        "APP_DIRS": True,
    }}
]
USE_TZ = True
{more}
"""
HANDLERS = """\
from markupsafe import Markup
from shortcodes import Engine

engine = Engine()
number = 7

@engine.shortcode("hi")
def greeting(name, *, content=""):
    return Markup("<i>Hi {}{}</i>").format(name, content)
"""
RENDER = """\
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from django.template import engines
from django.utils.safestring import mark_safe
for given in json.load(sys.stdin):
    template, text, safe = given
    made = engines["django"].from_string(template)
    print(json.dumps(made.render({"text": mark_safe(text) if safe else text})))
"""
CONFIGURED = 'SHORTCODES = {"ENGINE": "handlers:engine"}'
TEXT = 'Say <b> & [hi name="you & me"].'
FILTER = "{% load shortcodes %}{{ text|shortcodes }}"


class Project:
    """A project in a folder."""

    def __init__(self, folder: Path, more: str = CONFIGURED) -> None:
        self.folder = folder
        files = {
            "manage.py": MANAGE,
            "settings.py": SETTINGS.format(more=more),
            "handlers.py": HANDLERS,
            "render.py": RENDER,
        }
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")

    def run(self, *command: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )

    def render(self, template: str, *texts: object, safe: bool = False) -> list[str]:
        given = json.dumps([[template, text, safe] for text in texts or ("",)])
        done = self.run("render.py", given=given)
        assert done.stderr == ""
        return [json.loads(line) for line in done.stdout.splitlines()]

    def check(self) -> list[str]:
        done = self.run("manage.py", "check")
        return (done.stdout + done.stderr).strip().splitlines()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_str_is_text_and_what_is_safe_is_html(project: Project) -> None:
    expected = "<p>Say &lt;b&gt; &amp; <i>Hi you &amp; me</i>.</p>\n"
    assert project.render(FILTER, TEXT) == [expected]
    assert project.render(FILTER, TEXT, safe=True) == ["Say <b> & <i>Hi you &amp; me</i>."]


def test_a_format_overrides_whether_a_value_is_safe(project: Project) -> None:
    template = '{% load shortcodes %}{{ text|shortcodes:"markdown" }}{{ text|shortcodes:"html" }}'
    expected = "<p><em>a</em> <i>Hi b</i></p>\n*a* <i>Hi b</i>"
    assert project.render(template, "*a* [hi b]") == [expected]
    assert project.render(template, "*a* [hi b]", safe=True) == [expected]


def test_what_the_filter_returns_is_safe_for_other_filters(project: Project) -> None:
    template = "{% load shortcodes %}{{ text|shortcodes|default:'x' }}"
    assert project.render(template, "a & b") == ["<p>a &amp; b</p>\n"]


def test_a_block_is_html_with_its_variables_escaped(project: Project) -> None:
    template = (
        "{% load shortcodes %}{% shortcodes %}<u>{{ text }}</u>"
        "[hi name={% if text %}'you'{% endif %}]<b>in</b>[/hi]{% endshortcodes %}"
    )
    assert project.render(template, TEXT) == [
        "<u>Say &lt;b&gt; &amp; <i>Hi you &amp; me</i>.</u><i>Hi you<b>in</b></i>"
    ]


def test_a_block_takes_a_format_and_options(project: Project) -> None:
    template = (
        '{% load shortcodes %}{% shortcodes "markdown" unknown="strip" %}'
        "*a* [gone x=1][hi b]{% endshortcodes %}"
    )
    assert project.render(template) == ["<p><em>a</em> <i>Hi b</i></p>\n"]


def test_without_the_setting_what_is_installed_renders(tmp_path: Path) -> None:
    (made,) = Project(tmp_path, "").render(FILTER, "[covid19-ultimate-card region=EG]")
    assert made.count("35,444") == 1


def test_templates_and_options_are_read_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "card.html").write_text("<b>{{ title }}</b>\n", encoding="utf-8")
    project = Project(
        tmp_path,
        'SHORTCODES = {"ENGINE": "handlers:engine", "TEMPLATES": "cards",'
        ' "OPTIONS": {"unknown": "strip"}}',
    )
    assert project.check() == ["System check identified no issues (0 silenced)."]
    made = project.render(FILTER, "[card title='<']", "[hi b]", "[gone x=1]c")
    assert made == ["<b>&lt;</b>\n", "<i>Hi b</i>\n", "<p>c</p>\n"]


def test_templates_of_the_settings_win_over_built_in_handlers(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "gallery.html").write_text("<b>{{ ids }}</b>\n", encoding="utf-8")
    project = Project(tmp_path, 'SHORTCODES = {"TEMPLATES": "cards"}')
    assert project.check() == ["System check identified no issues (0 silenced)."]
    assert project.render(FILTER, "[gallery ids='1,2']") == ["<b>1,2</b>\n"]


WRONG: Mapping[str, list[str]] = {
    "['engine']": ["(shortcodes.E001) SHORTCODES must be a dict, not list"],
    "{'ENGIN': 'handlers:engine', 7: 8}": [
        "(shortcodes.E002) SHORTCODES has an unknown key 'ENGIN'; did you mean 'ENGINE'?",
        "(shortcodes.E002) SHORTCODES has an unknown key 7; known: ENGINE, TEMPLATES, OPTIONS, "
        "DATA",
    ],
    "{'ENGINE': 'handlers.engine'}": [
        "(shortcodes.E003) SHORTCODES['ENGINE']: it must be 'module:name', not 'handlers.engine'"
    ],
    "{'ENGINE': 'nothing:engine'}": [
        "(shortcodes.E003) SHORTCODES['ENGINE']: No module named 'nothing'"
    ],
    "{'ENGINE': 'handlers:nothing'}": [
        "(shortcodes.E003) SHORTCODES['ENGINE']: module 'handlers' has no attribute 'nothing'"
    ],
    "{'ENGINE': 'handlers:number', 'TEMPLATES': 'nowhere', 'OPTIONS': {'unknown': 'go'}}": [
        "(shortcodes.E003) SHORTCODES['ENGINE']: handlers:number must be a shortcodes.Engine, "
        "not int",
        "(shortcodes.E004) SHORTCODES['TEMPLATES']: there is no folder 'nowhere'",
        "(shortcodes.E005) SHORTCODES['OPTIONS']: "
        "unknown must be one of 'keep', 'strip', 'mark', not 'go'",
    ],
}


@pytest.mark.parametrize(("setting", "errors"), WRONG.items(), ids=WRONG)
def test_the_system_checks_report_wrong_settings(
    tmp_path: Path, setting: str, errors: list[str]
) -> None:
    lines = Project(tmp_path, f"SHORTCODES = {setting}").check()
    said = [line.removeprefix("?: ") for line in lines if line.startswith("?: ")]
    assert sorted(said) == sorted(errors)
    number = f"{len(errors)} issue{'s' if len(errors) > 1 else ''}"
    assert lines[-1] == f"System check identified {number} (0 silenced)."


def test_templates_do_not_render_with_a_wrong_setting(tmp_path: Path) -> None:
    project = Project(tmp_path, "SHORTCODES = {'ENGIN': 1}")
    done = project.run("render.py", given=json.dumps([[FILTER, "a", False]]))
    assert done.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        "SHORTCODES has an unknown key 'ENGIN'; did you mean 'ENGINE'?"
    )


def test_settings_may_change_in_a_test(project: Project) -> None:
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n"
        "import django; django.setup()\n"
        "from django.test.utils import override_settings\n"
        "from shortcodes.integrations.django import conf\n"
        "with override_settings(SHORTCODES={}):\n"
        "    print('hi' in conf.get_valid_settings().engine.names)\n"
        "print('hi' in conf.get_valid_settings().engine.names)\n"
    )
    assert project.run("-c", code).stdout == "False\nTrue\n"


def test_without_django_a_sentence_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['django'] = sys.modules['markdown'] = None\n"
        "import importlib, shortcodes\n"
        "for name in ('django', 'markdown'):\n"
        "    try: importlib.import_module(f'shortcodes.integrations.{name}')\n"
        "    except shortcodes.MissingExtra as error: print(error)\n"
    )
    assert Project(tmp_path).run("-c", code).stdout == (
        "Django needs the extra django: pip install 'shortcode-engine[django]'\n"
        "Python-Markdown needs the extra markdown: pip install 'shortcode-engine[markdown]'\n"
    )


def attacked(folder: Path) -> Project:
    """Return a project whose engine is attacked."""
    (folder / "cards").mkdir()
    code = "import pathlib\nfrom tests import attacks\n"
    code += 'engine = attacks.engine(pathlib.Path("cards"))\n'
    (folder / "attacked.py").write_text(code, encoding="utf-8")
    (folder / "tests").symlink_to(Path(__file__).parent, target_is_directory=True)
    return Project(folder, 'SHORTCODES = {"ENGINE": "attacked:engine"}')


def rendering(folder: Path, template: str, texts: list[str], *, safe: bool) -> Callable[[str], str]:
    """Return what renders each of these texts; it was done before, in one process."""
    made = attacked(folder).render(template, *texts, safe=safe)
    return dict(zip(texts, made, strict=True)).__getitem__


def test_text_from_outside_gets_out_of_no_filter(tmp_path: Path) -> None:
    values = VALUES
    contents = {value: attacks.in_content(value) for value in values}
    alone = [f"[box]{text}[/box]" for text in TEMPLATES]
    texts = [*values, *map(attacks.in_attributes, values), *contents.values(), *alone]
    render = rendering(tmp_path, FILTER, texts, safe=False)
    assert attacks.failures_in_attributes(render) == {}
    assert attacks.failures(render, {value: value for value in values}) == {}
    assert attacks.failures(render, contents) == {}
    assert attacks.re_read(render) == []


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_attributes_and_contents_get_out_of_no_block(tmp_path: Path, form: str) -> None:
    enclosed = dict(attacks.enclosed(attacks.engine(tmp_path)))
    texts = [*map(attacks.in_attributes, VALUES), *enclosed.values()]
    template = (
        f'{{% load shortcodes %}}{{% shortcodes "{form}" %}}{{{{ text }}}}{{% endshortcodes %}}'
    )
    render = rendering(tmp_path, template, texts, safe=True)
    assert attacks.failures_in_attributes(render) == {}
    assert attacks.failures(render, enclosed) == {}


STYLED = """\
from markupsafe import Markup
from shortcodes import Call, Engine

engine = Engine()

@engine.shortcode("note")
def note(call: Call, *, content: Markup) -> Markup:
    call.context.stylesheets["note"] = "b{}"
    return Markup("<b>{}</b>").format(content)
"""
RENDER_STYLED = """\
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from django.template import engines
page = engines["django"].from_string(sys.stdin.read())
print(page.render({"text": "[note]<[/note]", "found": {}}))
"""


def test_a_page_has_the_styles_of_its_shortcodes_in_the_head(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "handlers.py").write_text(STYLED, encoding="utf-8")
    (tmp_path / "styled.py").write_text(RENDER_STYLED, encoding="utf-8")
    page = re.findall(
        r"```django\n(.*?)```", (ROOT / "docs/stylesheets.md").read_text("utf-8"), re.S
    )
    done = project.run("styled.py", given=page[0])
    assert (done.stdout.strip(), done.stderr) == (
        "<head><style>b{}</style></head>\n<body><b>&lt;</b></body>",
        "",
    )


WITH_DATA = """\
SHORTCODES = {"ENGINE": "handlers:with_data", "DATA": ["text", "absent"]}
"""
SHOW_DATA = """
with_data = Engine()

@with_data.shortcode("data")
def show_data(call):
    return " ".join(f"{name}={value}" for name, value in call.data.items())
"""


def test_handlers_see_the_variables_that_the_site_names_and_no_others(tmp_path: Path) -> None:
    project = Project(tmp_path, WITH_DATA)
    (tmp_path / "handlers.py").write_text(HANDLERS + SHOW_DATA, encoding="utf-8")
    template = (
        '{% load shortcodes %}{% with other="x" %}{% shortcodes %}[data]{% endshortcodes %}|'
        '{% render_shortcodes "[data]" "html" %}|{% render_shortcodes text "html" %}|'
        '{{ "[data]"|shortcodes:"html" }}{% endwith %}'
    )
    assert project.render(template, "[data]") == [
        "text=[data]|text=[data]|text=[data]|",
    ]


def test_a_mistake_in_the_names_of_variables_is_reported(tmp_path: Path) -> None:
    report = "\n".join(Project(tmp_path, 'SHORTCODES = {"DATA": "request"}').check())
    assert "(shortcodes.E006) SHORTCODES['DATA']: the value must be a collection of names" in report

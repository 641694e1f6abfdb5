"""Templates with what a site adds: globals, filters, tests, its environment, style sheets."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DebugUndefined, DictLoader, Environment
from jinja2.sandbox import MAX_RANGE
from markupsafe import Markup

from shortcodes import Diagnostic, Engine

FRENCH = {
    "Hello": "<b>Salut</b>",
    "Hello %(who)s": "Salut <i>%(who)s</i>",
    "one": "un",
    "%(n)s": "%(n)s bateaux",
}


def _translate(text: str) -> str:
    return FRENCH.get(text, text)


def _translate_number(one: str, many: str, n: int) -> str:
    return _translate(one if n == 1 else many)


def _link(name: str, **values: Any) -> str:
    return f"/{name}?" + "&".join(f"{key}={value}" for key, value in values.items())


def _is_long(text: str) -> bool:
    return len(text) > 3


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def render(engine: Engine, text: str, **options: Any) -> str:
    return engine.render(text, format="html", **options)


def fail(engine: Engine, text: str) -> str:
    """Return why the one shortcode of a text stays in place."""
    found: list[Diagnostic] = []
    assert engine.render(text, format="html", diagnostics=found) == text
    assert [each.code for each in found] == ["SC402"]
    return found[0].message


# --- globals, filters, tests ----------------------------------------------------------------------


def test_templates_use_what_the_engine_was_given(tmp_path: Path) -> None:
    template = (
        '<a href="{{ url_for("x", a=1, b=2) }}">{{ t|shout }}{% if t is long %}!{% endif %}</a>'
    )
    additions: dict[str, Any] = {
        "globals": {"url_for": _link},
        "filters": {"shout": str.upper},
        "tests": {"long": _is_long},
    }
    engine = Engine(templates=write(tmp_path, {"a.html": template}), **additions)
    expected = '<a href="/x?a=1&amp;b=2">&lt;ZZ&gt;XY!</a>'
    assert render(engine, "[a t=<zz>xy]") == expected
    later = Engine(**additions)
    later.add_templates(tmp_path)
    assert render(later.copy(), "[a t=<zz>xy]") == expected
    assert render(pickle.loads(pickle.dumps(later)), "[a t=<zz>xy]") == expected


def test_macros_and_parts_use_them_too(tmp_path: Path) -> None:
    files = {
        "a.html": '{% import "parts/m.html" as m %}{{ m.link() }}{% include "parts/p.html" %}',
        "parts/m.html": '{% macro link() %}{{ url_for("m") }}{% endmacro %}',
        "parts/p.html": '{{ url_for("p")|shout }}',
    }
    engine = Engine(
        templates=write(tmp_path, files), globals={"url_for": _link}, filters={"shout": str.upper}
    )
    assert engine.names == ["a"]
    assert render(engine, "[a]") == "/m?/P?"


@pytest.mark.parametrize("name", ["url_for", "user", "data", "content", "name", "attributes", "_"])
def test_no_attribute_takes_the_place_of_what_the_site_provides(tmp_path: Path, name: str) -> None:
    template = (
        "{{ url_for('x') }} {{ user }} {{ data.a }} {{ content }} {{ name }} {{ _('Hello') }}"
    )
    provided = {"url_for": _link, "user": "Ada", "gettext": _translate}
    engine = Engine(
        templates=write(tmp_path, {"a.html": f"{template} {{{{ attributes[{name!r}] }}}}"}),
        globals=provided,
        schemas={"a": {"open-ended": True, "attributes": {"user": {}, "url-for": {}}}},
    )
    text = (
        f"[a {name}=mine {name.replace('_', '-')}=mine]c[/a]" if name != "_" else "[a _=mine]c[/a]"
    )
    assert render(engine, text, data={"a": "1"}) == ("/x? Ada 1 c a &lt;b&gt;Salut&lt;/b&gt; mine")


@given(
    st.dictionaries(
        st.sampled_from(["user", "USER", "url_for", "url-for", "gettext", "_", "data", "range"]),
        st.text("ab<>&'{}%() _", max_size=6),
    )
)
def test_attributes_never_change_what_globals_print(attributes: dict[str, str]) -> None:
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    assert render(_PROVIDING, f"[provided {written}]", data={"user": "u"}) == "Ada u ok ok"


@pytest.fixture(scope="module", autouse=True)
def _providing(tmp_path_factory: pytest.TempPathFactory) -> None:
    template = "{{ user }} {{ data.user }} {{ url_for() }} {{ _('ok') }}"
    folder = write(tmp_path_factory.mktemp("providing"), {"provided.html": template})
    _PROVIDING.add_templates(folder)


_PROVIDING = Engine(globals={"user": "Ada", "url_for": lambda: "ok", "gettext": _translate})


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"globals": []}, TypeError, "globals must be a mapping, not list"),
        ({"globals": {1: 2}}, TypeError, "each key of globals must be a str, not int"),
        ({"filters": {"a": 1}}, TypeError, "'a' in filters must be a function, not int"),
        ({"tests": {"a": None}}, TypeError, "'a' in tests must be a function, not NoneType"),
        ({"environment": 1}, TypeError, "environment must be an Environment or None, not int"),
        (
            {"globals": {"data": 1}},
            ValueError,
            "'data' in globals is a variable of every template: rename it",
        ),
    ],
)
def test_wrong_additions_are_refused(
    arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        Engine(**arguments)
    assert str(caught.value) == message


# --- the environment of a site --------------------------------------------------------------------


def _build_environment(**options: Any) -> Environment:
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)
    environment.globals["url_for"] = _link
    environment.filters["shout"] = str.upper
    environment.tests["long"] = _is_long
    return environment


def test_templates_have_what_the_environment_has(tmp_path: Path) -> None:
    environment = _build_environment(variable_start_string="<<", variable_end_string=">>")
    environment.policies["truncate.leeway"] = 0
    template = "<< url_for('x') >> << t|shout >> {% if t is long %}!{% endif %}{% do t %} "
    engine = Engine(
        templates=write(tmp_path, {"a.html": template + "<< 'abcdef'|truncate(5, true) >>"}),
        environment=environment,
        globals={"url_for": lambda name: name},
    )
    assert render(engine, "[a t=abcd]") == "x ABCD ! ab..."


def test_what_is_added_to_an_environment_before_the_first_use_counts(tmp_path: Path) -> None:
    environment = _build_environment()
    engine = Engine(templates=write(tmp_path, {"a.html": "{{ late }}"}), environment=environment)
    environment.globals["late"] = "yes"
    assert render(engine, "[a]") == "yes"


@pytest.mark.parametrize("autoescape", [False, True, lambda name: False])
def test_templates_escape_whatever_the_environment_says(tmp_path: Path, autoescape: Any) -> None:
    engine = Engine(
        templates=write(tmp_path, {"a.html": "{{ t }}{{ url_for('&') }}{{ content }}"}),
        environment=_build_environment(autoescape=autoescape),
    )
    assert render(engine, "[a t=<zz>]<b>c</b>[/a]") == "&lt;zz&gt;/&amp;?<b>c</b>"


@pytest.mark.parametrize(
    "template",
    [
        "{{ url_for.__globals__ }}",
        "{{ content.__class__.__mro__ }}",
        "{{ url_for|attr('__globals__') }}",
        "{{ shared.append(1) }}",
        "{{ shared.__init__ }}",
        "{{ '{0.__class__}'.format(content) }}",
        f"{{{{ range({MAX_RANGE + 1}) }}}}",
        "{{ closed() }}",
    ],
)
def test_templates_are_sandboxed_whatever_the_environment_is(tmp_path: Path, template: str) -> None:
    def closed() -> str:
        raise AssertionError

    closed.alters_data = True  # type: ignore[attr-defined]
    shared: list[int] = []
    environment = _build_environment()
    environment.globals |= {"shared": shared, "closed": closed}
    engine = Engine(templates=write(tmp_path, {"a.html": template}), environment=environment)
    assert "SecurityError" in fail(engine, "[a]") or "OverflowError" in fail(engine, "[a]")
    assert shared == []


@pytest.mark.parametrize(
    "template",
    ['{% include "page.html" %}', '{% extends "page.html" %}', '{% import "page.html" as p %}'],
)
def test_the_templates_of_the_site_are_out_of_reach(tmp_path: Path, template: str) -> None:
    environment = _build_environment(loader=DictLoader({"page.html": "secret"}))
    engine = Engine(templates=write(tmp_path, {"a.html": template}), environment=environment)
    assert "TemplateNotFound: 'page.html' not found in " in fail(engine, "[a]")


@pytest.mark.parametrize("path", ["../secret.html", "/etc/hostname", "parts/../../secret.html"])
def test_no_attribute_leads_a_template_out_of_its_folder(tmp_path: Path, path: str) -> None:
    write(tmp_path, {"secret.html": "secret", "t/a.html": "{% include attributes.part %}"})
    engine = Engine(templates=tmp_path / "t", environment=_build_environment())
    assert "TemplateNotFound" in fail(engine, f'[a part="{path}"]')
    (tmp_path / "t" / "linked.html").symlink_to(tmp_path / "secret.html")
    assert "OutsideError" in fail(engine, "[a part=linked.html]")


def test_undefined_and_finalize_follow_the_environment_only_if_it_has_its_own(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"a.html": "{{ empty }}|{{ gone }}"})
    strict = Engine(templates=tmp_path, environment=_build_environment())
    assert "UndefinedError: 'empty' is undefined" in fail(strict, "[a]")
    environment = _build_environment(
        undefined=DebugUndefined, finalize=lambda value: "-" if value is None else value
    )
    environment.globals["empty"] = None
    own = Engine(templates=tmp_path, environment=environment)
    assert render(own, "[a]") == "-|{{ gone }}"


def test_an_asynchronous_environment_renders_synchronously(tmp_path: Path) -> None:
    engine = Engine(
        templates=write(tmp_path, {"a.html": "{{ [1, 2]|map('string')|join('-') }}"}),
        environment=_build_environment(enable_async=True),
    )
    assert render(engine, "[a]") == "1-2"


def test_the_environment_itself_stays_as_it_is(tmp_path: Path) -> None:
    environment = _build_environment()
    before = {name: repr(value) for name, value in vars(environment).items()}
    engine = Engine(
        templates=write(tmp_path, {"a.html": "{{ x }}"}), environment=environment, globals={"x": 1}
    )
    assert render(engine, "[a]") == "1"
    assert {name: repr(value) for name, value in vars(environment).items()} == before


def test_flask_gives_its_url_for_and_its_request(tmp_path: Path) -> None:
    flask = pytest.importorskip("flask")
    app = flask.Flask(__name__)
    app.add_url_rule("/pages/<name>", "page", lambda name: name)
    template = "{{ url_for('page', name=to) }} {{ request.path }} {{ g.user }}"
    engine = Engine(templates=write(tmp_path, {"to.html": template}), environment=app.jinja_env)
    for user in ("Ada", "<Eve>"):
        with app.test_request_context(f"/{user}"):
            flask.g.user = user
            shown = Markup("/pages/fair /{} {}").format(user, user)
            assert render(engine, "[to to=fair request=x g=y]") == shown


# --- translations ---------------------------------------------------------------------------------


@pytest.mark.parametrize("newstyle", [False, True])
def test_templates_are_translated_by_the_extension_of_jinja2(
    tmp_path: Path, newstyle: bool
) -> None:
    environment = _build_environment()
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _translate, _translate_number, newstyle=newstyle
    )
    template = (
        "{% trans %}Hello{% endtrans %}, {% trans who=who %}Hello {{ who }}{% endtrans %}, "
        "{% trans n=2 %}one{% pluralize %}{{ n }}{% endtrans %}"
    )
    engine = Engine(templates=write(tmp_path, {"a.html": template}), environment=environment)
    assert render(engine, "[a who=<zz>]") == ("<b>Salut</b>, Salut <i>&lt;zz&gt;</i>, 2 bateaux")


def test_globals_are_enough_to_translate(tmp_path: Path) -> None:
    template = "{{ _('one') }} {% trans n=count %}one{% pluralize %}{{ n }}{% endtrans %}"
    engine = Engine(
        templates=write(tmp_path, {"a.html": template}),
        globals={"gettext": _translate, "ngettext": _translate_number},
        schemas={"a": {"attributes": {"count": {"type": "integer"}}}},
    )
    assert render(engine, "[a count=1] [a count=3]") == "un un un 3 bateaux"


@pytest.mark.parametrize("newstyle", [False, True])
@pytest.mark.parametrize(
    "template",
    [
        "{{ _(t) }}",
        "{{ gettext(t) }}",
        "{{ gettext(t ~ '') }}",
        "{{ ngettext(t, t, 1) }}",
        "{{ ngettext('one', t, 2) }}",
        "{{ ngettext('one', positional|first|default(t), 2) }}",
        "{% set x = _(t) %}{{ x }}",
    ],
)
def test_an_attribute_that_is_translated_is_no_markup(
    tmp_path: Path, template: str, newstyle: bool
) -> None:
    environment = _build_environment()
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _translate, _translate_number, newstyle=newstyle
    )
    engine = Engine(templates=write(tmp_path, {"a.html": template}), environment=environment)
    assert render(engine, '[a t="<script>x</script>"]') == "&lt;script&gt;x&lt;/script&gt;"


# --- style sheets ---------------------------------------------------------------------------------

COMPONENTS = {
    "button.html": '<b class="button">{{ content }}</b>',
    "button.css": ".button{}",
    "card.html": (
        '{% extends "parts/frame.html" %}{% block in %}{% include "button.html" %}{% endblock %}'
    ),
    "card.css": ".card{}",
    "parts/frame.html": "<div>{% block in %}{% endblock %}</div>",
    "parts/frame.css": ".frame{}",
    "bare.html": "bare",
    "list.html": '{% include ["gone.html", "button.html"] %}',
    "failing.html": "{{ gone }}",
    "failing.css": ".failing{}",
}


@pytest.fixture
def components(tmp_path: Path) -> Path:
    return write(tmp_path / "kit", COMPONENTS)


def test_the_style_sheet_of_a_template_is_printed_once_where_it_is_needed(
    components: Path,
) -> None:
    engine = Engine(templates=components)
    assert render(engine, "[bare] [button]a[/button] [button]b[/button]") == (
        'bare <style>.button{}</style><b class="button">a</b> <b class="button">b</b>'
    )


def test_the_style_sheets_of_parts_come_with_the_template(components: Path) -> None:
    engine = Engine(templates=components)
    found: dict[str, str] = {}
    html = render(engine, "[card]a[/card]", options={"styles": "none"}, stylesheets=found)
    assert html == '<div><b class="button">a</b></div>'
    assert list(found.items()) == [
        ("kit/parts/frame.css", ".frame{}"),
        ("kit/button.css", ".button{}"),
        ("kit/card.css", ".card{}"),
    ]
    assert render(engine, "[list]").startswith("<style>.button{}</style>")


def test_a_template_that_fails_adds_no_style_sheet(components: Path) -> None:
    found: dict[str, str] = {}
    render(Engine(templates=components), "[failing]", stylesheets=found)
    assert found == {}


def test_style_sheets_become_attributes_for_mail(components: Path) -> None:
    pytest.importorskip("css_inline")
    write(components, {"button.css": ".button { color: red }"})
    html = render(Engine(templates=components), "[button]a[/button]", options={"styles": "inline"})
    assert html == '<b class="button" style="color: red;">a</b>'


def test_a_style_sheet_that_changes_is_read_again(components: Path) -> None:
    engine = Engine(templates=components)
    render(engine, "[button] [bare]")
    write(components, {"button.css": ".new{}"})
    os.utime(components / "button.css", (1, 1))
    assert render(engine, "[button]").startswith("<style>.new{}</style>")
    (components / "button.css").unlink()
    assert render(engine, "[button]") == '<b class="button"></b>'


def test_a_style_sheet_that_is_added_counts_when_its_template_is_loaded(components: Path) -> None:
    engine = Engine(templates=components)
    render(engine, "[bare]")
    write(components, {"bare.css": ".bare{}"})
    assert render(engine, "[bare]") == "bare"
    os.utime(components / "bare.html", (1, 1))
    assert render(engine, "[bare]") == "<style>.bare{}</style>bare"


def test_a_style_sheet_ends_no_style_element(components: Path) -> None:
    write(components, {"button.css": "</style><script>x</script>"})
    html = render(Engine(templates=components), "[button]")
    assert "</style><script" not in html


def test_no_link_leads_to_a_style_sheet_outside_of_the_folder(
    components: Path, tmp_path: Path
) -> None:
    write(tmp_path, {"secret.css": "secret"})
    (components / "bare.css").symlink_to(tmp_path / "secret.css")
    assert "OutsideError" in fail(Engine(templates=components), "[bare]")


def test_a_folder_in_the_place_of_a_style_sheet_is_none(components: Path) -> None:
    (components / "bare.css").mkdir()
    assert render(Engine(templates=components), "[bare]") == "bare"


def test_a_style_sheet_that_cannot_be_read_fails_the_shortcode(components: Path) -> None:
    (components / "bare.css").write_bytes(b"\xff")
    assert "UnicodeDecodeError" in fail(Engine(templates=components), "[bare]")


def test_a_template_that_replaces_another_brings_its_own_style_sheet(
    components: Path, tmp_path: Path
) -> None:
    own = write(tmp_path / "own", {"button.html": "mine", "button.css": ".mine{}"})
    engine = Engine(templates=components)
    engine.add_templates(own, replace=True)
    assert render(engine, "[button]") == "<style>.mine{}</style>mine"

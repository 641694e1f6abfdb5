"""Where the CSS of handlers goes: once, into attributes, or into a file of the site's own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from markupsafe import Markup, escape

from shortcodes import Call, Diagnostic, Engine, MissingExtra
from shortcodes.__main__ import main
from shortcodes_covid19 import stylesheet

TWO = "[covid19-ultimate-card region=EG]\n\ntext\n\n[covid19-ultimate-card bg-color=#111]"
DARK = stylesheet(("#fff", "#111"))


def render(styles: str, text: str = TWO) -> str:
    return str(Engine(installed=True).render(text, options={"styles": styles}))


def test_once_is_a_style_element_for_each_sheet_before_the_first_card_that_needs_it() -> None:
    made = render("once")
    assert [part.count("<style>") for part in made.split("<article")] == [1, 1, 0]
    assert made.count("</style><article") == 2


def test_inline_is_every_declaration_at_its_element_and_no_style_element() -> None:
    made = render("inline")
    heads = [part.partition(">")[0] for part in made.split("<article")[1:]]
    assert "<style" not in made
    assert ["font-variant-numeric: tabular-nums" in head for head in heads] == [True, True]
    assert ["--cov19u-ground: #111111" in head for head in heads] == [False, True]
    assert "<p>text</p>" in made


def test_inline_needs_the_same_sheet_however_many_colours_there_are() -> None:
    found: dict[str, str] = {}
    text = "".join(f"[covid19-ultimate-card bg-color=#{n:06x}]" for n in range(50))
    made = Engine(installed=True).render(text, options={"styles": "inline"}, stylesheets=found)
    assert found == {"shortcodes_covid19": stylesheet()}
    assert len(set(re.findall(r"--cov19u-ground: (#[0-9a-f]{6})", made))) == 50


def test_none_leaves_no_css_in_the_output_and_gives_it_to_the_caller() -> None:
    found: dict[str, str] = {}
    engine = Engine(installed=True)
    made = engine.render(TWO, options={"styles": "none"}, stylesheets=found)
    assert ("<style" in made, " style=" in made) == (False, False)
    assert "\n".join(found.values()) == DARK


def test_what_the_caller_has_already_is_not_printed_again() -> None:
    found: dict[str, str] = {}
    engine = Engine(installed=True)
    counts = [engine.render(TWO, stylesheets=found).count("<style>") for _ in range(2)]
    assert counts == [2, 0]


def test_on_a_page_inline_and_none_leave_the_head_without_the_css_of_cards() -> None:
    pages = {
        styles: str(Engine(installed=True).render(TWO, options={"styles": styles, "page": True}))
        for styles in ("once", "inline", "none")
    }
    assert {s: page.count(".cov19u-card .cov19u-name") > 0 for s, page in pages.items()} == {
        "once": True,
        "inline": False,
        "none": False,
    }


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server with a style sheet at each address: its own address, and what it was asked for."""
    paths: list[str] = []

    class Sheets(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/css")
            self.end_headers()
            self.wfile.write(b"b{color:red}")

        def log_message(self, *about: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Sheets)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join(timeout=5)
    server.server_close()


def blue(engine: Engine) -> None:
    """Register a box that brings a style of its own."""

    @engine.shortcode("box")
    def box(call: Call, *, content: Markup) -> Markup:
        call.context.stylesheets["box"] = "@import 'in.css'; b{margin:0}"
        return Markup("<div>{}</div>").format(content)


@pytest.mark.slow
@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" href="{}">',
        '<link rel="stylesheet" media="screen" href="{}">',
        '<link href="{}" rel="alternate stylesheet">',
    ],
)
def test_inline_fetches_nothing_that_the_markup_links_to(
    link: str,
    asked: tuple[str, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.css", "in.css"):
        Path(name).write_text("b{color:red}")
    server, paths = asked
    files = [f"file://{tmp_path}/a.css", str(tmp_path / "a.css"), "a.css", "./a.css"]
    links = "".join(map(link.format, [f"{server}/a.css", f"//{server[5:]}/a.css", *files]))
    style = f"<style>@import '{server}/b.css'; @import 'a.css'; b{{padding:0}}</style>"
    engine = Engine(html="trusted")
    blue(engine)
    found: list[Diagnostic] = []
    text = f"[box]{links}{style}<b>x</b>[box]{links}<b>y</b>[/box][/box]"
    made = engine.render(text, format="html", options={"styles": "inline"}, diagnostics=found)
    assert (found, paths) == ([], [])
    assert "red" not in made
    assert made.count("<b style=") == 2
    assert made.count("<link ") == 12


def test_a_template_that_links_to_a_sheet_makes_no_request(
    asked: tuple[str, list[str]], tmp_path: Path
) -> None:
    server, paths = asked
    link = f'<link rel="stylesheet" href="{server}/a.css">'
    (tmp_path / "note.html").write_text(link + "<b>{{ content }}</b>")
    engine = Engine(templates=tmp_path)
    blue(engine)
    text = "[box][note]a[/note][/box] [note]b[/note]"
    made = engine.render(text, format="html", options={"styles": "inline"})
    styled = '<b style="margin: 0;">'
    assert made == f"<div>{link}{styled}a</b></div> {link}{styled}b</b>"
    assert paths == []


@pytest.mark.parametrize("markup", ["<tr><td>a</td></tr>", "<div class=b>", "</div>"])
def test_markup_that_is_not_complete_stands_without_styles(markup: str) -> None:
    engine = Engine()

    @engine.shortcode("row")
    def row(call: Call) -> Markup:
        call.context.stylesheets["row"] = "td, div { color: red }"
        return Markup(markup)

    found: list[Diagnostic] = []
    text = "<table>[row]</table>"
    made = engine.render(text, format="html", options={"styles": "inline"}, diagnostics=found)
    assert made == f"<table>{markup}</table>"
    assert [one.code for one in found] == ["SC408"]
    assert found[0].message.endswith("is not complete by itself, and its tags would change")


@pytest.mark.parametrize(("levels", "code"), [(1, None), (50, "SC408")])
def test_markup_that_nests_very_deeply_stands_without_styles(levels: int, code: str | None) -> None:
    engine = Engine()

    @engine.shortcode("note")
    def note(call: Call, *, content: Markup) -> Markup:
        call.context.stylesheets["note"] = ".note { color: teal }"
        return Markup('<b class="note">{}</b>').format(content)

    text = ("[note]" + "<q>" * 190 + "</q>" * 190) * levels + "[/note]" * levels
    found: list[Diagnostic] = []
    nested = ("[note]" + "<q>" * 190) * levels + "x" + "[/note]" * levels
    for source in (text, nested):
        made = engine.render(source, format="html", options={"styles": "inline"}, diagnostics=found)
        assert "[note" not in made
    assert {one.code for one in found} == ({code} if code else set())


def test_elements_of_svg_that_close_themselves_are_complete() -> None:
    engine = Engine()

    @engine.shortcode("icon")
    def icon(call: Call) -> Markup:
        call.context.stylesheets["icon"] = "p { margin: 0 }"
        return Markup("<p>a<svg><path d='M0 0'/></svg><br>b")

    found: list[Diagnostic] = []
    engine.render("[icon]", format="html", options={"styles": "inline"}, diagnostics=found)
    assert found == []


def test_where_the_library_that_inlines_fails_the_output_stands_without_styles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import css_inline

    class Failing:
        def __init__(self, **options: object) -> None:
            assert options["load_remote_stylesheets"] is False

        def inline_fragment(self, html: str, css: str) -> str:
            raise css_inline.InlineError("not\nthis")

    monkeypatch.setattr(css_inline, "CSSInliner", Failing)
    engine = Engine()
    blue(engine)
    message = (
        "the styles were not written into the markup: css-inline failed with InlineError: not this"
    )
    for form in ("html", "markdown", "text"):
        found: list[Diagnostic] = []
        made = engine.render(
            "a\n\n[box]x[/box]", format=form, options={"styles": "inline"}, diagnostics=found
        )
        assert "<div>x</div>" in made
        assert found == [Diagnostic("SC408", message, (3, 15))]


def test_a_lone_surrogate_is_inlined_and_sanitised_as_what_utf_8_prints() -> None:
    engine = Engine()
    blue(engine)
    for form in ("html", "markdown", "text"):
        found: list[Diagnostic] = []
        options = {"styles": "inline"}
        made = engine.render(
            "[box]<b>\ud800</b>[/box]", format=form, options=options, diagnostics=found
        )
        assert found == []
        assert "\ufffd" in made


def test_an_unknown_value_of_styles_is_a_wrong_call() -> None:
    with pytest.raises(
        ValueError, match="styles must be one of 'once', 'inline', 'none', not 'all'"
    ):
        render("all")


def test_without_css_inline_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "css_inline", None)
    with pytest.raises(MissingExtra, match=r"pip install 'shortcode-engine\[inline\]'"):
        render("inline")


def test_the_command_writes_the_css_into_a_file_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TWO)
    css = tmp_path / "cards.css"
    assert main(["render", "--css", str(css), str(tmp_path / "a.txt")]) == 0
    assert (css.read_text(), "<style" in capsys.readouterr().out) == (DARK, False)


def test_the_command_refuses_a_css_file_beside_other_styles(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["render", "--css", "x.css", "--styles", "inline", "-"]) == 2
    assert "--css cannot be used with --styles inline" in capsys.readouterr().err


@pytest.mark.parametrize("named", [["--css", "a.txt"], ["--css", "./x.html", "-o", "x.html"]])
def test_the_command_writes_no_css_over_another_file_of_the_call(
    named: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TWO)
    assert main(["render", *named, "a.txt"]) == 2
    said = f"shortcodes: --css: {named[1]} is a file of this call already\n"
    assert capsys.readouterr() == ("", said)
    assert {path.name: path.read_text() for path in Path().iterdir()} == {"a.txt": TWO}


def test_a_page_links_to_the_css_that_is_written_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TWO)
    (tmp_path / "site").mkdir()
    page, css = tmp_path / "site" / "a.html", tmp_path / "my css.css"
    assert (
        main(["render", "--page", "--css", str(css), "-o", str(page), str(tmp_path / "a.txt")]) == 0
    )
    html = page.read_text()
    assert '<link rel="stylesheet" href="../my%20css.css">' in html
    assert (".cov19u-card .cov19u-name" in html, css.read_text()) == (False, DARK)


@pytest.mark.parametrize("value", ["</noscript><img src=x>", "--><img src=x>", "</template>"])
def test_values_that_are_inlined_stay_escaped(value: str) -> None:
    engine = Engine()

    @engine.shortcode("photo")
    def photo(call: Call, alt: str = "") -> Markup:
        call.context.stylesheets["photo"] = ".photo { width: 100% }"
        return Markup('<img class="photo" alt="{}">').format(alt)

    source = f"[photo alt='{escape(value)}']"
    html = engine.render(source, format="html", options={"styles": "inline"})
    assert html == f'<img class="photo" alt="{escape(value)}" style="width: 100%;">'

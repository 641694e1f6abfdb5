"""The shortcodes of the site."""

from markupsafe import Markup
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from shortcodes import Call, Data, Engine

engine = Engine()
engine.register("season", "2026")


@engine.shortcode("note")
def note(call: Call, *, content: Markup) -> Markup:
    """Put the enclosed text into a box."""
    call.context.stylesheets["note"] = ".note { border-left: 4px solid teal; padding: 1em }"
    return Markup('<aside class="note">{}</aside>').format(content)


@engine.shortcode("button")
def button(to: str, page: Data[Page], files: Data[Files], *, content: Markup) -> Markup:
    """Link to a page of the site, named by its file in `docs`."""
    target = files.get_file_from_path(to)
    if target is None:
        raise LookupError(f"there is no file {to!r}")
    link = Markup('<a class="btn btn-primary" href="{}">{}</a>')
    return link.format(target.url_relative_to(page.file), content)

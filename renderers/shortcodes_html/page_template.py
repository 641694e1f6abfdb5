"""A complete page around a fragment: one file that needs no other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from shortcodes_html.printer import write_style_element


def render_page(
    fragment: str, title: str, lang: str, direction: str, stylesheets: Iterable[str], link: str = ""
) -> str:
    """Return the page; see `shortcodes_html.page`."""
    return _load_template().render(
        fragment=Markup(fragment.strip("\n")),  # noqa: S704 - the caller's HTML
        title=title,
        lang=lang,
        direction=direction,
        styles=[write_style_element(css) for css in stylesheets],
        link=link,
    )


@cache
def _load_template() -> Template:
    environment = Environment(
        loader=PackageLoader("shortcodes_html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")

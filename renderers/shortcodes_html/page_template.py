"""A complete page around a fragment: one file that needs no other."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from shortcodes_html.package_templates import load_template
from shortcodes_html.printer import write_style_element


def render_page(
    fragment: str, title: str, lang: str, direction: str, stylesheets: Iterable[str], link: str = ""
) -> str:
    """Return the page; see `shortcodes_html.page`."""
    page = load_template("shortcodes_html", "page.html").render(
        fragment=Markup(fragment.strip("\n")),  # noqa: S704 - the caller's HTML
        title=title,
        lang=lang,
        direction=direction,
        styles=[write_style_element(css) for css in stylesheets],
        link=link,
    )
    return f"{page}\n"

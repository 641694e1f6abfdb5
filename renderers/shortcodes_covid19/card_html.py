"""The card as HTML: an `<article>` for a page, and the style sheet that all cards share."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from markupsafe import Markup

from shortcodes.plugins import Context
from shortcodes_covid19.attributes import DEFAULT_COLOURS
from shortcodes_covid19.card import Card
from shortcodes_covid19.colours import Colour, choose_ornament, dim_font, read_colour
from shortcodes_covid19.language import find_text_direction
from shortcodes_html.package_templates import load_template

_PACKAGE = "shortcodes_covid19"
_NOT_IN_CLASS_NAMES = re.compile(r"[^a-z0-9]++")


def write_article(card: Card, context: Context, heading: int = 3) -> Markup:
    """Return the card as an `<article>`, and add the style sheets it needs to the context.

    `heading` is the level of its heading, 2 to 6.
    """
    background = card.attributes.background
    context.stylesheets[_PACKAGE] = stylesheet()
    colour_class = _make_colour_class(card.font, background)
    # With inline styles, a rule for each pair of colours would be matched against every card.
    is_inline = bool(colour_class) and context.options.get("styles") == "inline"
    if colour_class and not is_inline:
        rule = _write_colour_rule(card.font, background)
        context.stylesheets[f"{_PACKAGE} {colour_class}"] = rule
    updated_label, updated_lang = card.find_label("last-update")
    updated = card.updated
    markup = load_template("shortcodes_covid19", "card.html").render(
        card=card,
        cells=card.cells(),
        colours=colour_class,
        style=_write_colour_properties(card.font, background) if is_inline else "",
        heading=heading,
        id=context.unique_id("cov19u"),
        words=card.language.words,
        words_lang=card.language.fallback_tag,
        as_of=card.as_of,
        origin=card.figures.origin if card.figures else None,
        updated=updated,
        updated_dir=find_text_direction(updated),
        updated_label=updated_label,
        updated_lang=updated_lang,
    )
    return Markup(markup)  # noqa: S704 - the template escapes


def stylesheet(*colours: tuple[str, str]) -> str:
    """Return the CSS that all cards of a site share, for its own style sheet.

    `colours` are pairs of the `font-color` and `bg-color` that cards use, except the default pair.
    Raises `ValueError` for a text that is not a colour, and `TypeError` for a value that is not a
    pair of strings.
    """
    for pair in colours:
        if not isinstance(pair, tuple | list) or [*map(type, pair)] != [str, str]:
            raise TypeError(f"each of colours must be a pair of strings, not {type(pair).__name__}")
    pairs = [(read_colour(font), read_colour(background)) for font, background in colours]
    rules = [_write_colour_rule(*pair) for pair in pairs if _make_colour_class(*pair)]
    return "\n".join([_read_stylesheet(), *dict.fromkeys(rules)])


@cache
def _read_stylesheet() -> str:
    return (resources.files(_PACKAGE) / "card.css").read_text(encoding="utf-8")


@lru_cache(256)  # a site has few pairs
def _make_colour_class(font: Colour, background: Colour) -> str:
    """Return the class of cards with these colours, or nothing for the default colours.

    Cards have a class because a content security policy may forbid `style` attributes.
    """
    if (font.css, background.css) == DEFAULT_COLOURS:
        return ""
    parts = (_make_class_part(colour.css) for colour in (font, background))
    return f"cov19u-{'-on-'.join(parts)}"


def _make_class_part(css: str) -> str:
    """Return a part of a class name that is different for each colour."""
    part = css.replace(".", "p").replace("/", "a").replace("(-", "(m").replace(" -", " m")
    return _NOT_IN_CLASS_NAMES.sub("-", part).strip("-")


@lru_cache(256)
def _write_colour_properties(font: Colour, background: Colour) -> str:
    values = {
        "font": font,
        "ground": background,
        "quiet": dim_font(font, background),
        "ornament": choose_ornament(font, background),
    }
    return "; ".join(f"--cov19u-{name}: {colour.css}" for name, colour in values.items())


def _write_colour_rule(font: Colour, background: Colour) -> str:
    properties = _write_colour_properties(font, background)
    return f".cov19u-card.{_make_colour_class(font, background)} {{ {properties} }}\n"

"""The card as HTML: an article for a page, and the style sheet that all cards share."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from markupsafe import Markup

from shortcodes.plugins import Context
from shortcodes_covid19.attributes import DEFAULT_COLOURS
from shortcodes_covid19.card import Card
from shortcodes_covid19.colours import Colour, ornament, quiet, read_colour
from shortcodes_covid19.language import direction
from shortcodes_html.package_templates import load_template

_NAME = "shortcodes_covid19"
_NO_NAME = re.compile(r"[^a-z0-9]++")


def article(card: Card, context: Context, heading: int = 3) -> Markup:
    """Return the card as an `<article>`, and put the style sheets it needs into the context.

    `heading` is the level of its heading, 2 to 6.
    """
    ground = card.attributes.ground
    context.stylesheets[_NAME] = stylesheet()
    colours = _colour_class(card.font, ground)
    # Where every element carries its CSS, a rule for each pair would be tried on every card.
    inline = bool(colours) and context.options.get("styles") == "inline"
    if colours and not inline:
        context.stylesheets[f"{_NAME} {colours}"] = _colour_rule(card.font, ground)
    updated_label, updated_lang = card.label("last-update")
    updated = card.updated
    markup = load_template("shortcodes_covid19", "card.html").render(
        card=card,
        cells=card.cells(),
        colours=colours,
        style=_colour_properties(card.font, ground) if inline else "",
        heading=heading,
        id=context.unique_id("cov19u"),
        words=card.language.words,
        words_lang=card.language.borrowed,
        as_of=card.as_of,
        origin=card.figures.origin if card.figures else None,
        updated=updated,
        updated_dir=direction(updated),
        updated_label=updated_label,
        updated_lang=updated_lang,
    )
    return Markup(markup)  # noqa: S704 - the template escapes


def stylesheet(*colours: tuple[str, str]) -> str:
    """Return the CSS that all cards of a site share, for a style sheet of its own.

    `colours` are pairs of `font-color` and `bg-color` that cards use, beside the default one.
    Raises `ValueError` for what is no colour, and `TypeError` for what is no pair of texts.
    """
    for pair in colours:
        if not isinstance(pair, tuple | list) or [*map(type, pair)] != [str, str]:
            raise TypeError(f"each of colours must be a pair of texts, not {type(pair).__name__}")
    pairs = [(read_colour(font), read_colour(ground)) for font, ground in colours]
    rules = [_colour_rule(*pair) for pair in pairs if _colour_class(*pair)]
    return "\n".join([_sheet(), *dict.fromkeys(rules)])


@cache
def _sheet() -> str:
    return (resources.files(_NAME) / "card.css").read_text(encoding="utf-8")


@lru_cache(256)  # a site has few
def _colour_class(font: Colour, ground: Colour) -> str:
    """Return the class of cards with these colours: a policy may forbid `style` attributes."""
    if (font.css, ground.css) == DEFAULT_COLOURS:
        return ""
    names = (_class_part(colour.css) for colour in (font, ground))
    return f"cov19u-{'-on-'.join(names)}"


def _class_part(css: str) -> str:
    """Return a colour as part of a class name; no two colours have the same."""
    plain = css.replace(".", "p").replace("/", "a").replace("(-", "(m").replace(" -", " m")
    return _NO_NAME.sub("-", plain).strip("-")


@lru_cache(256)
def _colour_properties(font: Colour, ground: Colour) -> str:
    values = {
        "font": font,
        "ground": ground,
        "quiet": quiet(font, ground),
        "ornament": ornament(font, ground),
    }
    return "; ".join(f"--cov19u-{name}: {colour.css}" for name, colour in values.items())


def _colour_rule(font: Colour, ground: Colour) -> str:
    properties = _colour_properties(font, ground)
    return f".cov19u-card.{_colour_class(font, ground)} {{ {properties} }}\n"

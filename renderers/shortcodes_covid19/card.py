"""The card: what a shortcode asks for and what a source knows, put together for the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import PackageLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from shortcodes.nodes import Shortcode
from shortcodes.plugins import Context
from shortcodes_covid19.attributes import SCHEMA, CardAttributes, read_attributes
from shortcodes_covid19.checks import low_contrast, no_figures
from shortcodes_covid19.colours import quiet
from shortcodes_covid19.figures import Figures, Source
from shortcodes_covid19.language import Language, choose_language, direction, flag
from shortcodes_covid19.phpdate import php_date
from shortcodes_covid19.snapshot import Snapshot

if TYPE_CHECKING:
    from shortcodes.engine import Call

_NAME = "shortcodes_covid19"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the template prints it."""

    label: str
    lang: str
    """BCP 47 tag of the label where it is not the card's; else empty."""
    value: str
    """For machines: no groups, a full stop before decimals; empty without data."""
    text: str
    """For people; empty without data."""


class CardHandler:
    """Turns `[covid19-ultimate-card …]` into a stat card."""

    tags = ("covid19-ultimate-card",)
    schema = SCHEMA

    def __init__(self, source: Source | None = None) -> None:
        self._source = source or Snapshot()

    def handle(self, shortcode: Shortcode, context: Context) -> Markup:
        """Return the card, and put its style sheet into the context.

        `context.options["lang"]` (a BCP 47 tag) is the card's language; without it, Arabic letters
        in what the author wrote make it Arabic, else it is English.
        """
        attributes = read_attributes(shortcode, context)
        return self._card(shortcode, context, attributes, self._source.fetch([attributes.region]))

    def render_many(self, calls: Sequence[Call]) -> list[str | Exception]:
        """Return the cards for all shortcodes of a document, with one question to the source."""
        asked = [read_attributes(call.shortcode, call.context) for call in calls]
        known = self._source.fetch({attributes.region for attributes in asked})
        return [
            self._card(call.shortcode, call.context, attributes, known)
            for call, attributes in zip(calls, asked, strict=True)
        ]

    def _card(
        self,
        shortcode: Shortcode,
        context: Context,
        attributes: CardAttributes,
        known: Mapping[str, Figures],
    ) -> Markup:
        language = choose_language(context.options.get("lang"), attributes.texts.values())
        origin = self._source.origin
        figures = known.get(attributes.region)
        if figures is None:
            found = no_figures(attributes.region, attributes.nodes, shortcode.open_span)
            context.diagnostics.append(found)
            figures = Figures(attributes.region, origin.as_of)
        context.diagnostics.extend(
            low_contrast(attributes.font, attributes.ground, attributes.nodes)
        )
        context.stylesheets[_NAME] = stylesheet()
        moment = datetime.combine(figures.as_of, time(), UTC)
        updated = php_date(attributes.pattern, moment, language.locale)
        markup = _template().render(
            id=context.unique_id("cov19u"),
            lang=language.tag,
            words=language.words,
            words_lang=language.borrowed,
            dir="rtl" if attributes.switches["rtl"] else "ltr",
            side=attributes.side,
            font=attributes.font.css,
            ground=attributes.ground.css,
            quiet=quiet(attributes.font, attributes.ground).css,
            flag=flag(attributes.region),
            name=attributes.texts.get("region-name") or language.region(attributes.region),
            figures=_figures(attributes, figures, language),
            updated=updated,
            updated_dir=direction(updated),
            updated_label=_label("last-update-label", attributes, language),
            updated_lang="" if "last-update-label" in attributes.texts else language.borrowed,
            as_of=figures.as_of.isoformat(),
            origin=origin,
        )
        return Markup(markup)  # noqa: S704 - the template escapes


@cache
def stylesheet() -> str:
    """Return the CSS that every card on a page shares."""
    return (resources.files(_NAME) / "card.css").read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader(_NAME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("card.html")


def _label(name: str, attributes: CardAttributes, language: Language) -> str:
    return attributes.texts.get(name) or language.words[name]


def _figures(
    attributes: CardAttributes, figures: Figures, language: Language
) -> dict[str, Figure | None]:
    """Return every figure by name; `None` for one that the author did not switch on."""
    written: dict[str, tuple[int | Decimal | None, Any]] = {
        "confirmed": (figures.confirmed, language.number),
        "confirmed-24h": (figures.confirmed_24h, language.change),
        "deaths": (figures.deaths, language.number),
        "deaths-24h": (figures.deaths_24h, language.change),
        "deaths-rate": (figures.deaths_rate, language.percent),
        "recovered": (figures.recovered, language.number),
        "active": (figures.active, language.number),
    }
    return {
        name: Figure(
            _label(f"{name}-label", attributes, language),
            "" if f"{name}-label" in attributes.texts else language.borrowed,
            "" if number is None else str(number),
            "" if number is None else write(number),
        )
        if attributes.switches.get(name, True)
        else None
        for name, (number, write) in written.items()
    }

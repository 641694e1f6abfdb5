"""The card: what a shortcode asks for and what a source knows, put together for the template."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from shortcodes_covid19.attributes import CardAttributes, read_attributes, shown
from shortcodes_covid19.colours import AA, contrast, quiet
from shortcodes_covid19.figures import WORLD, Figures, ask, freshness
from shortcodes_covid19.language import Language, choose_language, direction, flag
from shortcodes_covid19.phpdate import php_date
from shortcodes_covid19.regions import resolve_region
from shortcodes_covid19.settings import Settings
from shortcodes_covid19.sources import Chain, sources

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

    def __init__(
        self,
        source: Chain = "snapshot",
        settings: Settings | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._sources = sources(source, settings)
        self._clock = clock

    def handle(self, shortcode: Shortcode, context: Context) -> Markup:
        """Return the card, and put its style sheet into the context.

        `context.options["lang"]` (a BCP 47 tag) is the card's language; without it, Arabic letters
        in what the author wrote make it Arabic, else it is English.
        """
        return self._cards([(shortcode, context)])[0]

    def render_many(self, calls: Sequence[Call]) -> list[str | Exception]:
        """Return the cards for all shortcodes of a document, with one question to each source."""
        return [*self._cards([(call.shortcode, call.context) for call in calls])]

    def _cards(self, asked: Sequence[tuple[Shortcode, Context]]) -> list[Markup]:
        read = [read_attributes(shortcode, context) for shortcode, context in asked]
        regions = [_region(attributes, *one) for attributes, one in zip(read, asked, strict=True)]
        shortcode, context = asked[0]

        def report(message: str) -> None:
            context.report("SC506", message, shortcode.open_span)

        known = ask(self._sources, dict.fromkeys(regions), report)
        return [
            self._card(*one, attributes, region, known)
            for one, attributes, region in zip(asked, read, regions, strict=True)
        ]

    def _card(
        self,
        shortcode: Shortcode,
        context: Context,
        attributes: CardAttributes,
        region: str,
        known: Mapping[str, Figures],
    ) -> Markup:
        language = choose_language(context.options.get("lang"), attributes.texts.values())
        figures = known.get(region)
        if figures is None:
            message = f"no source has figures for region {shown(region)}"
            context.report("SC504", message, _place(attributes, shortcode))
            figures = Figures(region, None, self._sources[-1].origin)
        for note in figures.notes:
            context.report("SC507", f"{region}: {note}", _place(attributes, shortcode), "info")
        origin = figures.origin
        as_of = figures.as_of or origin.ended
        _check_contrast(attributes, shortcode, context)
        context.stylesheets[_NAME] = stylesheet()
        moment = datetime.combine(as_of, time(), UTC) if as_of else None
        updated = php_date(attributes.pattern, moment, language.locale) if moment else ""
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
            flag=flag(region),
            name=attributes.texts.get("region-name") or language.region(region),
            figures=_figures(attributes, figures, language),
            updated=updated,
            updated_dir=direction(updated),
            updated_label=_label("last-update-label", attributes, language),
            updated_lang="" if "last-update-label" in attributes.texts else language.borrowed,
            as_of=as_of.isoformat() if as_of else "",
            freshness=freshness(figures, self._clock().date()),
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


def _region(attributes: CardAttributes, shortcode: Shortcode, context: Context) -> str:
    """Return the region that is meant; that another was written than its code is noted."""
    language = choose_language(context.options.get("lang"), attributes.texts.values())
    region = resolve_region(attributes.region, [language.tag])
    if region not in (attributes.region, WORLD):
        message = f"region {shown(attributes.region)} is read as {region}"
        context.report("SC508", message, _place(attributes, shortcode), "info")
    return region


def _place(attributes: CardAttributes, shortcode: Shortcode) -> tuple[int, int]:
    return attributes.nodes["region"].span if "region" in attributes.nodes else shortcode.open_span


def _label(name: str, attributes: CardAttributes, language: Language) -> str:
    return attributes.texts.get(name) or language.words[name]


def _figures(
    attributes: CardAttributes, figures: Figures, language: Language
) -> dict[str, Figure | None]:
    """Return every figure by name; `None` for one that the author did not switch on."""
    written: dict[str, tuple[int | Decimal | None, Any]] = {
        "confirmed": (figures.confirmed, language.number),
        "confirmed-24h": (figures.new_confirmed if figures.days == 1 else None, language.change),
        "deaths": (figures.deaths, language.number),
        "deaths-24h": (figures.new_deaths if figures.days == 1 else None, language.change),
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


def _check_contrast(attributes: CardAttributes, shortcode: Shortcode, context: Context) -> None:
    """Say that small text will be hard to read, and leave the colours to their author."""
    given = [attributes.nodes[n].span for n in ("font-color", "bg-color") if n in attributes.nodes]
    if not given:
        return
    found = contrast(attributes.font, attributes.ground)
    colours = f"{attributes.font.css} on {attributes.ground.css}"
    if found is None:
        message = f"the contrast of {colours} cannot be told"
    elif found < AA:
        message = f"{colours} has a contrast of {found:.2f}, less than {AA}"
    else:
        return
    context.report("SC505", message, given[0], "info")

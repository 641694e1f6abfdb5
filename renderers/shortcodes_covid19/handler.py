"""The handler: all cards of a document, with one question to each source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Unpack

from shortcodes.checks import check_type
from shortcodes.dialects import ParseOptions
from shortcodes.nodes import Shortcode
from shortcodes.parser import parse
from shortcodes.plugins import Context
from shortcodes_covid19.attributes import SCHEMA, CardAttributes, read_attributes
from shortcodes_covid19.card import Card
from shortcodes_covid19.card_html import article
from shortcodes_covid19.card_options import DEFAULT_OPTIONS, CardOptions
from shortcodes_covid19.checks import (
    hard_to_read,
    no_figures,
    place_of_region,
    read_otherwise,
)
from shortcodes_covid19.colours import Colour, readable
from shortcodes_covid19.data_sources import Chain, sources
from shortcodes_covid19.figures import Figures, ask
from shortcodes_covid19.language import Language, choose_language
from shortcodes_covid19.library import TAG, TAGS
from shortcodes_covid19.regions import resolve_region
from shortcodes_covid19.settings import Settings
from shortcodes_covid19.shapes import SHAPES
from shortcodes_html.language import detect_language

if TYPE_CHECKING:
    from shortcodes.engine import Call

Asked = tuple[Shortcode, Context]


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


class CardHandler:
    """Turns `[covid19-ultimate-card …]` into a stat card.

    `source` is a chain of sources, such as "who,snapshot", and `settings` how they are reached;
    `options` are what the author of a site decides for all cards; `clock` gives now, in UTC.
    """

    tags = TAGS
    schema = SCHEMA

    def __init__(
        self,
        source: Chain = "snapshot",
        settings: Settings | None = None,
        options: CardOptions = DEFAULT_OPTIONS,
        clock: Callable[[], datetime] = now,
    ) -> None:
        check_type("options", options, CardOptions)
        check_type("clock", clock, Callable)
        self._sources = sources(source, settings)
        self._options = options
        self._clock = clock

    def handle(self, shortcode: Shortcode, context: Context) -> str:
        """Return the card in its shape, and put the style sheets it needs into the context.

        `context.options["lang"]` (a BCP 47 tag) is the card's language; without it, that of the
        letters in its labels, or of the document.
        """
        return self._shaped([(shortcode, context)])[0]

    def render_many(self, calls: Sequence[Call]) -> list[str | Exception]:
        """Return the cards for all shortcodes of a document."""
        return [*self._shaped([(call.shortcode, call.context) for call in calls])]

    def cards(self, asked: Sequence[Asked]) -> list[Card]:
        """Return the cards of a document, before they have a shape."""
        if not asked:
            return []
        read = [read_attributes(shortcode, context) for shortcode, context in asked]
        languages = self._languages(asked, read)
        regions = [_region(*one) for one in zip(read, languages, asked, strict=True)]
        shortcode, context = asked[0]

        def report(message: str) -> None:
            context.report("SC506", message, shortcode.open_span)

        known = ask(self._sources, dict.fromkeys(regions), report)
        today = self._clock().date()
        made = []
        for one, attributes, language, region in zip(asked, read, languages, regions, strict=True):
            figures = known.get(region)
            _report_figures(region, figures, one)
            font = self._font(attributes, one)
            made.append(Card(attributes, region, figures, language, font, today))
        return made

    def _languages(self, asked: Sequence[Asked], read: Sequence[CardAttributes]) -> list[Language]:
        """Return the language of each card of a document."""
        shortcode, context = asked[0]

        @cache
        def language_of_document() -> str:
            return detect_language(shortcode.document, context.format)

        return [
            choose_language(
                context.options.get("lang"),
                " ".join(attributes.texts.values()),
                language_of_document,
                self._options.numbers,
            )
            for (_, context), attributes in zip(asked, read, strict=True)
        ]

    def _font(self, attributes: CardAttributes, asked: Asked) -> Colour:
        """Return the colour of the text. That it will be hard to read is said; its author's choice
        stays, unless the site has decided otherwise.
        """
        font, ground = attributes.font, attributes.ground
        used = readable(font, ground) if self._options.fix_contrast else font
        for found in hard_to_read(font, ground, asked[0]):
            more = f"; {used.css} is used" if used != font else ""
            asked[1].diagnostics.append(replace(found, message=found.message + more))
        return used

    def _shaped(self, asked: Sequence[Asked]) -> list[str]:
        cards = self.cards(asked)
        if self._options.shape != "card":
            return list(map(SHAPES[self._options.shape], cards))
        heading = self._options.heading
        return [article(card, one[1], heading) for card, one in zip(cards, asked, strict=True)]


def cards(
    text: str,
    *,
    lang: str | None = None,
    handler: CardHandler | None = None,
    context: Context | None = None,
    **options: Unpack[ParseOptions],
) -> list[Card]:
    """Return the cards that the shortcodes of a text ask for, in order.

    `lang` is their language as a BCP 47 tag; `handler` says where figures come from. What is wrong
    is in `context.diagnostics` afterwards.
    """
    check_type("lang", lang, str, NoneType)
    check_type("handler", handler, CardHandler, NoneType)
    check_type("context", context, Context, NoneType)
    options.setdefault("known", [TAG])
    found = [sc for sc in parse(text, **options).shortcodes() if sc.name == TAG]
    context = context or Context(options={} if lang is None else {"lang": lang})
    return (handler or CardHandler()).cards([(shortcode, context) for shortcode in found])


def _region(attributes: CardAttributes, language: Language, asked: Asked) -> str:
    """Return the region that is meant; that another was written than its code is noted."""
    region = resolve_region(attributes.region, [language.tag])
    shortcode, context = asked
    context.diagnostics.extend(read_otherwise(attributes.region, region, shortcode))
    return region


def _report_figures(region: str, figures: Figures | None, asked: Asked) -> None:
    """Say that there are none, or what was left out of them."""
    shortcode, context = asked
    if figures is None:
        context.diagnostics.append(no_figures(region, shortcode))
        return
    for note in figures.notes:
        message = f"{region}: {note}"
        context.report("SC507", message, place_of_region(shortcode), "info")

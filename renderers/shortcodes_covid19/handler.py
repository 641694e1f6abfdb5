"""The handler of the card, which asks each source once for all cards of a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Unpack

from shortcodes.common.checks import check_type
from shortcodes.dialects import ParseOptions
from shortcodes.nodes import Shortcode
from shortcodes.parser import parse
from shortcodes.plugins import Context
from shortcodes_covid19.attributes import SCHEMA, CardAttributes, read_attributes
from shortcodes_covid19.card import Card
from shortcodes_covid19.card_html import write_article
from shortcodes_covid19.card_options import DEFAULT_OPTIONS, CardOptions
from shortcodes_covid19.checks import (
    build_no_figures,
    check_contrast,
    check_region_name,
    find_region_span,
)
from shortcodes_covid19.colours import Colour, choose_readable
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

CardCall = tuple[Shortcode, Context]


def get_current_time() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


class CardHandler:
    """Renders `[covid19-ultimate-card …]` as a card.

    Args:
        source: A chain of sources, such as "who,snapshot".
        settings: How the sources are reached.
        options: The options of the site for all cards.
        clock: Returns the current time in UTC.
    """

    tags = TAGS
    schema = SCHEMA

    def __init__(
        self,
        source: Chain = "snapshot",
        settings: Settings | None = None,
        options: CardOptions = DEFAULT_OPTIONS,
        clock: Callable[[], datetime] = get_current_time,
    ) -> None:
        check_type("options", options, CardOptions)
        check_type("clock", clock, Callable)
        self._sources = sources(source, settings)
        self._options = options
        self._clock = clock

    def handle(self, shortcode: Shortcode, context: Context) -> str:
        """Return a card, and add the style sheets it needs to the context.

        The card's language is `context.options["lang"]` (a BCP 47 tag). Without it, it is guessed
        from the letters of the card's labels, or of the document.
        """
        return self._write_cards([(shortcode, context)])[0]

    def render_many(self, calls: Sequence[Call]) -> list[str | Exception]:
        """Return the cards for all shortcodes of a document."""
        return [*self._write_cards([(call.shortcode, call.context) for call in calls])]

    def cards(self, calls: Sequence[CardCall]) -> list[Card]:
        """Return the cards for all shortcodes of a document, before they are written."""
        if not calls:
            return []
        attributes = [read_attributes(shortcode, context) for shortcode, context in calls]
        languages = self._choose_languages(calls, attributes)
        regions = list(map(_resolve_region, attributes, languages, calls))
        first_shortcode, first_context = calls[0]

        def report(message: str) -> None:
            first_context.report("SC506", message, first_shortcode.open_span)

        figures_by_region = ask(self._sources, dict.fromkeys(regions), report)
        today = self._clock().date()
        cards = []
        for call, values, language, region in zip(
            calls, attributes, languages, regions, strict=True
        ):
            figures = figures_by_region.get(region)
            _report_figures(region, figures, call)
            font = self._choose_font(values, call)
            cards.append(Card(values, region, figures, language, font, today))
        return cards

    def _choose_languages(
        self, calls: Sequence[CardCall], attributes: Sequence[CardAttributes]
    ) -> list[Language]:
        """Return the language of each card of a document."""
        first_shortcode, first_context = calls[0]

        @cache
        def find_document_tag() -> str:
            return detect_language(first_shortcode.document, first_context.format)

        return [
            choose_language(
                context.options.get("lang"),
                " ".join(values.texts.values()),
                find_document_tag,
                self._options.numbers,
            )
            for (_, context), values in zip(calls, attributes, strict=True)
        ]

    def _choose_font(self, attributes: CardAttributes, call: CardCall) -> Colour:
        """Return the font colour, and report it if it is hard to read.

        The author's colour is used unless the site has the option `fix_contrast`.
        """
        shortcode, context = call
        font, background = attributes.font, attributes.background
        colour = choose_readable(font, background) if self._options.fix_contrast else font
        suffix = f"; {colour.css} is used" if colour != font else ""
        for diagnostic in check_contrast(font, background, shortcode):
            message = diagnostic.message + suffix
            context.diagnostics.append(replace(diagnostic, message=message))
        return colour

    def _write_cards(self, calls: Sequence[CardCall]) -> list[str]:
        cards = self.cards(calls)
        if self._options.shape != "card":
            return list(map(SHAPES[self._options.shape], cards))
        return [
            write_article(card, context, self._options.heading)
            for card, (_, context) in zip(cards, calls, strict=True)
        ]


def cards(
    text: str,
    *,
    lang: str | None = None,
    handler: CardHandler | None = None,
    context: Context | None = None,
    **options: Unpack[ParseOptions],
) -> list[Card]:
    """Return the cards that the shortcodes of a text ask for, in their order.

    Args:
        text: The text.
        lang: The language of the cards, a BCP 47 tag. Without it, it is guessed.
        handler: Says where figures come from; the default takes them from the snapshot.
        context: Collects diagnostics.
        **options: The options of `shortcodes.parse`.
    """
    check_type("lang", lang, str, NoneType)
    check_type("handler", handler, CardHandler, NoneType)
    check_type("context", context, Context, NoneType)
    options.setdefault("known", [TAG])
    shortcodes = [sc for sc in parse(text, **options).shortcodes() if sc.name == TAG]
    context = context or Context(options={} if lang is None else {"lang": lang})
    return (handler or CardHandler()).cards([(shortcode, context) for shortcode in shortcodes])


def _resolve_region(attributes: CardAttributes, language: Language, call: CardCall) -> str:
    """Return the code of a card's region, and report a name that was written in its place."""
    region = resolve_region(attributes.region, [language.tag])
    shortcode, context = call
    context.diagnostics.extend(check_region_name(attributes.region, region, shortcode))
    return region


def _report_figures(region: str, figures: Figures | None, call: CardCall) -> None:
    """Report that figures are missing, or which of them were dropped."""
    shortcode, context = call
    if figures is None:
        context.diagnostics.append(build_no_figures(region, shortcode))
        return
    for note in figures.notes:
        message = f"{region}: {note}"
        context.report("SC507", message, find_region_span(shortcode), "info")

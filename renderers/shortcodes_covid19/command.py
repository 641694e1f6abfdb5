"""`shortcodes covid19`: what sources say, and a copy of it on this disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import click

from shortcodes.cli.config_options import config_option, load_configuration, set_option
from shortcodes.cli.io import files
from shortcodes.cli.io.printing import (
    dump_json,
    escape_controls,
    escape_line,
    escape_log_commands,
    note,
    warn,
)
from shortcodes.cli.job import break_links_option
from shortcodes_covid19 import table
from shortcodes_covid19.attributes import build_full_attributes
from shortcodes_covid19.card import Card
from shortcodes_covid19.card_data import record
from shortcodes_covid19.checks import unknown
from shortcodes_covid19.data_sources import Chain, sources
from shortcodes_covid19.figures import Figures, ask
from shortcodes_covid19.language import Language, choose_language
from shortcodes_covid19.plausibility import TOTALS
from shortcodes_covid19.regions import list_regions, resolve_region
from shortcodes_covid19.settings import Settings
from shortcodes_covid19.shapes import SHAPES

_WIDE = 1000
_SHOW = """\b
Sources:
  snapshot    2020-06-08, every figure of 215 regions; comes with the package
  final       December 2024, the WHO's totals for EG, AE, PS and the world; so does it
  local       what `shortcodes covid19 update` wrote
  file:PATH   a table of yours, CSV or JSON
  who         the WHO's daily table, by HTTPS
  disease.sh  Worldometer until 2024-04-13, by HTTPS

\b
Examples:
  shortcodes covid19 show EG AE
  shortcodes covid19 show World مصر --source who,snapshot
  shortcodes covid19 show EG --format json"""

_UPDATE = """\b
Examples:
  shortcodes covid19 update
  shortcodes covid19 update --source disease.sh -o worldometer.csv
  shortcodes render --covid-source local article.txt"""


@click.group(short_help="Show COVID-19 figures, and fetch them.")
def covid19() -> None:
    """Look at the figures of COVID-19 cards, and fetch them."""


@covid19.command(short_help="Print figures with their age and source.", epilog=_SHOW)
@click.argument("regions", metavar="[REGION]...", nargs=-1)
@click.option("--source", "chain", metavar="CHAIN", help="Sources, with commas between them.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "text", "markdown", "badge"]),
    default="table",
    show_default=True,
    help="A table to read, an array of objects, or a card for each REGION as text or Markdown; "
    "badge is a picture, an SVG, of one of them.",
)
@click.option("--lang", default="en", show_default=True, help="The language, such as ar.")
@config_option
def show(
    regions: tuple[str, ...], chain: str | None, form: str, lang: str, config_path: Path | None
) -> None:
    """Print the figures of REGIONs, or of the world, with their age and source.

    A REGION is a code of two or three letters, or a name in English or Arabic. Without --source it
    is the one of the configuration, or else snapshot.
    """
    if form == "badge" and len(regions) > 1:
        raise click.UsageError("--format badge takes one REGION")
    chosen, settings = _settings(config_path, chain, "--source")
    asked = list(dict.fromkeys(resolve_region(region) for region in regions or ("",)))
    found = ask(sources(chosen, settings), asked, _warn)
    today = datetime.now(UTC).date()
    language = choose_language(lang, "", str)
    cards = [_card(region, found.get(region), language, today) for region in asked]
    if form != "json":  # which has escapes of its own
        cards = list(map(_printable, cards))
    if form == "json":
        click.echo(dump_json(list(map(record, cards)), indent=2))
    elif form == "table":
        _print_table(cards)
    else:
        click.echo(escape_log_commands("\n\n".join(map(SHAPES[form], cards))))
    for region in asked:
        if region not in found:
            _warn(unknown(region))
        for remark in found[region].notes if region in found else ():
            _warn(f"{region}: {remark}")


@covid19.command(short_help="Fetch figures into a file.", epilog=_UPDATE)
@click.option(
    "--source",
    "name",
    metavar="NAME",
    default="who",
    show_default=True,
    help="The source that is asked, however new the answer that is kept.",
)
@click.option("-o", "--output", metavar="FILE", help="Which file; else that of the source local.")
@break_links_option
@config_option
def update(name: str, output: str | None, break_links: bool, config_path: Path | None) -> None:
    """Write all that a source has into the file that the source `local` reads.

    The file appears whole or stays as it was. Nothing uses it that does not name `local` in its
    chain, or the file as file:PATH.
    """
    chosen, settings = _settings(config_path, name, "--source")
    with _progress() as progress:
        source, *others = sources(chosen, replace(settings, refresh=True, progress=progress))
        if others:
            raise click.UsageError("--source: update asks one source")
        failures: list[str] = []
        found = ask([source], list_regions(), failures.append)
    if failures or not found:
        raise click.ClickException("; ".join(failures) or f"{name}: it has no figures")
    figures = list(found.values())
    fetched = max((one.fetched_at for one in figures if one.fetched_at), default=None)
    more = {"fetched": fetched.isoformat()} if fetched else {}
    text = table.write(figures[0].origin, map(table.build_row, figures), **more)
    target = output or str(settings.local)
    if output is None:
        try:
            settings.local.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.make_error(str(settings.local.parent), error) from None
    with files.open_output(target, break_links=break_links, is_real=output is None) as file:
        file.write(text.encode())
    last = max((one.as_of for one in figures if one.as_of), default=None)
    note(f"{len(figures)} regions until {last or 'an unknown day'}: {target}")


def _settings(path: Path | None, chain: str | None, option: str) -> tuple[Chain, Settings]:
    """Return chain and settings of the configuration, and of an option that overrides it."""
    found = load_configuration(path)
    if chain is not None:
        found = set_option(found, option, "covid19", "source", chain)
    given: dict[str, Any] = dict(found.libraries.get("covid19", {}))
    chosen: Chain = given.get("source", "snapshot")
    places = {
        name: given[name] for name in ("local", "cache", "expires", "base_urls") if name in given
    }
    return chosen, Settings(**places)


def _warn(message: str) -> None:
    warn(" ".join(message.split()))


def _card(region: str, figures: Figures | None, language: Language, today: date) -> Card:
    attributes = build_full_attributes(region)
    return Card(attributes, region, figures, language, attributes.font, today)


def _printable(card: Card) -> Card:
    """Return a card with nothing of others that could command a terminal."""
    region, figures = escape_controls(card.region), card.figures
    if figures is not None:
        origin = figures.origin
        words = ("key", "name", "url", "licence", "licence_url")
        safe: dict[str, Any] = {word: escape_controls(getattr(origin, word)) for word in words}
        figures = replace(figures, origin=replace(origin, **safe))
    return replace(card, attributes=build_full_attributes(region), region=region, figures=figures)


def _print_table(cards: Sequence[Card]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if console.is_terminal:
        apart, shown = "\n", Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    else:  # a pipe gets a line for each region
        console = Console(width=_WIDE)
        apart, shown = " ", Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("region", "as of", *TOTALS, "rate", "source"):
        number = name in (*TOTALS, "rate")
        side: Literal["left", "right"] = "right" if number else "left"
        shown.add_column(name, justify=side, no_wrap=name != "region", overflow="fold")
    for card in cards:
        cells = _cells(card)
        shown.add_row(*(Text(apart.join(map(escape_line, filter(None, cell)))) for cell in cells))
    console.print(shown)
    for origin in dict.fromkeys(card.figures.origin for card in cards if card.figures):
        facts = ", ".join(filter(None, (origin.name, origin.licence, origin.url)))
        console.print(Text(escape_line(f"{origin.key}: {facts}"), overflow="fold"))


def _cells(card: Card) -> list[Sequence[str]]:
    """Return the cells of a row, each in parts."""
    name, figures = [card.name], card.figures
    if figures is None:
        return [name, *[["—"]] * (len(TOTALS) + 3)]
    rate = figures.deaths_rate
    day = figures.as_of
    age = [day.isoformat(), _days((card.today - day).days)] if day else ["no date"]
    return [
        name,
        [*age, card.freshness or ""],
        [_number(figures.confirmed), _change(figures.new_confirmed, figures.days)],
        [_number(figures.deaths), _change(figures.new_deaths, figures.days)],
        [_number(figures.recovered)],
        [_number(figures.active)],
        ["—" if rate is None else f"{rate}%"],
        [figures.origin.key],
    ]


def _number(count: int | None) -> str:
    return "—" if count is None else f"{count:,}"


def _change(count: int | None, days: int) -> str:
    """Return a change, with its period where that is not a day; nothing where there is none."""
    if count is None:
        return ""
    period = "" if days == 1 else f" in {_days(days)}"
    return f"{count:+,}{period}" if count else f"±0{period}"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


@contextmanager
def _progress() -> Iterator[Callable[[int, int | None], None] | None]:
    """Give what shows the progress of a download on a terminal; elsewhere there is none."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda came, total: shown.update(task, completed=came, total=total)

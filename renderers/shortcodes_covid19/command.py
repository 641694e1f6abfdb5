"""The command `shortcodes covid19`, which prints figures and saves a copy of them."""

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
from shortcodes.cli.io.printing import note, warn
from shortcodes.cli.io.replacing import RefusalError
from shortcodes.cli.job import break_links_option
from shortcodes.common.log_text import dump_json, escape_controls, escape_line, escape_log_commands
from shortcodes.files.folders import bind_path
from shortcodes_covid19 import table
from shortcodes_covid19.attributes import build_full_attributes
from shortcodes_covid19.card import Card
from shortcodes_covid19.card_data import build_record
from shortcodes_covid19.checks import write_no_figures
from shortcodes_covid19.data_sources import Chain, sources
from shortcodes_covid19.data_sources.files import LARGEST, is_table
from shortcodes_covid19.figures import Figures, ask
from shortcodes_covid19.language import Language, choose_language
from shortcodes_covid19.plausibility import TOTALS
from shortcodes_covid19.regions import list_regions, resolve_region, suggest_region
from shortcodes_covid19.settings import Settings
from shortcodes_covid19.shapes import SHAPES

_PIPE_WIDTH = 1000
"""Columns of a table in a pipe, where no line is to be broken."""
_SHOW_EPILOG = """\b
Sources:
  snapshot    all figures of 215 regions on 2020-06-08; part of the package
  final       WHO totals of December 2024 for EG, AE, PS and the world; part of the package
  local       the file that `shortcodes covid19 update` writes
  file:PATH   your own table, CSV or JSON
  who         the WHO's daily table, fetched over HTTPS
  disease.sh  Worldometer's figures until 2024-04-13, fetched over HTTPS

\b
Examples:
  shortcodes covid19 show EG AE
  shortcodes covid19 show World مصر --source who,snapshot
  shortcodes covid19 show EG --format json"""

_UPDATE_EPILOG = """\b
Examples:
  shortcodes covid19 update
  shortcodes covid19 update --source disease.sh -o worldometer.csv
  shortcodes render --covid-source local article.txt"""


@click.group(short_help="Show or fetch COVID-19 figures.")
def covid19() -> None:
    """Show the figures of COVID-19 cards, or fetch new ones."""


@covid19.command(short_help="Print figures with their age and source.", epilog=_SHOW_EPILOG)
@click.argument("regions", metavar="[REGION]...", nargs=-1)
@click.option(
    "--source",
    "chain",
    metavar="CHAIN",
    help="Sources to ask, separated by commas; the first that knows a region is used.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "text", "markdown", "badge"]),
    default="table",
    show_default=True,
    help="table: a table to read; json: an array of objects; text, markdown: a card for each "
    "REGION; badge: an SVG of one REGION.",
)
@click.option(
    "--lang", default="en", show_default=True, help="The language of the cards, such as ar."
)
@config_option
def show(
    regions: tuple[str, ...], chain: str | None, form: str, lang: str, config_path: Path | None
) -> None:
    """Print the figures of each REGION, or of the world, with their age and source.

    A REGION is a code of two or three letters, or a name in English or Arabic. Without --source,
    the sources are those of the configuration, or else snapshot.
    """
    if form == "badge" and len(regions) > 1:
        raise click.UsageError("--format badge takes one REGION")
    source, settings = _read_settings(config_path, chain, "--source")
    codes = list(dict.fromkeys(resolve_region(region) for region in regions or ("",)))
    figures = ask(sources(source, settings), codes, _warn)
    for code in codes:
        if code not in figures and code not in list_regions():
            suggestion = suggest_region(code)
            raise click.UsageError(
                f"there is no region {code!r}" + (f"; {suggestion}" if suggestion else "")
            )
    today = datetime.now(UTC).date()
    language = choose_language(lang, "", str)
    cards = [_build_card(code, figures.get(code), language, today) for code in codes]
    if form != "json":  # JSON escapes control characters itself
        cards = list(map(_make_printable, cards))
    if form == "json":
        click.echo(dump_json(list(map(build_record, cards)), indent=2))
    elif form == "table":
        _print_table(cards)
    else:
        click.echo(escape_log_commands("\n\n".join(map(SHAPES[form], cards))))
    for code in codes:
        if code not in figures:
            _warn(write_no_figures(code))
        for remark in figures[code].notes if code in figures else ():
            _warn(f"{code}: {remark}")


@covid19.command(short_help="Fetch figures into a file.", epilog=_UPDATE_EPILOG)
@click.option(
    "--source",
    "name",
    metavar="NAME",
    default="who",
    show_default=True,
    help="The source to ask; a cached answer is not used.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="The file to write; else that of the source local."
)
@break_links_option
@config_option
def update(name: str, output: str | None, break_links: bool, config_path: Path | None) -> None:
    """Fetch all figures of a source, and write them into the file of the source `local`.

    On failure the file stays as it was. Its figures are used only where a chain of sources names
    `local`, or the file itself as file:PATH.
    """
    chain, settings = _read_settings(config_path, name, "--source")
    with _show_progress() as progress:
        source, *others = sources(chain, replace(settings, refresh=True, progress=progress))
        if others:
            raise click.UsageError("--source: update takes one source")
        failures: list[str] = []
        by_region = ask([source], list_regions(), failures.append)
    if failures or not by_region:
        raise click.ClickException("; ".join(failures) or f"{name} has no figures")
    figures = list(by_region.values())
    fetched = max((row.fetched_at for row in figures if row.fetched_at), default=None)
    comments = {"fetched": fetched.isoformat()} if fetched else {}
    text = table.write(figures[0].origin, map(table.build_row, figures), **comments)
    target = output or str(settings.local)
    if output is None:
        replacement = files.open_bound_output(
            bind_path(settings.local), _check_table, LARGEST, break_links=break_links
        )
    else:
        replacement = files.open_output(output, break_links=break_links)
    with replacement as file:
        file.write(text.encode())
    last = max((row.as_of for row in figures if row.as_of), default=None)
    note(f"{len(figures)} regions until {last or 'an unknown day'}: {target}")


def _check_table(data: bytes) -> None:
    if data and not is_table(data):
        raise RefusalError("is not a table of figures, left as it is")


def _read_settings(path: Path | None, chain: str | None, option: str) -> tuple[Chain, Settings]:
    """Return the chain and settings of the configuration, or of the option that overrides it."""
    configuration = load_configuration(path)
    if chain is not None:
        configuration = set_option(configuration, option, "covid19", "source", chain)
    values: dict[str, Any] = dict(configuration.libraries.get("covid19", {}))
    source: Chain = values.get("source", "snapshot")
    names = ("local", "cache", "expires", "base_urls")
    return source, Settings(**{name: values[name] for name in names if name in values})


def _warn(message: str) -> None:
    warn(" ".join(message.split()))


def _build_card(region: str, figures: Figures | None, language: Language, today: date) -> Card:
    attributes = build_full_attributes(region)
    return Card(attributes, region, figures, language, attributes.font, today)


def _make_printable(card: Card) -> Card:
    """Return a card without control characters from a source, which a terminal would obey."""
    region, figures = escape_controls(card.region), card.figures
    if figures is not None:
        origin = figures.origin
        fields = ("key", "name", "url", "licence", "licence_url")
        safe: dict[str, Any] = {name: escape_controls(getattr(origin, name)) for name in fields}
        figures = replace(figures, origin=replace(origin, **safe))
    return replace(card, attributes=build_full_attributes(region), region=region, figures=figures)


def _print_table(cards: Sequence[Card]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if console.is_terminal:
        separator, table = "\n", Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    else:  # a pipe gets one line for each region
        console = Console(width=_PIPE_WIDTH)
        separator, table = " ", Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("region", "as of", *TOTALS, "rate", "source"):
        is_number = name in (*TOTALS, "rate")
        side: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(name, justify=side, no_wrap=name != "region", overflow="fold")
    for card in cards:
        cells = _build_cells(card)
        table.add_row(
            *(Text(separator.join(map(escape_line, filter(None, cell)))) for cell in cells)
        )
    console.print(table)
    for origin in dict.fromkeys(card.figures.origin for card in cards if card.figures):
        facts = ", ".join(filter(None, (origin.name, origin.licence, origin.url)))
        console.print(Text(escape_line(f"{origin.key}: {facts}"), overflow="fold"))


def _build_cells(card: Card) -> list[Sequence[str]]:
    """Return the cells of a row, each as the parts that are shown below or beside each other."""
    name, figures = [card.name], card.figures
    if figures is None:
        return [name, *[["—"]] * (len(TOTALS) + 3)]
    rate = figures.deaths_rate
    day = figures.as_of
    age = [day.isoformat(), _write_days((card.today - day).days)] if day else ["no date"]
    return [
        name,
        [*age, card.freshness or ""],
        [_write_number(figures.confirmed), _write_change(figures.new_confirmed, figures.days)],
        [_write_number(figures.deaths), _write_change(figures.new_deaths, figures.days)],
        [_write_number(figures.recovered)],
        [_write_number(figures.active)],
        ["—" if rate is None else f"{rate}%"],
        [figures.origin.key],
    ]


def _write_number(count: int | None) -> str:
    return "—" if count is None else f"{count:,}"


def _write_change(count: int | None, days: int) -> str:
    """Return a change, with its period unless that is one day, or nothing for `None`."""
    if count is None:
        return ""
    period = "" if days == 1 else f" in {_write_days(days)}"
    return f"{count:+,}{period}" if count else f"±0{period}"


def _write_days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


@contextmanager
def _show_progress() -> Iterator[Callable[[int, int | None], None] | None]:
    """Show the progress of a download on a terminal; yield the function that updates it, if any."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda received, total: bar.update(task, completed=received, total=total)

"""Writes the measures as Markdown tables, aligned so that they read well in a terminal too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from inputs import Input

from peers import goals
from peers.contestants import IN_PYTHON, OURS, PORT, REFERENCE, Contestant
from peers.memory import Held
from peers.race import Entrant, Times
from peers.stages import Stage
from peers.startup import Cost

Measured = tuple[Input, dict[Entrant, Times]]

MISSED = "▼"
OTHER_WORK = "†"
WHAT_IS_LEFT = """\
The remaining cost is Python's own. Python interprets a pattern for each match, while WordPress's \
PCRE2 compiles it to machine code. Each node, each list of names and values and each dict is an \
object that has to be allocated, counted and freed, and each takes a few calls. While `extract` \
collects its dicts, the garbage collector goes through the existing ones again and again; an \
application that collects as many can disable it meanwhile, which a library must not do on its \
behalf.

What would help:

- A compiled scanner, in Rust with PyO3 or in Cython, that fills the same `Delimiters` columns; \
everything after it could stay as it is. It would shorten the first two rows, and the reading of \
names and values as well if it split attributes. The wheel would no longer be pure Python.
- Taking the shortcodes of `extract` one by one, as `extract --ndjson` does, or in a loop over \
`parse(text).shortcodes()`: the garbage collector never sees objects that are released at once.
- Reading an attribute text only once if it repeats. This was not done: it makes an input that \
repeats one shortcode look fast, but the shortcodes of articles differ at least in their ids, and \
would pay for the look-up and for the stored results.

The goals of parse on `[a]…[/a] nested` cannot be met in this way: WordPress reads only the \
outermost shortcode there, since its handler ignores the content, whereas the tree lists every \
level."""

_DONE = {"strip": "strip", "parse": "parse", "extract": "extract", "do": "do_shortcode"}


class Report:
    """The rows of a race, and what is to be said below them."""

    def __init__(self, contestants: Sequence[Contestant]) -> None:
        self.contestants = contestants
        self.notes: dict[str, None] = {}
        self.goals = self.missed = 0
        self.least_lead: tuple[float, str] | None = None

    def race(self, measured: Iterable[Measured]) -> str:
        """Return the table of all inputs and rows."""
        heads = ["input", "MB", "operation", *(c.name for c in self.contestants), "goal"]
        return table(heads, [row for one in measured for row in self._rows(*one)])

    def _rows(self, text: Input, times: dict[Entrant, Times]) -> Iterator[list[str]]:
        title, size = text.title, f"{text.size / 1e6:.2g}"
        for row in text.rows:
            reference = self._times(REFERENCE, row, times)
            if row == "do" and not any(self._times(ours, row, times) for ours in OURS):
                continue
            goal = goals.over_wordpress(text, row) if reference else None
            cells = []
            for contestant in self.contestants:
                own = self._times(contestant, row, times)
                if own is None or (row == "do" and contestant not in (REFERENCE, *OURS)):
                    cells.append("")
                    continue
                cell = self._cell(own, None if contestant is REFERENCE else reference)
                if contestant in OURS:
                    cell += self._judged(text, row, contestant, times, goal)
                cells.append(cell + self._counted(text, row, contestant, times))
            yield [title, size, _DONE[row], *cells, "" if goal is None else f"{goal:g}×"]
            title = size = ""

    def _times(self, contestant: Contestant, row: str, times: dict[Entrant, Times]) -> Times | None:
        return times.get((contestant.name, contestant.operations.get(row, "")))

    def _cell(self, own: Times, reference: Times | None) -> str:
        """Return the time, and how many times as fast as the reference it is."""
        if own.failure and not own.is_late:
            return own.failure
        taken = own.failure or time(own.median)
        if reference is None or (reference.failure and not reference.is_late):
            return taken
        if own.is_late and reference.is_late:
            return taken
        sign = "<" if own.is_late else ">" if reference.is_late else ""
        return f"{taken} {sign}{times_as_fast(reference.over(own))}"

    def _judged(
        self,
        text: Input,
        row: str,
        contestant: Contestant,
        times: dict[Entrant, Times],
        goal: float | None,
    ) -> str:
        """Return the mark of a missed goal; also keep the least lead over the peers in Python."""
        own, reference = self._times(contestant, row, times), self._times(REFERENCE, row, times)
        assert own is not None
        where = f"{contestant.name}, {text.name}, {_DONE[row]}"
        if row in ("parse", "extract") and not own.failure and text.shortcodes:
            for peer in IN_PYTHON:
                other = self._times(peer, row, times)
                if other is None or (other.failure and not other.is_late):
                    continue
                lead = other.over(own), f"{where}, over {peer.name}"
                self.least_lead = min(self.least_lead or lead, lead)
        if goal is None or reference is None or (reference.failure and not reference.is_late):
            return ""
        self.goals += 1
        ratio = 0.0 if own.failure else reference.over(own)
        if ratio >= goal:
            return ""
        self.missed += 1
        return f" {MISSED}"

    def _counted(
        self, text: Input, row: str, contestant: Contestant, times: dict[Entrant, Times]
    ) -> str:
        """Return a mark where a contestant did other work than it was asked for."""
        own = self._times(contestant, row, times)
        reference = self._times(REFERENCE, row, times)
        if own is None or own.failure:
            return ""
        said = ""
        if None not in (own.shortcodes, text.shortcodes) and own.shortcodes != text.shortcodes:
            said = f"{own.shortcodes:,} of {text.shortcodes:,} shortcodes"
        elif contestant is PORT and reference and _differ(own, reference):
            said = f"{own.output:,} bytes came out, of WordPress {reference.output:,}"
        if not said:
            return ""
        self.notes[f"{contestant.name}, {text.name}, {_DONE[row]}: {said}"] = None
        return f" {OTHER_WORK}"

    def below(self) -> str:
        """Return what is to be said below the table."""
        lines = []
        if self.least_lead:
            least, where = self.least_lead
            lines.append(
                f"The smallest lead over a peer in Python, in parse and extract, is "
                f"{times_as_fast(least)} (goal {goals.OVER_PYTHON:g}×): {where}."
            )
        if self.goals:
            lines.append(
                f"{self.goals - self.missed} of {self.goals} goals are met; "
                f"{MISSED} marks the others."
            )
        lines += [f"{OTHER_WORK} {note}." for note in self.notes]
        return "\n".join(f"- {line}" for line in lines)


def _differ(own: Times, reference: Times) -> bool:
    """Whether texts of different sizes came out, where texts came out."""
    sizes = own.output, reference.output
    return None not in sizes and len(set(sizes)) > 1


def memory(held: Iterable[Held]) -> str:
    """Return the table of memory."""
    rows = []
    for title, operation, times, limit in held:
        mark = f" {MISSED}" if times > limit else ""
        rows.append([title, operation, f"{times:.1f}×{mark}", f"at most {limit:g}×"])
    return table(["input", "operation", "peak, times the input", "goal"], rows)


def stages(spent: Iterable[Stage]) -> str:
    """Return the table of stages, in microseconds for each shortcode, and what follows from it."""
    taken = {(what, text, who): f"{seconds * 1e6:.2f}" for what, text, who, seconds in spent}
    titles = dict.fromkeys(text for _, text, _ in taken)
    columns = [(text, c.name) for text in titles for c in (*OURS, REFERENCE)]
    rows = [
        [what, *(taken.get((what, *column), "") for column in columns)]
        for what in dict.fromkeys(what for what, *_ in taken)
    ]
    heads = ["µs for each shortcode", *(f"{text}: {who}" for text, who in columns)]
    return f"{table(heads, rows)}\n\n{WHAT_IS_LEFT}"


def startup(costs: Iterable[Cost]) -> str:
    """Return the table of what comes before any work."""
    rows = []
    for what, seconds, limit in costs:
        mark = f" {MISSED}" if limit is not None and seconds > limit else ""
        goal = "" if limit is None else f"at most {time(limit)}"
        rows.append([what, f"{time(seconds)}{mark}", goal])
    return table(["", "time", "goal"], rows)


def time(seconds: float) -> str:
    """Return a time with three figures in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{_figures(seconds / size)} {unit}"
    return f"{_figures(seconds * 1e6)} µs"


def times_as_fast(ratio: float) -> str:
    """Return a ratio with three figures."""
    return f"{_figures(ratio)}×"


def _figures(number: float) -> str:
    if number < 1:
        return f"{number:.2g}"
    return f"{number:,.{max(0, 2 - (number >= 10) - (number >= 100))}f}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with columns as wide as their widest cell."""
    safe = [[cell.replace("|", "\\|") for cell in row] for row in (heads, *rows)]
    widths = [max(3, *map(len, column)) for column in zip(*safe, strict=True)]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in safe
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)

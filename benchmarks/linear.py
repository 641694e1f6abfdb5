"""Time of hostile texts at one and at two megabytes: the ratio says whether it stays linear.

    python benchmarks/linear.py [--size CODE_POINTS] [--runs N] [--only HEADING]

Prints the median of the runs for both sizes in seconds of CPU time, taken in turn, and their
ratio. Exit status 1 when a ratio is above 2.6.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import shortcodes

LIMIT = 2.6


def repeated(piece: str) -> Callable[[int], str]:
    """Return a maker of texts that repeat a piece up to a size."""
    return lambda size: piece * (size // len(piece))


def nested(size: int) -> str:
    """Return openers, then as many closers: 100,000 of each at a million code points."""
    depth = size // 10
    return "[a]" * depth + "[/a]" * depth


def sharing_an_end(size: int) -> str:
    """Return openers of which all end at the same bracket in the WordPress dialect."""
    return "[a " * (size // 3) + "=/]"


def numbered(size: int) -> str:
    """Return shortcodes of which each has a name of its own."""
    return "".join(f"[n{number:07} a=1]" for number in range(size // 14))


TEXTS: dict[str, Callable[[int], str]] = {
    "[": repeated("["),
    "[a ": repeated("[a "),
    '[a b="': repeated('[a b="'),
    "[a b=”": repeated("[a b=”"),
    "[a]": repeated("[a]"),
    "[[": repeated("[["),
    "<!--[a]": repeated("<!--[a]"),
    "[a]…[/a] nested": nested,
    "[a … ]": sharing_an_end,
    "\\[a_b ": repeated("\\[a_b "),
    "\\[a b=”(.*)”]": repeated("\\[a b=”(.*)”]"),
    "[/vc_row]": repeated("[/vc_row]"),
    "[n0000001 a=1] with other numbers": numbered,
    "[a b='": repeated("[a b='"),
    '[a b="[" ': repeated('[a b="[" '),
    '[a b="]" [': repeated('[a b="]" ['),
    '[a b="x "y" ': repeated('[a b="x "y" '),
    "[a b=” c ” d": repeated("[a b=” c ” d"),
    "[a b=’x” ": repeated("[a b=’x” "),
    '[a <b c="': repeated('[a <b c="'),
    "[a &": repeated("[a &"),
    "[/a": repeated("[/a"),
    "[a=": repeated("[a="),
    "<a b='[a c=\"'>": repeated("<a b='[a c=\"'>"),
    "<a b=\"[a c='": repeated("<a b=\"[a c='"),
    "<a b='[a]'>[/a]": repeated("<a b='[a]'>[/a]"),
    "<a b='[a": repeated("<a b='[a"),
    "[a b='<!--'] -->": repeated("[a b='<!--'] -->"),
    "[a][/b]": repeated("[a][/b]"),
    '[a b="… then c="]" …': lambda size: '[a b="' * (size // 12) + '" ' + 'c="]" ' * (size // 12),
    "<[x]": repeated("<[x]"),
    '<a b="[x]" ': repeated('<a b="[x]" '),
    "[x:]": repeated("[x:]"),
    "[[x]]": repeated("[[x]]"),
    "[a and spaces": lambda size: "[a" + " " * size,
    "[ and letters": lambda size: "[" + "a" * size,
    "[ and digits": lambda size: "[" + "1" * size,
    '[a b="spaces': lambda size: '[a b="' + " " * size + "x y]",
    "[a b=”&nbsp;": lambda size: "[a b=”" + "&nbsp;" * (size // 6) + "x y]",
    "[a=x": lambda size: "[a=x" * (size // 4) + " b=[ ]",
    "[a=<b>": lambda size: "[a=<b>" * (size // 6) + " b=[ ]",
    "[a=&": lambda size: "[a=&" * (size // 4) + " b=[ ]",
    '[a="x': lambda size: '[a="x' * (size // 5) + " b=[ ]",
    "[a=«x ": lambda size: "[a=«x " * (size // 6) + " b=[ ]",
    '[a "x': lambda size: '[a "x' * (size // 5) + " b=[ ]",
    "[a 'x": lambda size: "[a 'x" * (size // 5) + " b=[ ]",
    '[a b="c", …': lambda size: '[a b="c"' + ", " * (size // 2) + "d",
    '[a b="c", ': repeated('[a b="c", '),
    '[a "[a "… then b=" and commas': lambda size: (
        '[a "' * (size // 8) + ' b="c"' + "," * (size // 2) + "[ ]"
    ),
    "[a b=<b>": repeated("[a b=<b>"),
    '[a <b c="d">"': repeated('[a <b c="d">"'),
    "[a b=”c”<!-- -->": repeated("[a b=”c”<!-- -->"),
    "[a b=”c”<!--": repeated("[a b=”c”<!--"),
    "[a b=”c” and wide spaces": lambda size: "[a b=”c”" + "\u3000" * size + "d]",
    "[a b=&amp;quot;c&amp;nbsp;": repeated("[a b=&amp;quot;c&amp;nbsp;"),
    "[a b=c/": repeated("[a b=c/"),
    "[a and slashes": lambda size: "[a " + "/" * size + "]",
    "[a b=”c “d”, ": repeated("[a b=”c “d”, "),
    "fences": lambda size: "[a b=1]\n" + "```\nx\n```\n" * (size // 10),
    "```[a]": repeated("```[a]\n"),
    "<pre>[a]<code>": repeated("<pre>[a]<code>"),
    "a:1:{ before [a]": lambda size: "a:1:{" * (size // 5) + "[a]",
    's:3:"[a]"; and letters beyond ASCII': repeated('s:3:"[a]";é'),
    's:90000:" before [a]': lambda size: 's:90000:"' * (size // 9) + "[a]",
    "s:3:&quot;[a]&quot;;": repeated("s:3:&quot;[a]&quot;;"),
}


OPTIONS: dict[str, dict[str, Any]] = {
    "as text": {},
    "as Markdown": {"markdown": True},
    "as WordPress": {"dialect": "wordpress"},
}

STRIPPED: dict[str, Callable[[int], str]] = {
    "[x k=1]<p><p>…": lambda size: "[x k=1]" + "<p>" * (size // 3),
    "[x k=1]&nbsp;…": lambda size: "[x k=1]" + "&nbsp;" * (size // 6) + "a",
    "[x k=1]<p> …<br>…": lambda size: "[x k=1]" + "<p> " * (size // 8) + "<br>" * (size // 8),
    "[x k=1] and blank lines": repeated("[x k=1]\n\n"),
    "a [x k=1]": repeated("a [x k=1]"),
    "<p>[x k=1]": repeated("<p>[x k=1]"),
    "<p>a<br>[x k=1]<br>": repeated("<p>a<br>[x k=1]<br>"),
    "<!-- wp:a -->[x k=1]…": lambda size: (
        "<!-- wp:a -->[x k=1]" * (size // 40) + "<!-- /wp:a -->" * (size // 28)
    ),
    "a[/x][x]…": repeated("a[/x][x]"),
    "<b>…[/x][x]</b>…": lambda size: "[x]<b>" * (size // 16) + "[/x][x]</b>" * (size // 20),
}
"""What is hostile to the rules of strip about what is left."""

XML, PROSE = "<?xml version='1.0'?><a>", "a " * 200
PARTED: dict[str, Callable[[int], str]] = {
    "<![CDATA[": repeated("<![CDATA["),
    "<![CDATA[>": repeated("<![CDATA[>"),
    "<![CDATA[[x k=1]…]]>": repeated(f"<![CDATA[[x k=1]{PROSE}]]>"),
    "<?xml?><![CDATA[[x k=1]…]]>": lambda size: (
        XML + f"<![CDATA[[x k=”1”]{PROSE}]]>" * (size // (21 + len(PROSE)))
    ),
    "<title><![CDATA[[x k=1]…]]>": repeated(f"<title><![CDATA[[x k=1]{PROSE}]]>"),
    "<b c='<![CDATA['>[x k=1]]]>": repeated("<b c='<![CDATA['>[x k=1]]]>"),
    "<wp:meta_value>[x k=1]": repeated("<wp:meta_value>[x k=1]"),
    "<wp:meta_value></": repeated("<wp:meta_value></"),
    "<!--<![CDATA[-->]]>": repeated("<!--<![CDATA[-->]]>"),
    "]]-[x k=1]->": repeated("]]-[x k=1]->"),
    "]-[x k=1]": lambda size: "]-[x k=1]" * (size // 9) + "->",
    "--- [x k=1]": lambda size: "---\na: b\n---\n" + "[x k=”1”]\n" * (size // 11),
    "--- a: b": lambda size: "---\n" + "a: b\n" * (size // 5),
    "--- a: [": lambda size: "---\na: " + "[\n" * (size // 3) + "---\n[x k=1]",
    "--- a::::": lambda size: "---\na" + "::" * (size // 3) + "\n---\n[x k=1]",
    "+++ a = [": lambda size: "+++\na = " + "[" * (size // 2) + "\n+++\n[x k=1]",
    "+++ [a.a.": lambda size: "+++\n[" + "a." * (size // 3) + "b]\n+++\n[x k=1]",
    's:1:"[x k=1]': lambda size: 's:1:"' + "[x k=1]" * (size // 7) + '";',
}
"""What is hostile to the rules about texts in texts."""

LINTED: dict[str, Callable[[int], str]] = {
    **TEXTS,
    "[x][x]…[/x]": lambda size: "[x]" * (size // 3) + "[/x]",
    "[x]a[/x] [x]": repeated("[x]a[/x] [x]"),
    "[x]…[/x] nested in [y]": lambda size: "[x][y]" * (size // 12) + "[/y][/x]" * (size // 16),
    "[x a=”1″ b=”2″]": repeated("[x a=”1″ b=”2″]"),
    "[x a=”5\" 6'”]": repeated("[x a=”5\" 6'”]"),
    '[x a="b, "c" …': lambda size: '[x a="' + 'b, "c" ' * (size // 7) + '"]',
    '[x a="b", c="d"]': repeated('[x a="b", c="d"]'),
    '[x a="b c="d"]': repeated('[x a="b c="d"]'),
    '[x a="b" [x c="d"]': repeated('[x a="b" [x c="d"]'),
    '[x a="[1]" b="1 < 2"]': repeated('[x a="[1]" b="1 < 2"]'),
    "[x a='C:\\d\\…']": lambda size: "[x a='C:" + "\\d" * (size // 2) + "']",
    "[x a=1×1×…]": lambda size: "[x a=1" + "×1" * (size // 2) + "]",
    "<a b='[x k=1]'>": repeated("<a b='[x k=1]'>"),
    "[x k=1]<code>[x k=1]</code>": repeated("[x k=1]<code>[x k=1]</code>"),
    "[x a=1<br />b=2]": repeated("[x a=1<br />b=2]"),
    "[x]a[/x ]": repeated("[x]a[/x ]"),
    "[xyz]a[/xzy]": repeated("[xyz]a[/xzy]"),
    "[x a=”1” b=2<b></b>]": repeated("[x a=”1” b=2<b></b>]"),
    "[x a=”1”, b=”2”;]": repeated("[x a=”1”, b=”2”;]"),
    "[x a=”“b” “b” …”]": lambda size: "[x a=”" + "“b” " * (size // 4) + "”]",
    "[x a=”‘b ‘b …”]": lambda size: "[x a=”" + "‘b " * (size // 3) + "c”]",
    "[x a=”<b>…</b>…”]": lambda size: (
        "[x a=”c" + "<b>" * (size // 8) + "</b>" * (size // 8) + "d”]"
    ),
    "[x a=”b”<b>…</b>… c=”d”]": lambda size: (
        "[x a=”b”" + "<b>" * (size // 8) + "</b>" * (size // 8) + " c=”d”]"
    ),
    "[x\u00a0k=1]": repeated("[x\u00a0k=1]"),
    "spaces and suppressions": lambda size: (
        " " * (size // 2) + "<!-- shortcodes: ignore SC1 -->" * (size // 64)
    ),
}
"""What is hostile to rules and their fixes."""


def parsed(text: str, options: dict[str, Any]) -> None:
    """Parse a text and ask for its diagnostics."""
    assert shortcodes.parse(text, tags="any", **options).diagnostics is not None


def stripped(text: str, options: dict[str, Any]) -> None:
    """Strip a text."""
    shortcodes.strip(text, tags="any", **options)


def linted(text: str, options: dict[str, Any]) -> None:
    """Ask all rules about a text."""
    shortcodes.lint(text, tags="any", **options)


def fixed(text: str, options: dict[str, Any]) -> None:
    """Fix what can be fixed in a text."""
    shortcodes.fix(text, unsafe=True, tags="any", **options)


Work = Callable[[str, dict[str, Any]], None]
PARTS: list[tuple[str, dict[str, Callable[[int], str]], Work, dict[str, Any]]] = [
    *((heading, TEXTS, parsed, how) for heading, how in OPTIONS.items()),
    ("strip, as text", STRIPPED, stripped, {}),
    ("parts, parsed", PARTED, parsed, {}),
    ("parts, strip", PARTED, stripped, {}),
    ("parts, lint", PARTED, linted, {}),
    ("parts, fix", PARTED, fixed, {}),
    ("lint, as text", LINTED, linted, {}),
    ("lint, as WordPress", LINTED, linted, {"dialect": "wordpress"}),
    ("fix, as text", LINTED, fixed, {}),
]


def seconds(work: Work, text: str, options: dict[str, Any]) -> float:
    """Return the CPU time that the work on a text takes."""
    begin = process_time()
    work(text, options)
    return process_time() - begin


def main() -> int:
    """Print a row for each text."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--size", type=int, default=1_000_000, help="code points")
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument(
        "--only",
        default="",
        help="parts whose heading holds this: text, Markdown, WordPress, strip, parts, lint, fix",
    )
    options = arguments.parse_args()
    print(f"{'text':24}{'items':>9}{'1x s':>9}{'2x s':>9}{'ratio':>8}")
    worst = 0.0
    for heading, texts, work, how in PARTS:
        if options.only not in heading:
            continue
        print(heading)
        for name, make in texts.items():
            small, large = make(options.size), make(2 * options.size)
            # What is compiled for a list of names is not the text's cost: once before for each.
            seconds(work, large, how)
            items = len(shortcodes.parse(small, tags="any", **how).items())
            times = [
                (seconds(work, small, how), seconds(work, large, how)) for _ in range(options.runs)
            ]
            once, twice = median(t[0] for t in times), median(t[1] for t in times)
            worst = max(worst, twice / once)
            print(f"{name:24}{items:>9,}{once:>9.3f}{twice:>9.3f}{twice / once:>8.2f}", flush=True)
    print(f"largest ratio {worst:.2f}, limit {LIMIT}")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

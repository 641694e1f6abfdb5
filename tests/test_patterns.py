"""Regular expressions: where they are, that each is possessive or bounded, and what it costs.

Nothing is timed. `pattern_steps` counts the steps of a matcher that goes back as `re` does, on
texts that `pattern_texts` makes of the pattern's own alphabet, at two sizes.
"""

from __future__ import annotations

import re
import re._constants as codes
from functools import cache
from re._parser import parse
from typing import Any

import pytest

from tests.pattern_calls import CALLS, EVERYWHERE, Call, calls
from tests.pattern_places import (
    Pattern,
    compiled,
    other_ways,
    patterns,
    places,
    terminals,
)
from tests.pattern_steps import ONE_CHARACTER, Counted, TooManyStepsError, inside, scoped, walk
from tests.pattern_texts import Shape, shapes
from tests.repository import ROOT

pytestmark = pytest.mark.checkout

TWICE = 2.2
"""What costs no more at twice the size is linear: what is constant makes it less than twice."""
FAR = 8
"""At so many times the size limits such as `{1,64}` no longer show."""
MOST_STEPS = 1_000_000

UNENDING = {
    "shortcodes/html/tokens.py: _compile_token": "a comment may end with the text",
    "renderers/shortcodes_html/printer.py: TOKEN": "the same, and raw text does",
    "renderers/shortcodes_html/titles.py: _HEADING": "a heading ends with the text at the latest",
    "renderers/shortcodes_html/language.py: _HTML_LANG": "it stays inside of one tag",
    "renderers/shortcodes_html/__init__.py: _COMPLETE": "each comment is kept once it ended",
    "shortcodes/wordpress/safety.py: _ATTRIBUTE": "it goes back from one quote to the one before",
    "renderers/shortcodes_wordpress/providers.py: PROVIDERS": "it goes back from one & to the next",
    "shortcodes/files/pattern_segments.py: _exact": "a star of .gitignore, between two slashes",
    "shortcodes/files/pattern_segments.py: _expressions": "a star of .gitignore, in one name",
}
"""Patterns that could give back what they read, and what bounds that. They are measured as all
others are."""

PLANTED: dict[str, tuple[str, Call]] = {
    "a repeat of a repeat": (r"(?:a+)+\Z", Call("once")),
    "alternatives that overlap": (r"(?:a|aa)*b", Call("once")),
    "alternatives of classes that overlap": (r"(?:\w|\d\d)+!", Call("once")),
    "two repeats of the same": (r"a*a*b", Call("once")),
    "two repeats that share a class": (r"\s*[,;]?\s*=", Call("once")),
    "three repeats far apart": (r".*x.*y.*z", Call("whole")),
    "an end that is searched for": (r"\s+\Z", EVERYWHERE),
    "an end of lines": (r"(?m)[ \t]+$", EVERYWHERE),
    "possessive, but from every start": (r"[a-z]++;", EVERYWHERE),
    "a group from every start": (r"(?:x|y)*z", EVERYWHERE),
    "an opening that is not closed": (r"\[[^\]]*+\]", EVERYWHERE),
    "an opening of two characters": (r"<!--[^>]*+>", EVERYWHERE),
    "a lazy search for what never comes": (r"<b.*?x", EVERYWHERE),
    "a look ahead from every start": (r"\w(?=\w*+;)", EVERYWHERE),
    "a look behind the rest": (r"(?![^/?#]*:)[^\s]", EVERYWHERE),
    "what a group was": (r"(a+)\1;", Call("once")),
    "a rest that fails for each start of it": (r"(?:[^#]*&)?v=\d(?:&.*)?", Call("whole")),
    "a tag with attributes": (r"<a(?:\s*\w+)*\s*/>", Call("once")),
}
LINEAR: dict[str, tuple[str, Call]] = {
    "a possessive repeat": (r"a++\Z", Call("once")),
    "what is not its own rest": (r"[^<]*+<", Call("once")),
    "a bounded repeat": (r"[a-z]{1,40};", EVERYWHERE),
    "one start in each run": (r"(?<![a-z])[a-z]++;", EVERYWHERE),
    "an opening that ends at the next": (r"\[[^\[\]]*+\]", EVERYWHERE),
    "an opening that ends with the text": (r"<[^>]*+(?:>|\Z)", EVERYWHERE),
    "a group whose rounds begin differently": (r"(?:[^<]++|<(?!b)|(?!))*+<b", Call("once")),
    "quotes, of which the second closes": (r'"[^"]*+"', EVERYWHERE),
    "a lazy repeat that always ends": (r"(?s)<b.*?(?:x|\Z)", EVERYWHERE),
    "possessive from every start, tried once": (r"[a-z]++;", Call("once")),
    "what only follows a sign": (r"[a-z]++;", Call("search", after="#")),
    "what ends before the last sign": (r"\[[^\]]*+\]", Call("search", last="]")),
    "token after token": (r"[a-z]++|[0-9]++;", Call("chain")),
}

FOLDING = {
    "shortcodes/html/gains.py",
    "shortcodes/html/values.py",
    "shortcodes/html/whole.py",
    "shortcodes/linting/tag_writer.py",
    "renderers/shortcodes_strip/blank_patterns.py",
}
"""The files that have such patterns, where another letter only makes more dangerous or blank."""


# --- where they are -------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_place_is_known_by_what_it_compiles() -> None:
    """What a place compiles was seen; so no pattern is missed that is made of others."""
    seen = {place for place, _ in compiled()}
    assert [f"{place}:{place.line}" for place in places() if place not in seen] == []
    assert len(places()) > 200


@pytest.mark.slow
def test_nothing_is_compiled_out_of_sight() -> None:
    assert other_ways() == []
    from tests.pattern_recorder import LEXER

    assert {pattern.name for place, pattern in compiled() if place is None} == {LEXER}


def test_every_terminal_of_the_grammar_is_among_the_patterns() -> None:
    written = {
        line.removeprefix("%override ").partition(":")[0].partition(".")[0]
        for path in (ROOT / "grammar").glob("*.lark")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"(?:%override )?[A-Z_]{2,}(?:\.\d)?:", line)
    }
    named = {pattern.name.removeprefix("grammar: ").split()[0] for pattern in terminals()}
    from shortcodes.lenient import grammar

    alike = {name for name in grammar.terminals(True) if name not in named}
    assert written <= named | alike
    sources = {pattern.source for pattern in terminals()}
    assert all(grammar.terminals(True)[name] in sources for name in alike)


# --- that they are possessive or bounded ----------------------------------------------------------


def _gives_back(pattern: Pattern) -> bool:
    """Whether a repeat without an end could give back what it read."""
    tree = parse(pattern.given, pattern.flags)
    repeats = (codes.MAX_REPEAT, codes.MIN_REPEAT)
    return any(code in repeats and argument[1] is codes.MAXREPEAT for code, argument in walk(tree))


def test_every_pattern_is_possessive_or_bounded_and_every_exception_is_needed() -> None:
    assert {pattern.name for pattern in patterns() if _gives_back(pattern)} == UNENDING.keys()


ONLY_ASCII = "iIkKsS"
"""Letters that equal others where case is ignored: "ſ" (U+017F), "K" (U+212A), "İ" and "ı"."""


def _folds(nodes: Any, flags: int) -> bool:
    """Whether a letter that is written in ASCII matches another letter too."""
    for code, argument in nodes:
        own = flags
        if code is codes.SUBPATTERN:
            own = scoped(flags, argument[1]) & ~argument[2]
        elif flags & re.IGNORECASE and not flags & re.ASCII and code in (codes.LITERAL, codes.IN):
            members = [(code, argument)] if code is codes.LITERAL else argument
            for kind, letters in members:
                first, last = letters if kind is codes.RANGE else (letters, letters)
                if kind in (codes.LITERAL, codes.RANGE) and any(
                    first <= ord(letter) <= last for letter in ONLY_ASCII
                ):
                    return True
        if any(_folds(inner, own) for inner in inside(code, argument)):
            return True
    return False


@pytest.mark.slow
def test_no_pattern_that_ignores_case_takes_other_letters_for_those_of_ascii() -> None:
    trees = {pattern.name: parse(pattern.given, pattern.flags) for pattern in patterns()}
    folding = {name for name, tree in trees.items() if _folds(tree, tree.state.flags)}
    assert {name.partition(":")[0] for name in folding} <= FOLDING


def _is_misread(pattern: Pattern) -> bool:
    """Whether Python before 3.11.5 would go on in the middle of a round that failed.

    It does so after a possessive repeat of a group, unless the last alternative of the group fails
    without reading anything.
    """
    tree = parse(pattern.given, pattern.flags)
    return any(
        code is codes.POSSESSIVE_REPEAT and not _ends_where_it_began(argument[2])
        for code, argument in walk(tree)
    )


def _ends_where_it_began(body: Any) -> bool:
    code, argument = body[-1]
    if len(body) == 1 and code in ONE_CHARACTER:
        return True
    if len(body) == 1 and code is codes.SUBPATTERN:
        return _ends_where_it_began(argument[3])
    return len(body) == 1 and code is codes.BRANCH and _fails(*argument[1][-1][0])


def _fails(code: Any, argument: Any) -> bool:
    """Whether this is what Python makes of `(?!)`; which, depends on its version."""
    return code is codes.FAILURE or (code is codes.ASSERT_NOT and not argument[1].data)


def test_every_pattern_is_read_alike_by_every_python() -> None:
    assert {pattern.name for pattern in patterns() if _is_misread(pattern)} == set()


@pytest.mark.parametrize("source", [r"(?:a\d)*+", r"(?:ab|\d+x)?+", r"((?!b)a)++"])
def test_a_pattern_that_some_python_misreads_is_found(source: str) -> None:
    assert _is_misread(Pattern("planted", source))


# --- what they cost -------------------------------------------------------------------------------


def _slow(pattern: Pattern, call: Call) -> Shape | None:
    """Return a shape of text that costs more than linear time, if one of them does."""
    counted = call.counted(pattern)
    return next((one for one in _shapes(pattern) if _grows(call, counted, one)), None)


def _shapes(pattern: Pattern) -> list[Shape]:
    return _made(pattern.given, pattern.flags)


@cache
def _made(given: str | bytes, flags: int) -> list[Shape]:
    return shapes(Counted(given, flags), repr(given))


def _grows(call: Call, counted: Counted, shape: Shape) -> bool:
    def grows(scale: int) -> bool:
        once = call.steps(counted, shape.text(scale), MOST_STEPS)
        return call.steps(counted, shape.text(2 * scale), MOST_STEPS) > TWICE * once

    try:
        return grows(1) and grows(FAR)
    except TooManyStepsError:
        return True


@pytest.mark.slow
def test_no_text_of_its_own_alphabet_makes_a_pattern_slow() -> None:
    slow = {
        (pattern, call.how): shape
        for pattern in patterns()
        for call in calls(pattern)
        if (shape := _slow(pattern, call))
    }
    assert slow == {}
    assert len(patterns()) > 300
    assert sum(map(len, map(_shapes, patterns()))) > 15_000


@pytest.mark.slow
def test_every_statement_about_how_a_pattern_is_tried_is_still_needed() -> None:
    slow = {pattern.name for pattern in patterns() if pattern.name in CALLS and _needs(pattern)}
    assert CALLS.keys() - slow == set()


def _needs(pattern: Pattern) -> bool:
    return _slow(pattern, EVERYWHERE) is not None


_OPEN = ("[x", '[x a="b"', "[x a=b", "[x a=”b”", "[/x", '[x a="')
_SPACES = (" ", "&nbsp;")
HOLES = [
    *[Shape(before, "1", "!") for before in ("", "+", "1.", "-")],
    *[Shape("1", " ", after) for after in ("x", "px!", "")],
    *[Shape("", " ", after) for after in ("x", "1p", "")],
    *[Shape(f'[{tag}="', digit, 'x"]') for tag in ("gallery columns", "a width") for digit in "1 "],
    *[Shape(f"<img width={quote}", digit, "x>") for quote in ("'", '"', "") for digit in "1 "],
    *[Shape(tag, space, end) for tag in _OPEN for space in _SPACES for end in ("]", "/", "!")],
]
"""Numbers where a length or a number of columns stands, and white space before a bracket."""


@pytest.mark.slow
def test_numbers_and_the_spaces_before_a_bracket_are_linear_for_every_pattern() -> None:
    """Whichever of them reads those."""
    slow = {
        (pattern, shape)
        for pattern in dict.fromkeys(pattern for _, pattern in compiled())
        for call in calls(pattern)
        for counted in [call.counted(pattern)]
        for shape in HOLES
        if _grows(call, counted, shape)
    }
    assert slow == set()


# --- that this finds something --------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("source", "call"), PLANTED.values(), ids=PLANTED)
def test_a_slow_pattern_is_found(source: str, call: Call) -> None:
    assert _slow(Pattern("planted", source), call) is not None


@pytest.mark.parametrize(("source", "call"), LINEAR.values(), ids=LINEAR)
def test_a_linear_pattern_is_not_taken_for_a_slow_one(source: str, call: Call) -> None:
    assert _slow(Pattern("planted", source), call) is None


@pytest.mark.slow
def test_the_counting_matcher_matches_what_re_matches() -> None:
    for pattern in {(one.given, one.flags): one for one in patterns()}.values():
        _compare(pattern)


@pytest.mark.parametrize(("source", "_"), [*PLANTED.values(), *LINEAR.values()])
def test_the_counting_matcher_matches_planted_patterns_as_re_does(source: str, _: Call) -> None:
    _compare(Pattern("planted", source))


def _compare(pattern: Pattern) -> None:
    """Compare all matches, the one at the beginning and that of the whole text."""
    counted = Counted(pattern.given, pattern.flags)
    real: re.Pattern[Any] = re.compile(pattern.given, pattern.flags)
    for shape in _shapes(pattern)[::3]:
        text = shape.before + shape.repeated * 3 + shape.after
        given: str | bytes = text
        if pattern.of_bytes:
            given = text.encode("latin-1", "replace")
            text = given.decode("latin-1")
        at = pattern, text
        assert (at, counted.find_all(text)) == (at, [one.span() for one in real.finditer(given)])
        assert (at, counted.match(text)) == (at, _span(real.match(given)))
        assert (at, counted.match(text, whole=True)) == (at, _span(real.fullmatch(given)))


def _span(found: re.Match[Any] | None) -> tuple[int, int] | None:
    return found.span() if found else None

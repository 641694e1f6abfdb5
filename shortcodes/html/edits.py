"""Edits in HTML: they must not create anything that was not there before.

Removing `[b]` from `href="java[b]script:…"` creates an address that runs, and so may the output of
a handler there. Removing `[b a='<style>']` turns the content of `<style>` into markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from shortcodes.html.ambiguity import find_ambiguity
from shortcodes.html.references import unescape
from shortcodes.html.tags import attributes
from shortcodes.html.tokens import (
    FindCode,
    Reading,
    Span,
    find_code_with_html,
    list_raw_text,
    tokens,
)

_ADDRESSES = frozenset(
    {"action", "background", "cite", "classid", "codebase", "data", "formaction", "href", "icon"}
    | {"imagesrcset", "longdesc", "manifest", "ping", "poster", "profile", "src", "srcset"}
    | {"usemap", "xlink:href"}
)
"""Attributes whose values are addresses or begin with one."""

_WORDS = re.compile(
    r"(?i)(?:abbr|alt|aria-.*+|class|dir|download|height|id|label|lang|name|placeholder|rel|role"
    r"|summary|target|title|type|value|width)\Z"
)
"""Attributes whose values are words and hold no addresses."""

_RUNS = re.compile(r"(?i)on|srcdoc\Z")
"""The beginnings of attributes that a browser runs, or shows as a page."""

_EXECUTES = re.compile(r"(?i)(?:javascript|vbscript|data):")
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\ufffd]++")
"""Characters that browsers ignore when they read the scheme of an address."""

CUT_MARK = "\ufffc"
"""What stands for a cut in a tag. No address begins after it."""

_NOT_BEFORE = rf"(?<![A-Za-z0-9+.{CUT_MARK}-])"
_NO_SLASH_BEFORE = rf"(?<![/\\{CUT_MARK}])"
_REACH = re.compile(rf"{_NOT_BEFORE}[A-Za-z][A-Za-z0-9+.-]*+:|{_NO_SLASH_BEFORE}[/\\]{{2}}")
_SERVER = re.compile(
    rf"(?:(?i:{_NOT_BEFORE}(?:https?|ftp|wss?|file):)[/\\]*+"
    rf"|{_NO_SLASH_BEFORE}[/\\]{{2}}[/\\]*+)([^/\\?#]*+)"
)
"""The server of an address, anywhere in a value. Browsers need no slashes after the scheme, and let
commas and quotes be part of it."""

_LOADS = {
    "style": re.compile(r"@?(?<![\w-])[\w-]++\(|@[\w-]++"),
    "content": re.compile(r"(?ai)url\s*+="),
}
"""The words by which CSS, and `refresh` in a `<meta>`, load what an address names, by attribute."""

_HIDES = {
    "style": re.compile(r"[\"'()\\/*{};]"),
    "srcset": re.compile(r"[()]"),
    "imagesrcset": re.compile(r"[()]"),
}
"""What begins or ends something in which no address counts, by attribute."""

_KEYWORDS = frozenset({"id", "name", "type"})
"""Attributes whose value as a whole means something to a browser or a script. Scripts know a form
or an image by its name: `<img name="cookie">` hides the cookies from them."""


def reach(address: str) -> str:
    """Return the scheme of an address with its colon, in lower case; "//" if it names only a
    server; "" if it stays on the same server.
    """
    match = _REACH.match(_IGNORED.sub("", unescape(address)))
    return match[0].lower().replace("\\", "/") if match else ""


def keeps_its_meaning(
    before: str,
    after: str,
    vouched: str | None = None,
    filled: str | None = None,
    removed: str = "",
) -> bool:
    """Return whether a tag keeps its attributes in an edit, and their meaning.

    No edited attribute may be one that runs, and all addresses must keep their scheme and server.

    Args:
        before: The tag before the edit.
        after: The tag after it.
        vouched: The tag with only the output in place for which somebody vouches. An address may
            have the scheme that it has there.
        filled: The tag with all output in place and nothing removed. An address may have the server
            that it has there.
        removed: The source of what is removed or replaced. In CSS and in `srcset`, a quote or a
            parenthesis in it may have hidden an address after it.
    """
    old, new = _list_values(before), _list_values(after)
    with_scheme = old if vouched is None else _list_values(vouched)
    with_server = old if filled is None else _list_values(filled)
    names = [[name for name, _ in values] for values in (old, new, with_scheme, with_server)]
    return all(names[0] == others for others in names[1:]) and all(
        _is_harmless(name, old_value, new_value, scheme_value, server_value)
        and (old_value == new_value or not _may_reveal(name, removed, new_value))
        for (name, old_value), (_, new_value), (_, scheme_value), (_, server_value) in zip(
            old, new, with_scheme, with_server, strict=True
        )
    )


def _is_harmless(name: str, before: str, after: str, with_scheme: str, with_server: str) -> bool:
    """Return whether a value may change in an edit, with a scheme and a server of other values."""
    if before == after:
        return True
    if _RUNS.match(name) or _EXECUTES.search(_IGNORED.sub("", unescape(after))):
        return False
    is_cut = CUT_MARK in with_server
    if _WORDS.match(name):
        return not is_cut or not after or name.lower() not in _KEYWORDS
    if is_cut and name.lower() in _HIDES and _find_servers(after):
        return False  # what is not valid with the shortcode loads nothing
    loads = _LOADS.get(name.lower())
    if loads and not _keeps_loads(loads, after, with_server):
        return False
    # Lists of addresses, CSS and `refresh` hold addresses anywhere.
    if not _is_subsequence(_find_reaches(after), _find_reaches(with_scheme)):
        return False
    if not _is_subsequence(_find_servers(after), _find_servers(with_server)):
        return False
    return name.lower() not in _ADDRESSES or (
        reach(after) == reach(with_scheme)
        and _find_servers(after)[:1] == _find_servers(with_server)[:1]
    )


def _keeps_loads(loads: re.Pattern[str], after: str, other: str) -> bool:
    """Return whether a value loads nothing by other words than another value has."""
    words = (loads.findall(unescape(value)) for value in (after, other))
    return "\\" not in after and _is_subsequence(*words)


def _may_reveal(name: str, removed: str, after: str) -> bool:
    """Return whether what is removed from a value may have hidden an address that stays in it."""
    hides = _HIDES.get(name.lower())
    if hides is None or not hides.search(unescape(removed)):
        return False
    loads = _LOADS["style"].search(unescape(after))
    return loads is not None or bool(_find_servers(after))


def _find_reaches(value: str) -> list[str]:
    """Return everything in a value that could be the scheme or the server of an address."""
    return _REACH.findall(_IGNORED.sub("", unescape(value)))


def _find_servers(value: str) -> list[str]:
    return _SERVER.findall(_IGNORED.sub("", unescape(value)))


def _is_subsequence(some: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether the strings are among the others, in the same order."""
    rest = iter(others)
    return all(each in rest for each in some)


def _list_values(tag: str, *, exact: bool = False) -> list[tuple[str, str]]:
    spans = attributes(tag, 0, len(tag), exact=exact)
    return [(name, tag[slice(*span)]) for name, span in spans]


# --- whole texts ----------------------------------------------------------------------------------

_JOINS = frozenset("</!?-")
"""Characters before a cut that may become a part of HTML with the text after it."""


def touches_html(text: str, spans: Iterable[Span]) -> bool:
    """Return whether what is removed from a text, or what precedes it, may be a part of HTML."""
    return any(
        text[start - 1 : start] in _JOINS or text.find("<", start, end) >= 0 for start, end in spans
    )


def may_tear(text: str, spans: Iterable[Span]) -> bool:
    """Return whether one of the spans may hold only one tag of a link or a form, or part of SVG."""
    if _IS_FOREIGN.search(text):
        # Spans may be nested: each is looked up, not searched.
        offsets = [index for index, character in enumerate(text) if character == "<"]
        return any(bisect_left(offsets, start) < bisect_left(offsets, end) for start, end in spans)
    tags = list(_TAKES_THE_REST.finditer(text))
    if not tags:
        return False
    starts = [tag.start() for tag in tags]
    depths = [0, *accumulate(-1 if tag["slash"] else 1 for tag in tags)]
    return any(
        depths[bisect_left(starts, start)] != depths[bisect_left(starts, end)]
        for start, end in spans
    )


def find_gained(
    before: str,
    after: str,
    code_finders: Sequence[FindCode] = (),
    *,
    shown: Callable[[str], str] = str,
) -> Span | None:
    """Return the span of the first tag of an edited text that the text before did not have.

    A tag is an old one if the text before has it, in the same order, with all its attributes;
    values may have changed if that does no harm.

    Args:
        before: The text before.
        after: The edited text.
        code_finders: The ways to find code in the format of both.
        shown: Returns a tag of the edited text with its placeholders replaced.
    """
    if "<" not in after:
        return None
    ambiguous = find_ambiguity(after, code_finders)
    if ambiguous and find_ambiguity(before, code_finders) is None:
        return ambiguous
    both = zip(
        [(), *find_code_with_html(before, code_finders)],
        [(), *find_code_with_html(after, code_finders)],
        strict=True,
    )
    spans = (
        _find_first_gained(before, after, Reading(raw_text, old), Reading(raw_text, new), shown)
        for old, new in dict.fromkeys(both)
        for raw_text in list_raw_text(before, after)
    )
    return next(filter(None, spans), None)


def _find_first_gained(
    before: str,
    after: str,
    reading_before: Reading,
    reading_after: Reading,
    shown: Callable[[str], str],
) -> Span | None:
    old = ((before[slice(*span)], depth) for span, depth in _find_tags(before, reading_before))
    lost: Counter[str] = Counter()
    is_torn = False  # whether an element of SVG or MathML lost a tag
    stays_open = False  # whether a link or a form lost its closing tag
    last: Span | None = None
    for span, depth in _find_tags(after, reading_after):
        tag = after[slice(*span)]
        same, edited = (tag, shown(tag)), _EditedTag(tag)
        for old_tag, old_depth in old:
            if old_depth == depth and (old_tag in same or edited.may_come_from(old_tag)):
                break
            is_torn = old_depth > 0
            stays_open |= _count_tag(lost, old_tag) > 0
        else:
            return span
        if (is_torn and depth) or stays_open or _count_tag(lost, tag, 0):
            return span
        is_torn = False
        last = span
    stays_open |= any(_count_tag(lost, old_tag) > 0 for old_tag, _ in old)
    return last if stays_open else None


_TAKES_THE_REST = re.compile(r"(?ai)<(?P<slash>/?)(?P<name>a|form)(?=[ \t\n\f\r/>])")
"""A tag of a link or a form, which take in what follows until they are closed."""


def _count_tag(lost: Counter[str], tag: str, step: int = 1) -> int:
    """Count a lost tag of a link or a form, and return how many more closing tags than opening ones
    are lost of its name; 0 for other tags.
    """
    match = _TAKES_THE_REST.match(tag)
    if match is None:
        return 0
    name = match["name"].lower()
    lost[name] += step if match["slash"] else -step
    return lost[name]


def _find_tags(text: str, reading: Reading) -> Iterator[tuple[Span, int]]:
    """Yield the span of each tag, and how many elements of SVG and MathML are open before it."""
    depth = 0
    for token in tokens(text, reading, exact=True):
        if not token.is_tag:
            continue
        yield (token.start, token.end), depth
        depth = count_foreign(depth, token.match)


_IS_FOREIGN = re.compile(r"(?ai)<(?:svg|math)(?=[ \t\n\f\r/>])")
_FOREIGN = frozenset({"svg", "math"})
"""Elements in which a tag stands for another element than outside them."""


def count_foreign(depth: int, tag: re.Match[str]) -> int:
    """Return how many elements of SVG and MathML are open after a tag, if `depth` are before."""
    if tag["name"].lower() not in _FOREIGN:
        return depth
    if tag["slash"]:
        return max(depth - 1, 0)
    return depth if tag[0].endswith("/>") else depth + 1


_START = re.compile(r"</?[^ \t\n\f\r/>]*+")


class _EditedTag:
    """A tag of an edited text. It is read once, however many tags it is compared with."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._start = _read_start(tag)

    @cached_property
    def _values(self) -> list[tuple[str, str]]:
        return _list_values(self._tag, exact=True)

    def may_come_from(self, before: str) -> bool:
        """Return whether it is another tag with less in it, and nothing new."""
        if _read_start(before) != self._start:
            return False
        old = iter(_list_values(before, exact=True))
        return all(
            any(
                name == other and _is_harmless(name, old_value, value, old_value, old_value)
                for other, old_value in old
            )
            for name, value in self._values
        )


def _read_start(tag: str) -> str:
    match = _START.match(tag)
    return match[0].lower() if match else ""

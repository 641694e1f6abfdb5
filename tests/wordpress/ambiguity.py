"""Which values no reader can find the end of once a typographer has been there.

That is not for the reader to say: another source is looked for that the typographer makes the very
same text of. Where there is one, nothing in the text tells which of the two its author wrote.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice, product

from shortcodes import Attribute, Shortcode
from shortcodes.lenient.typography import undo
from tests.wordpress.generated import Case, Given

_OWN = {'"': '["“”„‟″‶«»＂״〝〞〟❝❞]', "'": "['‘’‚‛′‵׳＇❛❜´`]"}
_SOURCES = 512
"""How many sources are tried for one text at most."""


def holds_a_rival(given: Given, locale: str) -> bool:
    """Whether a value holds a quote of the class that it stands in, where one could close it.

    Two apostrophes become one double quote. An apostrophe between letters closes nothing. In Greek
    values in apostrophes end as those in double quotes do elsewhere.
    """
    if locale == "el" and given.quote == "'" and '"' in given.value:
        return True
    value = given.value.replace("''", '"') if given.quote == '"' else given.value
    rivals = re.sub(r"(?<=\w)['’](?=\w)(?![\w-]+\s*=)", "", value)
    return given.quote != "" and re.search(_OWN[given.quote], rivals) is not None


def is_fused(given: Given) -> bool:
    """Whether a value in apostrophes begins or ends with one.

    The typographer makes one double quote of the two, and the value's own delimiter is gone.
    """
    return given.quote == "'" and "'" in (given.value[:1], given.value[-1:])


def holds_its_own(given: Given) -> bool:
    """Whether a value holds the quote that it stands in, which WordPress cannot read."""
    return given.quote != "" and given.quote in given.value


def sources(given: Case, text: str, read: Shortcode) -> Iterator[str]:
    """Give what its author may have written if a text was read rightly, not all of it.

    Values keep the quotes that they hold, or get straight ones. None holds those that it stands
    in, unless the case has such values as well.
    """
    strict = not any(map(holds_its_own, given.attributes))
    start = given.text.index(f"[{given.tag}") + len(given.tag) + 1
    end = start
    for one in given.attributes:
        end = given.text.index(one.source, end) + len(one.source)
    position = read.open_span[0] + len(given.tag) + 1
    pieces: list[list[str]] = []
    for attribute in read.attribute_nodes:
        pieces.append([undo(html.unescape(text[position : attribute.span[0]]))])
        pieces.append(list(_written(text, attribute, strict)))
        position = attribute.span[1]
    for parts in islice(product(*pieces), _SOURCES):
        yield given.text[:start] + "".join(parts) + given.text[end:]


def _written(text: str, attribute: Attribute, strict: bool) -> Iterator[str]:
    name = "" if attribute.name is None else f"{attribute.name}="
    start, end = attribute.value_span
    if attribute.quotes:
        # White space inside guillemets is the author's, but for what the French have there.
        opener, closer = attribute.quotes
        start = text.rindex(opener, attribute.span[0], start) + len(opener)
        end = attribute.span[1] - len(closer)
    as_found = text[start:end]
    if attribute.quotes:
        opener, closer = map(html.unescape, attribute.quotes)
        if opener == "«":
            as_found = re.sub("^(?:\u00a0|&nbsp;)", "", as_found)
        if closer == "»":
            as_found = re.sub("(?:\u00a0|&nbsp;)$", "", as_found)
    decoded = html.unescape(as_found)
    for value in dict.fromkeys([undo(decoded), decoded, as_found]):
        if attribute.quotes is None:
            yield name + value
            continue
        for quote in ("'", '"') if value == "" else ('"', "'"):
            if not strict or quote not in value:
                yield f"{name}{quote}{value}{quote}"

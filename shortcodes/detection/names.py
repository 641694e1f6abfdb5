"""Detection: which names are shortcodes if no list of tags says so.

A name counts if anything in the text is evidence for it. Every other delimiter is text.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from shortcodes.catalogue import catalogue
from shortcodes.delimiters import Delimiters
from shortcodes.detection.evidence import EvidenceFinder, is_written_word
from shortcodes.detection.patterns import compile_bare, get_patterns
from shortcodes.detection.tables import ALONE, BBCODE, BBCODE_WITH_ATTRIBUTES
from shortcodes.nodes import Evidence


@dataclass(frozen=True, slots=True)
class OnEvidence:
    """Names count if there is evidence for them, and the known ones always."""

    known: frozenset[str] = frozenset()


Tags = Collection[str] | Literal["any"] | OnEvidence | None
"""The names that count, "any" for every name, or `None` for those with evidence."""


def select_eligible(delimiters: Delimiters, tags: Tags) -> Delimiters:
    """Return the delimiters whose names may count at all."""
    if tags == "any":
        return delimiters
    if tags is None or isinstance(tags, OnEvidence):
        listed: frozenset[str] = tags.known if tags else frozenset()
        names = set(delimiters.names)
        forum = {name for name in names - listed if name.lower() in BBCODE}
        if forum:
            forum -= _list_with_attributes(delimiters, forum & BBCODE_WITH_ATTRIBUTES)
        return delimiters.select_names(names - forum)
    return delimiters.select_names(_index(tags) if isinstance(tags, tuple) else tags)


def _list_with_attributes(delimiters: Delimiters, names: Collection[str]) -> set[str]:
    """Return those of the names that begin a delimiter with a named attribute."""
    return {
        name
        for index, name in enumerate(delimiters.names)
        if name in names and delimiters.get_first_item(index) == "named"
    }


@lru_cache(maxsize=2)
def _index(tags: tuple[str, ...]) -> frozenset[str]:
    """Return listed names as a set, kept for the next text: a configuration may list many."""
    return frozenset(tags)


def find_names(
    text: str, delimiters: Delimiters, partners: Sequence[int], tags: Tags
) -> frozenset[str]:
    """Return the names of eligible delimiters that are shortcodes in this text.

    Args:
        text: The text.
        delimiters: The eligible delimiters.
        partners: For each delimiter the index of its partner, or -1.
        tags: The names that count.
    """
    names = frozenset(delimiters.names)
    if tags is not None and not isinstance(tags, OnEvidence):
        return names
    return frozenset(find_evidence(text, delimiters, partners, tags))


_ANY = Evidence("any name counts")
_TAGGED = Evidence("a name among the tags")
_KNOWN = Evidence("a known name")
_LISTED = Evidence("a name of a known plug-in")


def find_evidence(
    text: str, delimiters: Delimiters, partners: Sequence[int], tags: Tags
) -> dict[str, Evidence]:
    """Return why the names that `find_names` returns are shortcodes, by name."""
    names = frozenset(delimiters.names)
    if tags is not None and not isinstance(tags, OnEvidence):
        return dict.fromkeys(names, _ANY if tags == "any" else _TAGGED)
    evident = dict.fromkeys(names & tags.known, _KNOWN) if tags else {}
    evident |= dict.fromkeys(filter(catalogue().is_evidence, names), _LISTED)
    unknown = set(names.difference(evident))
    if unknown:
        finder = EvidenceFinder(text, delimiters, partners)
        # A name is looked at only until there is evidence for it.
        for index, name in enumerate(delimiters.names):
            if name in unknown and (reason := finder.find_reason(index)):
                evident[name] = Evidence(reason, delimiters.starts[index])
                unknown.discard(name)
    return evident


def closes_shortcode(name: str, names: Container[str], tags: Tags) -> bool:
    """Return whether a closing tag that closes nothing is a shortcode's.

    Args:
        name: Its name.
        names: The names that are shortcodes in the text.
        tags: The names that count.
    """
    if name in names or not (tags is None or isinstance(tags, OnEvidence)):
        return name in names
    return catalogue().lists(name) and not is_written_word(name)


def find_suspects(text: str) -> frozenset[str]:
    """Return the listed names of which a tag has a named attribute, whether it counts or not."""
    names = {match["name"].replace("\\", "") for match in get_patterns().suspect.finditer(text)}
    return frozenset(filter(catalogue().lists, names))


def may_be_alone(text: str) -> bool:
    """Return whether a text holds a tag that counts if it is alone. This is a quick check."""
    return any(f"[{name}" in text and compile_bare(name).search(text) for name in ALONE)


def escapes_brackets(text: str, tags: Tags) -> bool:
    r"""Return whether the brackets of shortcodes in a text carry backslashes, as in Markdown that
    was converted from HTML: `\[gallery ids="1"\]`.

    One tag shows it, if its name is listed, is among the `tags` that count, or if it has an
    attribute in quotes.
    """
    if "\\" not in text or "\\[" not in text:
        return False
    patterns = get_patterns()
    for tag in patterns.escaped_tag.finditer(text):
        if patterns.only_in_patterns.search(tag["rest"]):
            continue
        if patterns.quoted_value.search(text, *tag.span("rest")):
            return True
        name = tag["name"].replace("\\", "")
        if is_listed(name, tags) and not tag["rest"].rstrip("\\/ "):
            return True
    return False


def is_listed(name: str, tags: Tags) -> bool:
    """Return whether a name is known, or among the tags that count."""
    if tags is None or isinstance(tags, OnEvidence):
        return catalogue().is_evidence(name) or (tags is not None and name in tags.known)
    return tags == "any" or name in tags

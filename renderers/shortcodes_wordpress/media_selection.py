"""The shelf: finds the media that a gallery or playlist asks for, and puts them in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shortcodes import Call
from shortcodes.nodes import Document
from shortcodes_wordpress.media import Media, MediaLibrary, PostLibrary
from shortcodes_wordpress.values import Ids

_TAGS = frozenset({"gallery", "playlist"})
_LISTS = frozenset({"ids", "include"})

_Item = tuple[int, Media]
_KEYS: dict[str, Callable[[_Item], Any]] = {
    "menu_order": lambda item: (item[1].menu_order, item[0]),
    "title": lambda item: (item[1].title.casefold(), item[0]),
    "post_title": lambda item: (item[1].title.casefold(), item[0]),
    "date": lambda item: (item[1].date, item[0]),
    "post_date": lambda item: (item[1].date, item[0]),
    "id": lambda item: item[0],
}
"""What `orderby` sorts by. What it does not name, such as "post__in" and "rand", leaves the order
as it is: a page should not change from one rendering to the next."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which media a shortcode asks for."""

    kind: str
    """The first part of their MIME types."""
    ids: Collection[int] = ()
    include: Collection[int] = ()
    exclude: Collection[int] = ()
    post: int | None = None
    order: str = "ASC"
    orderby: str = ""


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What the library answered for one document."""

    document: Document
    output: object
    """What this rendering collects: another rendering asks again."""
    asked: frozenset[int]
    found: Mapping[int, Media]


class Shelf:
    """The media of a library, or of none."""

    def __init__(self, media: MediaLibrary | None = None) -> None:
        self._media = media
        self._last: _Fetched | None = None  # replaced as a whole: threads may share a shelf

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_last": None}  # no document goes with an engine that is pickled

    def chosen(self, call: Call, choice: Choice) -> list[Media]:
        """Return the media in their order; those that are missing are reported.

        Raises `ValueError` where there are none, or no library to ask.
        """
        wanted = list(choice.ids or choice.include)
        found = self._named(call, wanted) if wanted else self._attached(choice)
        fitting = {
            number: media
            for number, media in found.items()
            if not media.type or media.type.startswith(f"{choice.kind}/")
        }
        if missing := [number for number in wanted if number not in fitting]:
            message = f"the media library has no {choice.kind} for {_listed(missing)}"
            if not fitting:
                raise ValueError(message)
            call.report("SC701", f"[{call.name}]: {message}")
        if not fitting:
            raise ValueError(f"the post has no {choice.kind} attached")
        return [media for _, media in _ordered(list(fitting.items()), choice)]

    def _named(self, call: Call, wanted: list[int]) -> dict[int, Media]:
        if self._media is None:
            raise ValueError(
                f"only a media library knows {_listed(wanted)};"
                " give one to shortcodes_wordpress.register"
            )
        found = self._fetch(call, self._media, wanted)
        return {number: found[number] for number in wanted if number in found}

    def _fetch(self, call: Call, media: MediaLibrary, wanted: list[int]) -> Mapping[int, Media]:
        last, output = self._last, call.context.stylesheets
        if last and last.document is call.document and last.output is output:
            if last.asked.issuperset(wanted):
                return last.found
            known, before, ask = last.found, last.asked, frozenset(wanted) - last.asked
        else:
            known, before, ask = {}, frozenset(), _ids_of(call.document).union(wanted)
        found = {**known, **media.attachments(sorted(ask))}
        self._last = _Fetched(call.document, output, before | ask, found)
        return found

    def _attached(self, choice: Choice) -> dict[int, Media]:
        if not isinstance(self._media, PostLibrary):
            raise ValueError(
                "it names no ids, and only a media library with `attached` knows which media"
                " belong to a post"
            )
        attached = self._media.attached(choice.post)
        return {number: m for number, m in attached.items() if number not in choice.exclude}


def _ids_of(document: Document) -> frozenset[int]:
    """Return every id that a gallery or playlist of the document names."""
    texts = (
        text
        for shortcode in document.shortcodes()
        if shortcode.name in _TAGS
        for name, text in shortcode.attributes.items()
        if name.lower() in _LISTS
    )
    return frozenset(chain.from_iterable(map(_read, texts)))


def _read(text: str) -> list[int]:
    """Return the ids in an attribute as the handlers get them; none where it does not fit."""
    try:
        return _ids().validate_python([part for part in text.split(",") if part.strip()])
    except ValidationError:
        return []


@cache
def _ids() -> TypeAdapter[list[int]]:
    return TypeAdapter(Ids)


def _ordered(items: list[_Item], choice: Choice) -> list[_Item]:
    """Return the items as `orderby` and `order` say; named ids stand in their own order."""
    orderby = choice.orderby.split() or ([] if choice.ids else ["menu_order"])
    key = next((_KEYS[word.lower()] for word in orderby if word.lower() in _KEYS), None)
    return sorted(items, key=key, reverse=choice.order == "DESC") if key else items


def _listed(numbers: list[int]) -> str:
    """Return ids for a message."""
    shown = ", ".join(map(str, numbers[:10]))
    more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
    return f"attachment {shown}" if len(numbers) == 1 else f"attachments {shown}{more}"

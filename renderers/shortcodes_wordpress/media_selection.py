"""Finds the media that a gallery or playlist asks for, and sorts them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shortcodes import Call
from shortcodes.nodes import Document
from shortcodes_wordpress.media import Media, MediaLibrary, PostLibrary
from shortcodes_wordpress.values import Ids, split_ids

_TAGS = frozenset({"gallery", "playlist"})
_ID_ATTRIBUTES = ("ids", "include")
"""The attributes with ids; the first that has some counts."""

_Item = tuple[int, Media]
_SORT_KEYS: dict[str, Callable[[_Item], Any]] = {
    "menu_order": lambda item: (item[1].menu_order, item[0]),
    "title": lambda item: (item[1].title.casefold(), item[0]),
    "post_title": lambda item: (item[1].title.casefold(), item[0]),
    "date": lambda item: (item[1].date, item[0]),
    "post_date": lambda item: (item[1].date, item[0]),
    "id": lambda item: item[0],
}
"""The keys of `orderby`. Any other word, such as "post__in" and "rand", leaves the order as it is:
a page should not change from one rendering to the next."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The media that a shortcode asks for."""

    kind: str
    """The first part of their MIME types."""
    ids: Collection[int] = ()
    include: Collection[int] = ()
    exclude: Collection[int] = ()
    post: int | None = None
    order: str = "ASC"
    orderby: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the library has returned for one document."""

    document: Document
    output: object
    """What the rendering collects, to recognise it: another rendering asks again."""
    ids: frozenset[int]
    media: Mapping[int, Media]


class MediaSelector:
    """Selects media of a library, or reports that there is none."""

    def __init__(self, library: MediaLibrary | None = None) -> None:
        self._library = library
        self._answer: _Answer | None = None  # replaced as a whole: threads may share the selector

    def __getstate__(self) -> dict[str, Any]:
        # An engine is pickled without the document that it rendered last.
        return {**self.__dict__, "_answer": None}

    def select(self, call: Call, selection: Selection) -> list[Media]:
        """Return the media in their order; missing ones are reported.

        Raises `ValueError` if there are none, or no library to ask.
        """
        ids = list(selection.ids or selection.include)
        media = self._find_by_ids(call, ids) if ids else self._find_attached(selection)
        fitting = {
            number: item
            for number, item in media.items()
            if not item.type or item.type.startswith(f"{selection.kind}/")
        }
        missing: list[int | str] = [number for number in ids if number not in fitting]
        missing += _list_other_words(call) if ids else ()
        if missing:
            message = f"the media library has no {selection.kind} for {_list_ids(missing)}"
            if not fitting:
                raise ValueError(message)
            call.report("SC701", f"[{call.name}]: {message}")
        if not fitting:
            raise ValueError(f"the post has no {selection.kind} attached")
        return [item for _, item in _sort(list(fitting.items()), selection)]

    def _find_by_ids(self, call: Call, ids: list[int]) -> dict[int, Media]:
        if self._library is None:
            raise ValueError(
                f"only a media library knows {_list_ids(ids)};"
                " pass one to shortcodes_wordpress.register"
            )
        media = self._fetch(call, self._library, ids)
        return {number: media[number] for number in ids if number in media}

    def _fetch(self, call: Call, library: MediaLibrary, ids: list[int]) -> Mapping[int, Media]:
        """Return media that include those of the ids, asking the library once for a document."""
        answer, output = self._answer, call.context.diagnostics
        if answer and answer.document is call.document and answer.output is output:
            if answer.ids.issuperset(ids):
                return answer.media
            known, known_ids, new_ids = answer.media, answer.ids, frozenset(ids) - answer.ids
        else:
            known, known_ids = {}, frozenset()
            new_ids = _read_document_ids(call.document).union(ids)
        media = {**known, **library.attachments(sorted(new_ids))}
        self._answer = _Answer(call.document, output, known_ids | new_ids, media)
        return media

    def _find_attached(self, selection: Selection) -> dict[int, Media]:
        if not isinstance(self._library, PostLibrary):
            raise ValueError(
                "it has no ids, and only a media library with the method `attached` knows the"
                " attachments of a post"
            )
        attached = self._library.attached(selection.post)
        return {n: media for n, media in attached.items() if n not in selection.exclude}


def _read_document_ids(document: Document) -> frozenset[int]:
    """Return every id that a gallery or playlist of the document names."""
    texts = (
        text
        for shortcode in document.shortcodes()
        if shortcode.name in _TAGS
        for name, text in shortcode.attributes.items()
        if name.lower() in _ID_ATTRIBUTES
    )
    return frozenset(chain.from_iterable(map(_read_ids, texts)))


def _read_ids(text: str) -> list[int]:
    """Return the ids in an attribute as the handlers get them; none if the value does not fit."""
    try:
        return _build_adapter().validate_python([part for part in text.split(",") if part.strip()])
    except ValidationError:
        return []


@cache
def _build_adapter() -> TypeAdapter[list[int]]:
    return TypeAdapter(Ids)


def _sort(items: list[_Item], selection: Selection) -> list[_Item]:
    """Return the items as `orderby` and `order` say; named ids keep their own order."""
    words = selection.orderby.split() or ([] if selection.ids else ["menu_order"])
    key = next((_SORT_KEYS[word.lower()] for word in words if word.lower() in _SORT_KEYS), None)
    return sorted(items, key=key, reverse=selection.order == "DESC") if key else items


def _list_other_words(call: Call) -> list[str]:
    """Return what is among the ids of a shortcode, and is no number."""
    attributes = {name.lower(): value for name, value in call.shortcode.attributes.items()}
    text = next(filter(None, map(attributes.get, _ID_ATTRIBUTES)), "")
    return split_ids(text.split(","))[1]


def _list_ids(ids: Sequence[int | str]) -> str:
    """Return ids for a message, ten of them at most."""
    listed = ", ".join(map(str, ids[:10]))
    more = f" and {len(ids) - 10} more" if len(ids) > 10 else ""
    return f"attachment {listed}" if len(ids) == 1 else f"attachments {listed}{more}"

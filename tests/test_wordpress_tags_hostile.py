"""WordPress's tags under attack: whatever is put into them, nothing gets out."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortcodes import Diagnostic, Engine
from shortcodes_wordpress import TAGS, Media, register, to_markdown, values
from shortcodes_wordpress.urls import check_url
from tests.hostile import ADDRESSES, VALUES, quoted
from tests.leaks import beyond_media_in

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)

WORKING = {
    "audio": 'src="/a.mp3"',
    "caption": "",
    "embed": 'src="https://example.org/"',
    "gallery": 'ids="1"',
    "playlist": 'ids="2"',
    "video": 'src="/v.mp4"',
    "wp_caption": "",
}
IMAGE = '<img src="/i.png" alt="">'


class Library:
    """One image and one sound that are as they should be."""

    def attachments(self, ids: Collection[int]) -> dict[int, Media]:
        known = {1: Media("/i.png", "image/png"), 2: Media("/a.mp3", "audio/mpeg")}
        return {number: known[number] for number in ids if number in known}


class Hostile:
    """Media of which every text is the same, or with one URL."""

    def __init__(self, *values: str, field: str = "") -> None:
        self._values, self._field = values, field

    def attachments(self, ids: Collection[int]) -> dict[int, Media]:
        return {number: self._media(self._values[number - 1]) for number in ids}

    def _media(self, value: str) -> Media:
        if self._field:
            fields: dict[str, Any] = {"url": "/i.png", self._field: value}
            return Media(**fields)
        return Media("/i.png", title=value, caption=value, alt=value, artist=value, date=value)


def engine(media: Any = None, **policy: Any) -> Engine:
    made = Engine(**policy)
    register(made, media=media or Library(), providers=("youtube", "vimeo"))
    return made


NAMES = tuple(tag for tag in TAGS if tag != "wp_caption")  # which is an alias
ENGINE = engine()
LENGTH = values._WHOLE_NUMBER
STRICT = engine(on_error="placeholder")


def attributes_of(tag: str) -> list[str]:
    schema = ENGINE.schemas[tag]
    return [parameter.name for parameter in schema.parameters]


def texts_with(value: str) -> list[str]:
    """Return shortcodes that hold a value: in each attribute, without a name, as a name."""
    held = quoted(value)
    return [
        text
        for tag in NAMES
        for text in (
            *(
                f"[{tag} {WORKING[tag]} {name}={held}]{IMAGE}[/{tag}]"
                for name in attributes_of(tag)
            ),
            f"[{tag} {held}]{IMAGE}[/{tag}]",
            f"[{tag} {WORKING[tag]} {held} x={held} onload={held} style={held}]{IMAGE}[/{tag}]",
        )
    ]


def enclosing(value: str) -> list[str]:
    """Return shortcodes that enclose a value."""
    return [
        f"[{tag} {WORKING[tag]}]{inside}[/{tag}]"
        for tag in NAMES
        for inside in (value, IMAGE + value, f"<a href='/x'>{IMAGE}{value}", f"{value}{IMAGE}")
    ]


def made_of(made: Engine, text: str, form: Any) -> str:
    return _STYLE.sub("", made.render(text, format=form))


def test_there_are_enough_hostile_values() -> None:
    assert len(set(VALUES)) == len(VALUES) > 150


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_no_attribute_breaks_out_of_its_markup(form: Any) -> None:
    found = {
        value: wrong
        for value in VALUES
        if (
            wrong := beyond_media_in(
                made_of(ENGINE, "\n\n".join(texts_with(value)), form), frames=True
            )
        )
    }
    # What fails stays as it is, and holds the HTML that was written there.
    assert found == {}


@pytest.mark.slow
@pytest.mark.parametrize("made", [ENGINE, STRICT])
def test_in_plain_text_nothing_enclosed_gets_out(made: Engine) -> None:
    found = {
        value: wrong
        for value in VALUES
        for text in enclosing(value)
        if (wrong := beyond_media_in(made_of(made, text, "text")))
    }
    assert found == {}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_in_html_nothing_enclosed_gets_out_of_a_handler(form: Any) -> None:
    found = {}
    for value in VALUES:
        for text in enclosing(value):
            document = STRICT.parse(text, tags=list(TAGS))
            if [item.span for item in document.items()] != [(0, len(text))]:
                continue  # the value has closed the shortcode, or hides it
            if wrong := beyond_media_in(made_of(STRICT, text, form)):
                found[text] = wrong
    assert found == {}


@pytest.mark.slow
@pytest.mark.parametrize("field", ["", "url", "link", "image", "type"])
def test_no_media_library_breaks_out_of_the_markup(field: str) -> None:
    made = engine(Hostile(*VALUES, field=field), on_error="placeholder")
    text = "".join(
        f"[{tag} ids={number}]"
        for number, _ in enumerate(VALUES, 1)
        for tag in ("gallery", "gallery link=file", "playlist", "playlist type=video")
    )
    assert beyond_media_in(made_of(made, text, "html")) == []


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_could_do_harm_is_refused_with_a_reason(url: str) -> None:
    with pytest.raises(ValueError, match=r"\Athe URL '.*' is refused: [a-zA-Z ,-]+\Z"):
        check_url(url)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("", ""),
        (" \n", ""),
        ("https://example.org/a.mp3", "https://example.org/a.mp3"),
        (" HTTP://example.org:8080/ ", "HTTP://example.org:8080/"),
        ("//example.org/a b.mp3", "//example.org/a%20b.mp3"),
        ("/a.mp3?t=1:2&x=(y)#z:z", "/a.mp3?t=1:2&x=(y)#z:z"),
        ("../a.mp3", "../a.mp3"),
        ("?a=b:c", "?a=b:c"),
        ("#a:b", "#a:b"),
        ("https://مثال.example/كتاب\u200cها.mp3", "https://مثال.example/كتاب\u200cها.mp3"),
        ("https://[2001:db8::1]/a'b", "https://[2001:db8::1]/a'b"),
    ],
)
def test_an_address_on_the_web_is_let_through(text: str, url: str) -> None:
    assert check_url(text) == url


def test_a_letter_with_accents_without_end_is_refused_at_once() -> None:
    """To put these in order, Python would need hours."""
    with pytest.raises(ValueError, match="is longer than 8192 characters"):
        check_url("/e" + "\u0301\u0316" * 500_000)


class Seen(list[str]):
    """The pattern of lengths, which remembers what it is asked."""

    def fullmatch(self, text: str) -> re.Match[str] | None:
        self.append(text)
        return LENGTH.fullmatch(text)


@pytest.mark.parametrize("tag", TAGS)
def test_every_length_and_number_of_columns_is_read_by_the_pattern_for_them(
    tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is among those whose cost is measured in `test_patterns.py`."""
    monkeypatch.setattr(values, "_WHOLE_NUMBER", seen := Seen())
    asked = [name for name in attributes_of(tag) if name in ("width", "height", "columns")]
    assert asked or tag in ("audio", "playlist")
    for name in asked:
        ENGINE.render(f"[{tag} {WORKING[tag]} {name}=12px]{IMAGE}[/{tag}]", format="html")
    assert seen == ["12px"] * len(asked)


def test_the_lengths_of_enclosed_images_are_read_by_the_pattern_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(values, "_WHOLE_NUMBER", seen := Seen())
    ENGINE.render('[caption]<img src="/i.png" width=1px height="2">[/caption]', format="html")
    assert sorted(seen) == ["1px", "2"]


@pytest.mark.parametrize("number", ["1" * 500_000, " " * 500_000 + "1", "1." + "1" * 500_000])
@pytest.mark.parametrize("end", ["", "px", "!"])
def test_a_length_without_end_is_read_at_once(number: str, end: str) -> None:
    text = f"[video src=/v.mp4 width='{number}{end}']"
    assert '<source src="/v.mp4"' in ENGINE.render(text, format="html")


@pytest.mark.parametrize("tag", TAGS)
def test_a_refused_address_leaves_the_shortcode_with_one_reason(tag: str) -> None:
    urls = [n for n in attributes_of(tag) if n in ("src", "mp3", "m4a", "mp4", "webm", "poster")]
    for name in urls:
        given = WORKING[tag] if name != "src" else ""
        source = f"[{tag} {given} {name}='javascript:alert(1)']"
        found: list[Diagnostic] = []
        assert ENGINE.render(source, format="html", diagnostics=found) == source
        assert [d.message for d in found] == [
            f"[{tag}] was left in place: its handler failed with ValueError: the URL "
            "'javascript:alert(1)' is refused: only http, https and relative URLs are allowed"
        ]


@given(st.text(max_size=60), st.sampled_from(TAGS), st.data())
def test_no_generated_value_gets_out(value: str, tag: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(attributes_of(tag)))
    text = f"[{tag} {WORKING[tag]} {name}={quoted(value)}]{IMAGE}[/{tag}]"
    assert beyond_media_in(made_of(ENGINE, text, "text")) == []


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES)
def test_markdown_links_to_nothing_harmful(value: str) -> None:
    from markdown_it import MarkdownIt

    plain = MarkdownIt("commonmark")
    plain.validateLink = lambda url: True  # type: ignore[method-assign]
    made = to_markdown("\n\n".join(texts_with(value)), media=Hostile(value))
    assert beyond_media_in(plain.render(made)) == []


def test_every_tag_has_a_working_example() -> None:
    assert sorted(WORKING) == sorted(TAGS) == ENGINE.names

"""Guesses the language and direction of a page from the letters of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from shortcodes.html.references import unescape
from shortcodes.html.seen import remove_unseen, replace_tags
from shortcodes.nodes import Document, Span
from shortcodes.parts.front_matter import read_words
from shortcodes.plugins import Format
from shortcodes_strip import strip_text

if TYPE_CHECKING:
    from babel import Locale

_SAMPLE = 20_000
"""Letters that are counted: fewer are enough to tell the language of an article."""

_SCRIPTS = (
    # letters, language, direction; "und" where a script serves many languages
    ("\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", "ar", "rtl"),
    ("\u0590-\u05ff\ufb1d-\ufb4f", "he", "rtl"),
    ("A-Za-z\u00c0-\u024f\u1e00-\u1eff", "en", "ltr"),
    ("\u0370-\u03ff\u1f00-\u1fff", "el", "ltr"),
    ("\u0400-\u052f", "und", "ltr"),
    ("\u0900-\u0dff", "und", "ltr"),
    ("\u0e00-\u0e7f", "th", "ltr"),
    ("\u3040-\u30ff", "ja", "ltr"),
    ("\uac00-\ud7af\u1100-\u11ff", "ko", "ltr"),
    ("\u4e00-\u9fff", "und", "ltr"),
)
_DEFAULT = ("en", "ltr")

_LONGEST_TAG = 100
"""Code points of a language tag that is looked up; RFC 5646, section 4.4, allows for 35."""
_SUBTAGS = 3
"""Language, script and region, which say how a text is written; RFC 5646, section 2.1."""

_LANGUAGE_KEYS = ("lang", "language", "locale")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}")

_LETTERS = re.compile("|".join(f"([{letters}])" for letters, _, _ in _SCRIPTS))
_HTML_LANG = re.compile(
    r"""(?ai)<html\s(?:[^<>]*?\s)?lang=["']?(?P<lang>[a-z]{2,3}(?:-[a-z0-9]++|(?!).)*+)"""
)


def strip_document(document: Document, form: Format) -> str:
    """Return the text without shortcodes, and for HTML without scripts, styles and comments."""
    text = strip_text(document)
    return remove_unseen(text) if form == "html" else text


def strip_open(document: Document, form: Format) -> str:
    """Return the same without what shortcodes enclose; nothing if it cannot all be taken out."""
    left: list[Span] = []
    text = strip_text(document, drop_content=True, left_in_place=left)
    if left or document.split_items:
        return ""
    return remove_unseen(text) if form == "html" else text


def extract_prose(text: str, form: Format) -> str:
    """Return a text without HTML tags, and with its entities decoded."""
    if form == "text":
        return text
    return unescape(replace_tags(text, lambda name: ""))


def guess_language(text: str) -> tuple[str, str]:
    """Return the language tag and direction, "ltr" or "rtl", by the script of most letters."""
    counts = [0] * len(_SCRIPTS)
    for match in islice(_LETTERS.finditer(text), _SAMPLE):
        counts[(match.lastindex or 1) - 1] += 1
    if not any(counts):
        return _DEFAULT
    _, language, direction = _SCRIPTS[counts.index(max(counts))]
    return language, direction


def find_language(words: Mapping[str, str]) -> str | None:
    """Return the language tag that front matter names, or `None`."""
    names = (words[key].replace("_", "-") for key in _LANGUAGE_KEYS if key in words)
    return next((name for name in names if _LANGUAGE_TAG.fullmatch(name)), None)


def find_direction(tag: str) -> str:
    """Return the direction, "ltr" or "rtl", of the language that a BCP 47 tag names.

    Subtags that CLDR does not know are dropped from the end. An unknown language runs from left
    to right.
    """
    subtags = tag[:_LONGEST_TAG].split("-")[:_SUBTAGS]
    for count in range(len(subtags), 0, -1):
        if locale := find_locale("-".join(subtags[:count])):
            return "rtl" if locale.text_direction == "rtl" else "ltr"
    return "ltr"


def find_locale(tag: str) -> Locale | None:
    """Return CLDR's locale for a BCP 47 tag, or `None` for an unknown or malformed tag."""
    return _parse_locale(tag) if len(tag) <= _LONGEST_TAG else None


@lru_cache(64)
def _parse_locale(tag: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError  # slow to import, and few pages need it

    try:
        return None if tag == "und" else Locale.parse(tag.replace("_", "-"), sep="-")
    except (TypeError, ValueError, UnknownLocaleError):
        return None


def detect_language(document: Document, form: Format) -> str:
    """Return the language tag of a document: that of its `<html lang>`, else that of its front
    matter, else a guess.
    """
    if form == "html" and (match := _HTML_LANG.search(document.source)):
        return match["lang"]
    if lang := find_language(read_words(document.front_matter)):
        return lang
    return guess_language(extract_prose(strip_document(document, form), form))[0]

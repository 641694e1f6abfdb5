"""The language and direction of a page when nobody says them, from the letters of its text."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice

from shortcodes.html.tags import replace_tags
from shortcodes.nodes import Document
from shortcodes.plugins import Format
from shortcodes_strip import pieces, remaining

_SAMPLE = 20_000
"""Letters that are counted: an article's language shows long before."""

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

_RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_LETTERS = re.compile("|".join(f"([{letters}])" for letters, _, _ in _SCRIPTS))
_HIDDEN = re.compile(
    r"(?is)<(script|style|template)\b.*?(?:</\1[^<>]*+>|\Z)|<!--.*?(?:-->|\Z)|<![^<>]*+>"
)
_HTML_LANG = re.compile(
    r"""(?i)<html\s(?:[^<>]*?\s)?lang=["']?(?P<lang>[a-z]{2,3}(?:-[a-z0-9]++)*+)"""
)


def stripped(document: Document, form: Format) -> str:
    """Return the text without the shortcodes, and HTML without what shows no words."""
    text = remaining(pieces(document))
    return _HIDDEN.sub("", text) if form == "html" else text


def prose(text: str, form: Format) -> str:
    """Return a stripped text without HTML tags."""
    return text if form == "text" else unescape(_without_tags(_HIDDEN.sub("", text)))


def _without_tags(html: str) -> str:
    return replace_tags(html, lambda name: "")


def guess(text: str) -> tuple[str, str]:
    """Return language tag and direction, "ltr" or "rtl", by the script of most letters."""
    counts = [0] * len(_SCRIPTS)
    for match in islice(_LETTERS.finditer(text), _SAMPLE):
        counts[(match.lastindex or 1) - 1] += 1
    if not any(counts):
        return _DEFAULT
    _, language, direction = _SCRIPTS[counts.index(max(counts))]
    return language, direction


def direction_of(language: str) -> str:
    """Return the direction that a language is written in."""
    return "rtl" if language.split("-")[0].lower() in _RTL_LANGUAGES else "ltr"


def of(document: Document, form: Format) -> str:
    """Return the language tag of a document: what its `<html lang>` says, else the guess."""
    if form == "html" and (said := _HTML_LANG.search(document.source)):
        return said["lang"]
    return guess(prose(stripped(document, form), form))[0]

"""What a page says of itself when nobody says it: language, direction and title, from its text."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice

from shortcodes.nodes import Document
from shortcodes.plugins import Format
from shortcodes_strip import pieces, remaining

MAX_TITLE = 120
"""Code points of a title; what is longer is cut with an ellipsis."""

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
_TAG = re.compile(r"(?is)<(script|style)\b.*?(?:</\1[^<>]*+>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*+>")
_HEADING = {
    "html": re.compile(r"(?is)<h1\b[^<>]*+>(.*?)(?:</h1|\Z)"),
    "markdown": re.compile(r"(?m)^ {0,3}#{1,6}[ \t]++([^\r\n#]++)"),
}
_LINE = re.compile(r"[^\r\n]++")


def prose(document: Document, form: Format) -> str:
    """Return the text without the shortcodes, and without HTML tags."""
    text = remaining(pieces(document))
    return text if form == "text" else unescape(_TAG.sub("", text))


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


def title(document: Document, form: Format, text: str) -> str:
    """Return the first heading, or the first line of the prose; empty if there is neither."""
    heading = _HEADING[form].search(document.source) if form in _HEADING else None
    if heading and (found := _words(unescape(_TAG.sub("", heading[1])))):
        return found
    lines = (_words(match[0]) for match in _LINE.finditer(text))
    return next((line for line in lines if line), "")


def _words(line: str) -> str:
    words = " ".join(line.strip("\ufeff").split())
    return words if len(words) <= MAX_TITLE else words[: MAX_TITLE - 1].rstrip() + "…"

"""Running: texts with their shortcodes replaced, or taken out (rules 2 to 5, 15, 28 and 38)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from shortcodes.checks import check_mapping, check_names, check_type
from shortcodes.wordpress.attributes import Attributes, shortcode_parse_atts
from shortcodes.wordpress.elements import elements, hidden
from shortcodes.wordpress.matching import matches
from shortcodes.wordpress.names import Names, names_of
from shortcodes.wordpress.safety import safe_attribute

Handler = Callable[[Attributes, str, str], str]
"""Given attributes, content and tag of a shortcode, returns what stands for it."""

_Replace = Callable[[str], tuple[str, int]]
"""Returns a text with its shortcodes replaced, and how many there were."""


def do_shortcode(content: str, shortcodes: Mapping[str, Handler], ignore_html: bool = False) -> str:
    """Return a text with every shortcode replaced by what its handler returns.

    `shortcodes` are the handlers by tag, in order of registration; tags that are not valid count
    for nothing. A handler gets the attributes, the content and the tag; the content is raw, and
    empty where there is none, so that a handler that wants the shortcodes in it run calls this
    itself. With `ignore_html`, elements and comments hold no shortcodes. What handlers raise
    passes through.
    """
    check_type("content", content, str)
    check_mapping("shortcodes", shortcodes, Callable)
    check_type("ignore_html", ignore_html, bool)
    names = names_of(tuple(shortcodes)).active(content) if "[" in content else None
    if names is None:
        return content

    def replaced(text: str) -> tuple[str, int]:
        parts: list[str] = []
        position = count = 0
        for start, end, left, name, attributes, _, content, right in matches(text, names):
            parts.append(text[position:start])
            if left and right:
                parts.append(text[start + 1 : end - 1])
            else:
                made = shortcodes[name](shortcode_parse_atts(attributes), content, name)
                parts.append(f"{left}{made}{right}")
            position = end
            count += 1
        parts.append(text[position:])
        return "".join(parts), count

    return _shown(replaced(_with_elements(content, None if ignore_html else replaced))[0])


def strip_shortcodes(content: str, tags: Iterable[str]) -> str:
    """Return a text without these shortcodes and what they enclose (rule 28).

    Escapes lose one bracket on either side and stay; so does whatever stands inside HTML elements
    and comments. Closing tags that close nothing are left.
    """
    check_type("content", content, str)
    listed = names_of(tuple(check_names("tags", tags)))
    if "[" not in content or not listed.order:
        return content
    plain = "<" not in content and "&" not in content
    if plain and ("]" not in content or listed.all_alone(content)):
        return _without_alone(content, listed)
    names = listed.active(content)
    if names is None:
        return content
    return _shown(_without(_with_elements(content, None), names))


def _without(text: str, names: Names) -> str:
    """Return a text without its shortcodes.

    Where the text allows it a pattern alone takes them out, without any work here for each.
    """
    if names.few and "[/" not in text:
        return _without_alone(text, names)
    if names.few and "[[" not in text and "]]" not in text:
        last = text.rfind("]") + 1
        first = names.closed.search(text, 0, last)
        if first and first[2] is None:  # as is the first, so are all, most likely
            # The text between shortcodes, then two groups, and so on.
            parts = names.closed.split(text[:last])
            neither = parts[2::3]
            if neither.count(None) == len(neither):
                return "".join(parts[::3]) + text[last:]
    parts = []
    position = 0
    for start, end, left, _, _, _, _, right in matches(text, names):
        parts.append(text[position:start])
        parts.append(text[start + 1 : end - 1] if left and right else left + right)
        position = end
    parts.append(text[position:])
    return "".join(parts)


def _without_alone(text: str, names: Names) -> str:
    """Return a text without its shortcodes, where none of few names is closed.

    Behind the last "]" there is none, and a search for one would come to the end in vain.
    """
    last = text.rfind("]") + 1
    return "".join(filter(None, names.alone.split(text[:last]))) + text[last:]


def _with_elements(text: str, replaced: _Replace | None) -> str:
    """Return a text whose elements are done: the shortcodes in them replaced, unless there is
    nothing to replace them with, and what is left of their brackets hidden (rules 4 and 30 to 36).
    """
    if "&" in text:
        text = text.replace("&#91;", "&#091;").replace("&#93;", "&#093;")
    if "<" not in text:
        return text
    parts: list[str] = []
    position = 0
    for element in elements(text, ignore_html=replaced is None):
        parts.append(text[position : element.start])
        inside = element.start
        for piece in element.pieces if replaced else ():
            parts.append(hidden(text[inside : piece.start]))
            original = text[piece.start : piece.end]
            made, count = replaced(original) if replaced else (original, 0)
            parts.append(hidden(safe_attribute(made, original) if piece.quoted and count else made))
            inside = piece.end
        parts.append(hidden(text[inside : element.end]))
        position = element.end
    if not position:
        return text
    parts.append(text[position:])
    return "".join(parts)


def _shown(text: str) -> str:
    """Return a text with what hid brackets turned back into them (rule 4)."""
    return text.replace("&#91;", "[").replace("&#93;", "]") if "&" in text else text

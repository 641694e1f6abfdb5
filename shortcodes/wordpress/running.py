"""Running: texts with their shortcodes replaced, or taken out (rules 2 to 5, 15, 28 and 38)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from shortcodes.wordpress.attributes import Attributes, shortcode_parse_atts
from shortcodes.wordpress.elements import elements, hidden
from shortcodes.wordpress.matching import Match, matches
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
    names = names_of(tuple(shortcodes)).active(content) if "[" in content else None
    if names is None:
        return content

    def replaced(text: str) -> tuple[str, int]:
        parts: list[str] = []
        position = count = 0
        for match in matches(text, names):
            parts.append(text[position : match.start])
            if match.escaped:
                parts.append(text[match.start + 1 : match.end - 1])
            else:
                parts.append(_called(text, match, shortcodes[match.name]))
            position = match.end
            count += 1
        parts.append(text[position:])
        return "".join(parts), count

    return _shown(replaced(_with_elements(content, None if ignore_html else replaced))[0])


def strip_shortcodes(content: str, tags: Iterable[str]) -> str:
    """Return a text without these shortcodes and what they enclose (rule 28).

    Escapes lose one bracket on either side and stay; so does whatever stands inside HTML elements
    and comments. Closing tags that close nothing are left.
    """
    listed = names_of(tuple(tags))
    if "[" not in content or not listed.order:
        return content
    if "<" not in content and "&" not in content and listed.all_alone(content):
        return _without_alone(content, listed)
    names = listed.active(content)
    if names is None:
        return content
    return _shown(_without(_with_elements(content, None), names))


def _called(text: str, match: Match, handler: Handler) -> str:
    """Return what a handler makes of a shortcode, with the further bracket put back."""
    attributes = shortcode_parse_atts(text[match.attributes_start : match.attributes_end])
    output = handler(attributes, text[match.content_start : match.content_end], match.name)
    return f"{'[' * match.left}{output}{']' * match.right}"


def _without(text: str, names: Names) -> str:
    """Return a text without its shortcodes.

    Where the text allows it a pattern alone takes them out, without any work here for each.
    """
    if names.few and "[/" not in text:
        return _without_alone(text, names)
    if names.few and "[[" not in text and "]]" not in text:
        last = text.rfind("]") + 1
        # The text between shortcodes, then two groups, and so on.
        parts = names.closed.split(text[:last])
        neither = parts[2::3]
        if neither.count(None) == len(neither):
            return "".join(parts[::3]) + text[last:]
    parts = []
    position = 0
    for match in matches(text, names):
        parts.append(text[position : match.start])
        if match.escaped:
            parts.append(text[match.start + 1 : match.end - 1])
        elif match.left or match.right:
            parts.append("[" if match.left else "]")
        position = match.end
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

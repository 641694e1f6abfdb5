"""Running: texts with their shortcodes replaced or removed (rules 2 to 5, 15, 28 and 38)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from shortcodes.common.checks import check_mapping, check_names, check_type
from shortcodes.wordpress.attributes import Attributes, shortcode_parse_atts
from shortcodes.wordpress.elements import find_elements, hide_brackets
from shortcodes.wordpress.matching import iterate_matches
from shortcodes.wordpress.names import Names, compile_names
from shortcodes.wordpress.safety import make_attribute_safe

Handler = Callable[[Attributes, str, str], str]
"""Takes the attributes, content and tag of a shortcode, and returns its replacement."""

_Replace = Callable[[str], tuple[str, int]]
"""Returns a text with its shortcodes replaced, and their number."""


def do_shortcode(content: str, shortcodes: Mapping[str, Handler], ignore_html: bool = False) -> str:
    """Return a text with every shortcode replaced by what its handler returns.

    Args:
        content: The text.
        shortcodes: The handlers by tag, in order of registration; invalid tags are ignored. A
            handler takes the attributes, the content and the tag. The content is as written, and
            empty if there is none: a handler that runs the shortcodes in it calls this function.
        ignore_html: Whether elements and comments hold no shortcodes.

    Whatever a handler raises is raised.
    """
    check_type("content", content, str)
    check_mapping("shortcodes", shortcodes, Callable)
    check_type("ignore_html", ignore_html, bool)
    names = compile_names(tuple(shortcodes)).select_active(content) if "[" in content else None
    if names is None:
        return content

    def replace(text: str) -> tuple[str, int]:
        parts: list[str] = []
        position = count = 0
        for start, end, left, name, attributes, _, content, right in iterate_matches(text, names):
            parts.append(text[position:start])
            if left and right:
                parts.append(text[start + 1 : end - 1])
            else:
                output = shortcodes[name](shortcode_parse_atts(attributes), content, name)
                parts.append(f"{left}{output}{right}")
            position = end
            count += 1
        parts.append(text[position:])
        return "".join(parts), count

    text = _replace_in_elements(content, None if ignore_html else replace)
    return _show_brackets(replace(text)[0])


def strip_shortcodes(content: str, tags: Iterable[str]) -> str:
    """Return a text without these shortcodes and the content they enclose (rule 28).

    Escapes lose one bracket on either side. Everything inside HTML elements and comments stays, and
    so do closing tags that close nothing.
    """
    check_type("content", content, str)
    listed = compile_names(tuple(check_names("tags", tags)))
    if "[" not in content or not listed.order:
        return content
    has_html = "<" in content or "&" in content
    if not has_html and ("]" not in content or listed.is_plain(content)):
        return _remove_unclosed(content, listed)
    names = listed.select_active(content)
    if names is None:
        return content
    return _show_brackets(_remove(_replace_in_elements(content, None), names))


def _remove(text: str, names: Names) -> str:
    """Return a text without its shortcodes.

    Where the text allows it, a single split removes them, with no work for each of them.
    """
    if names.are_few and "[/" not in text:
        return _remove_unclosed(text, names)
    if names.are_few and "[[" not in text and "]]" not in text:
        last = text.rfind("]") + 1
        match = names.closed.search(text, 0, last)
        if match and match[2] is None:  # if the first is closed, all are, most likely
            # The text between shortcodes, then two groups, and so on.
            parts = names.closed.split(text[:last])
            neither = parts[2::3]
            if neither.count(None) == len(neither):
                return "".join(parts[::3]) + text[last:]
    parts = []
    position = 0
    for start, end, left, _, _, _, _, right in iterate_matches(text, names):
        parts.append(text[position:start])
        parts.append(text[start + 1 : end - 1] if left and right else left + right)
        position = end
    parts.append(text[position:])
    return "".join(parts)


def _remove_unclosed(text: str, names: Names) -> str:
    """Return a text without its shortcodes, of few names, none of which is closed.

    After the last "]" there is none, so the search ends there.
    """
    last = text.rfind("]") + 1
    return "".join(filter(None, names.unclosed.split(text[:last]))) + text[last:]


def _replace_in_elements(text: str, replace: _Replace | None) -> str:
    """Return a text with the shortcodes in its elements replaced, if there is a function for that,
    and with all other brackets in the elements hidden (rules 4 and 30 to 36).
    """
    if "&" in text:
        text = text.replace("&#91;", "&#091;").replace("&#93;", "&#093;")
    if "<" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for element in find_elements(text, ignore_html=replace is None):
        pieces.append(text[position : element.start])
        inside = element.start
        for part in element.parts if replace else ():
            pieces.append(hide_brackets(text[inside : part.start]))
            source = text[part.start : part.end]
            output, count = replace(source) if replace else (source, 0)
            if part.is_quoted and count:
                output = make_attribute_safe(output, source)
            pieces.append(hide_brackets(output))
            inside = part.end
        pieces.append(hide_brackets(text[inside : element.end]))
        position = element.end
    if not position:
        return text
    pieces.append(text[position:])
    return "".join(pieces)


def _show_brackets(text: str) -> str:
    """Return a text with the brackets that were hidden (rule 4)."""
    return text.replace("&#91;", "[").replace("&#93;", "]") if "&" in text else text

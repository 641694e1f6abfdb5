"""Safety: the output of a handler inside a quoted HTML attribute is escaped (rule 34).

This is one of the two deliberate limits of the dialect: WordPress also has a list of the elements,
attributes and protocols that the author of a post may write.
"""

from __future__ import annotations

import re

_ATTRIBUTE = re.compile(r"([^=]*+)=\s*+(?:\"(.*)\"|'(.*)')(\s*+)\Z", re.ASCII | re.DOTALL)
_BARE_AMPERSAND = re.compile(
    r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_SPACE = " \t\n\v\f\r"
_ENTITIES = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})


def make_attribute_safe(attribute: str, original: str) -> str:
    """Return an attribute with its whole value escaped and no white space around its "=".

    Entities stay as they are. For an attribute that runs a script, such as `onclick`, and for one
    that lost its quotes, `original` is returned.
    """
    match = _ATTRIBUTE.match(attribute)
    if match is None or match[1].lower().startswith("on"):
        return original
    before, double, single, after = match.groups()
    name = before.rstrip(_SPACE)
    quote, value = ("'", single) if double is None else ('"', double)
    return f"{name}={quote}{escape_value(value)}{quote}{after}"


def escape_value(value: str) -> str:
    """Return a value with `& < > " '` as entities. Entities stay as they are."""
    return _BARE_AMPERSAND.sub("&amp;", value).translate(_ENTITIES)

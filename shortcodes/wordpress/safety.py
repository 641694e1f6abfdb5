"""Safety: what a handler gives inside a quoted HTML attribute is escaped (rule 34).

Here is one of the two deliberate limits of the dialect: WordPress also asks a list of elements,
attributes and protocols what a post's author may write, and this does not.
"""

from __future__ import annotations

import re

_ATTRIBUTE = re.compile(r"([^=]*+)=\s*+(?:\"(.*)\"|'(.*)')(\s*+)\Z", re.ASCII | re.DOTALL)
_BARE_AMPERSAND = re.compile(
    r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_SPACE = " \t\n\v\f\r"
_ENTITIES = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"})


def safe_attribute(attribute: str, original: str) -> str:
    """Return an attribute with its whole value escaped and no white space around its sign.

    Entities stay as they are. An attribute that holds a script (`onclick` and its kin) stays as
    it was written, and so does one that lost its quotes: that is what `original` is for.
    """
    match = _ATTRIBUTE.match(attribute)
    if match is None or match[1].lower().startswith("on"):
        return original
    before, double, single, after = match.groups()
    name = before.rstrip(_SPACE)
    quote, value = ("'", single) if double is None else ('"', double)
    return f"{name}={quote}{escaped(value)}{quote}{after}"


def escaped(value: str) -> str:
    """Return a value with `& < > " '` as entities; what is an entity already stays."""
    return _BARE_AMPERSAND.sub("&amp;", value).translate(_ENTITIES)

"""The WordPress dialect: WordPress's own functions under their own names, without global state.

What is registered is an argument here, so that code can be ported line by line. Their results are
those of WordPress, byte for byte, with two deliberate limits; `grammar/WORDPRESS.md` has the rules.
Bytes that are not UTF-8 are surrogate escapes.

    >>> from shortcodes.wordpress import do_shortcode
    >>> do_shortcode("Hi [name of=you]!", {"name": lambda attrs, content, tag: attrs["of"]})
    'Hi you!'
"""

from __future__ import annotations

from shortcodes.wordpress.attributes import shortcode_atts, shortcode_parse_atts
from shortcodes.wordpress.names import is_valid_tag
from shortcodes.wordpress.queries import (
    find_matches,
    get_shortcode_tags_in_content,
    has_shortcode,
)
from shortcodes.wordpress.running import do_shortcode, strip_shortcodes

__all__ = [
    "do_shortcode",
    "find_matches",
    "get_shortcode_tags_in_content",
    "has_shortcode",
    "is_valid_tag",
    "shortcode_atts",
    "shortcode_parse_atts",
    "strip_shortcodes",
]

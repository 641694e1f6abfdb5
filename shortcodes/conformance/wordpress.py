"""Answers to the test vectors of the WordPress dialect: what WordPress's functions return, and how
they call handlers.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from shortcodes.wordpress import (
    do_shortcode,
    find_matches,
    get_shortcode_tags_in_content,
    has_shortcode,
    is_valid_tag,
    shortcode_atts,
    shortcode_parse_atts,
    strip_shortcodes,
)
from shortcodes.wordpress.attributes import Attributes


class Calls:
    """A handler for every tag that prints its arguments and records each call."""

    def __init__(self, tags: Sequence[str], style: str, fixed: Mapping[str, str]) -> None:
        self.handlers = dict.fromkeys(tags, self)
        self.calls: list[dict[str, Any]] = []
        self._style = style
        self._fixed = fixed
        self._depth = 0

    def __call__(self, attrs: Attributes, content: str, tag: str) -> str:
        """Record the call, and print what the handlers of the test vectors print."""
        number = len(self.calls)
        pairs = [list(pair) for pair in attrs.items()]
        self.calls.append({"tag": tag, "depth": self._depth, "atts": pairs, "content": content})
        if tag in self._fixed:
            return self._fixed[tag]
        self._depth += 1
        inner = do_shortcode(content, self.handlers)
        self._depth -= 1
        if self._style == "short":
            return f"⟦{tag}#{number}|{inner}⟧" if content else f"⟦{tag}#{number}⟧"
        arguments = {"tag": tag, "atts": attrs}
        json_text = json.dumps(arguments, ensure_ascii=False, separators=(",", ":"))[:-1]
        return (
            f'⟦{json_text},"content":…}}¦{inner}⟧' if content else f'⟦{json_text},"content":""}}⟧'
        )


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to a request, in the form of the test vectors."""
    text, tags, op = read_request_text(request), request["tags"], request["op"]
    if op == "do":
        calls = Calls(tags, request.get("style", "full"), request.get("handlers", {}))
        out = do_shortcode(text, calls.handlers, request.get("ignore_html", False))
        return {"out": out, "calls": calls.calls}
    if op == "strip":
        return {"out": strip_shortcodes(text, tags)}
    if op == "atts":
        return {"out": [list(pair) for pair in shortcode_parse_atts(text).items()]}
    if op == "has":
        return {"out": has_shortcode(text, request["tag"], tags)}
    if op == "tags":
        return {"out": get_shortcode_tags_in_content(text, tags)}
    if op == "match":
        return {"out": [list(match) for match in find_matches(text, tags)]}
    if op == "defaults":
        attributes = shortcode_atts(dict(request["pairs"]), shortcode_parse_atts(text))
        return {"out": [list(pair) for pair in attributes.items()]}
    if op == "register":
        return {"out": [tag for tag in tags if is_valid_tag(tag)]}
    raise ValueError(f"unknown op {op!r}")


def read_request_text(request: Mapping[str, Any]) -> str:
    """Return the text of a request: written out, in base64, or as repeated parts."""
    if "text_b64" in request:
        return base64.b64decode(request["text_b64"]).decode("utf-8", "surrogateescape")
    if "text_gen" in request:
        return "".join(piece * count for piece, count in request["text_gen"])
    return str(request["text"])

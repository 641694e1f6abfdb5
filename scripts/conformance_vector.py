"""Prints what the engine reads in a text as a conformance vector, to be judged before it is kept.

python scripts/conformance_vector.py TITLE TEXT [--tags a,b|any] [--markdown] [--no-skip-code]
"""

from __future__ import annotations

import argparse
import json
from typing import Any

import shortcodes
from shortcodes import Document, Escape, Shortcode


def tree(document: Document) -> list[dict[str, Any]]:
    """Return the document's shortcodes and escapes as the vectors have them, depth by spans."""
    found: list[dict[str, Any]] = []
    for item in document.items():
        if isinstance(item, Escape):
            found.append({"escape": item.name, "span": item.span, "text": item.text})
            continue
        assert isinstance(item, Shortcode)
        found.append(
            {
                "shortcode": item.name,
                "kind": item.kind,
                "open": item.open_span,
                "close": item.close_span,
                "attributes": [
                    {
                        "name": a.name,
                        "value": a.value,
                        "raw": a.raw,
                        "quotes": a.quotes,
                        "span": a.span,
                        "name_span": a.name_span,
                        "value_span": a.value_span,
                    }
                    for a in item.attribute_nodes
                ],
            }
        )
    return found


def vector(title: str, text: str, **options: Any) -> dict[str, Any]:
    """Return the whole vector, as it reads after a trip through JSON."""
    document = shortcodes.parse(text, **options)
    made = {
        "title": title,
        "text": text,
        "options": options,
        "items": tree(document),
        "diagnostics": [[d.code, *d.span] for d in document.diagnostics],
    }
    plain: dict[str, Any] = json.loads(json.dumps(made))
    return plain


def main() -> None:
    """Print one line."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("title")
    arguments.add_argument("text")
    arguments.add_argument("--tags")
    arguments.add_argument("--markdown", action="store_true")
    arguments.add_argument("--no-skip-code", action="store_true")
    given = arguments.parse_args()
    options: dict[str, Any] = {}
    if given.tags:
        options["tags"] = "any" if given.tags == "any" else given.tags.split(",")
    if given.markdown:
        options["markdown"] = True
    if given.no_skip_code:
        options["skip_code"] = False
    print(json.dumps(vector(given.title, given.text, **options), ensure_ascii=False))


if __name__ == "__main__":
    main()

"""Prints what the engine reads in a text as a conformance vector, to be judged before it is kept.

python scripts/conformance_vector.py TITLE TEXT [--tags a,b|any] [--markdown] [--no-skip-code]
"""

from __future__ import annotations

import argparse
import json
from typing import Any

from shortcodes.conformance.lenient import answer


def vector(title: str, text: str, **options: Any) -> dict[str, Any]:
    """Return the whole vector."""
    request = {"title": title, "text": text, "options": options}
    return {**request, **answer(request)}


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

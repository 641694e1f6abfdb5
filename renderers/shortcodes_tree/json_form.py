"""The tree as JSON, a line for each piece."""

from __future__ import annotations

import json
from typing import Any

from shortcodes.files import plain_data
from shortcodes_tree.model import Model


def write(model: Model) -> str:
    """Return data as JSON."""
    head = _line({key: value for key, value in model.items() if key != "pieces"})
    pieces = ",\n".join(map(_line, model["pieces"]))
    return f'{head.removesuffix("}")}, "pieces": [\n{pieces}\n]}}\n'


def read(text: str) -> Any:
    """Return the data of a JSON text. Raises `ValueError` where it is none."""
    return plain_data.parse_json(text, _object)


def _line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(
            f"an object with the keys {[key for key, _ in pairs]} has one of them twice"
        )
    return found

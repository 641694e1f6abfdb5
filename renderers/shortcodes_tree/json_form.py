"""The tree as JSON, with one line for each piece."""

from __future__ import annotations

import json
from typing import Any

from shortcodes.files import plain_data
from shortcodes_tree.model import Model


def write(model: Model) -> str:
    """Return data as JSON."""
    head = _write_line({key: value for key, value in model.items() if key != "pieces"})
    pieces = ",\n".join(map(_write_line, model["pieces"]))
    return f'{head.removesuffix("}")}, "pieces": [\n{pieces}\n]}}\n'


def read(text: str) -> Any:
    """Return the data of a JSON text. Raises `ValueError` if it is not JSON."""
    return plain_data.parse_json(text, _build_object)


def _write_line(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"an object has one of its keys twice: {keys}")
    return data

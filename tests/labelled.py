"""Real documents whose shortcodes were labelled by hand; where they are missing, tests skip."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_FILE = Path(__file__).parents[2] / "shared/data/real/labelled.jsonl"


def labelled() -> list[dict[str, Any]]:
    """Return them: a `text`, and its `spans` with "T" for a shortcode and "F" for none."""
    if not _FILE.is_file():
        pytest.skip("the labelled documents are not here")
    return _rows()


def short_documents(longest: int = 6000) -> list[str]:
    """Return the texts of those that are short enough to be read many times."""
    return [row["text"] for row in labelled() if len(row["text"]) < longest]


@cache
def _rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]

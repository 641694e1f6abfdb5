"""The page about WordPress's tags has the attributes and defaults that the tags have."""

from __future__ import annotations

import re

import pytest

from shortcodes import Engine
from shortcodes_wordpress import register
from tests.repository import ROOT

PAGE = (ROOT / "docs/wordpress-tags.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.checkout


def test_every_tag_and_attribute_is_documented_with_its_default() -> None:
    engine = Engine()
    register(engine)
    rows = re.findall(r"^\| (`[^|]+) \| [^|]+ \| (`[^|]+) \|$", PAGE, re.MULTILINE)
    documented = {
        tag: dict(re.findall(r'`([a-z0-9_]+)(?:="([^"]*)")?`', attributes))
        for tags, attributes in rows
        for tag in re.findall(r"`(\w+)`", tags)
    }
    assert documented == {
        tag: {p.name: _written(p.default) for p in schema.parameters}
        for tag, schema in engine.schemas.items()
    }


def _written(default: object) -> str:
    """Return a default as an author would write it."""
    return str(default).lower() if isinstance(default, bool) else str(default or "")

"""What a safe fix of a vector wrote, the real WordPress reads as it was meant."""

from __future__ import annotations

from typing import Any

import pytest

import shortcodes
from tests.test_fix_wordpress import as_wordpress_counts
from tests.test_rules import VECTORS
from tests.wordpress.process import WordPress

OTHERS = ("SC0", "SC5")
"""Comments, and a region's code in place of its name: what changes there is no way of writing."""

MENDED = [
    vector
    for vector in VECTORS
    if "safe" in vector
    and not vector["code"].startswith(OTHERS)
    and not {"dialect", "markdown"} & set(vector.get("options", {}))
]


@pytest.mark.parametrize("vector", MENDED, ids=lambda v: f"{v['code']} {v['title']}")
def test_wordpress_reads_a_fixed_vector_as_it_was_meant(
    wordpress: WordPress, vector: dict[str, Any]
) -> None:
    meant = list(shortcodes.parse(vector["text"]).shortcodes())
    names = sorted({shortcode.name for shortcode in meant})
    answer = wordpress.call("do", tags=names, text=vector["safe"])
    assert [(call["tag"], call["atts"], call["content"]) for call in answer["calls"]] == [
        (
            sc.name,
            as_wordpress_counts([(a.name, a.value) for a in sc.attribute_nodes]),
            sc.content or "",
        )
        for sc in meant
    ]


def test_there_are_vectors_to_be_read() -> None:
    assert {vector["code"] for vector in MENDED} >= {"SC106", "SC201", "SC202", "SC204", "SC302"}

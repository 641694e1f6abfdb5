"""The article that the project began with: found, mended, and read by the real WordPress."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import shortcodes
from shortcodes.__main__ import main
from tests.repository import ROOT
from tests.wordpress.process import WordPress

ARTICLE = ROOT / "examples" / "article-ar.txt"
TAG = "covid19-ultimate-card"


def test_the_article_has_a_finding_for_each_card_and_wordpress_reads_what_fix_writes(
    wordpress: WordPress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    text = ARTICLE.read_text(encoding="utf-8")
    Path("article.txt").write_text(text, encoding="utf-8")
    meant = [
        [[name.lower(), value] for name, value in card.attributes.items()]
        for card in shortcodes.parse(text).shortcodes()
    ]
    assert main(("lint", "--format", "json", "article.txt")) == 1
    found = json.loads(capfd.readouterr().out)
    assert [(one["code"], one["fix"]["safe"]) for one in found] == [("SC201", True)] * 4
    assert main(("lint", "--fix", "article.txt")) == 0
    fixed = Path("article.txt").read_text(encoding="utf-8")
    asked = [{"op": "do", "tags": [TAG], "text": one} for one in (text, fixed)]
    before, after = (
        [call["atts"] for call in answer["calls"]] for answer in wordpress.calls(asked)
    )
    assert (len(meant), after, before == meant) == (4, meant, False)

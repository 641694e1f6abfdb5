"""Whoever follows the tutorial in an empty folder sees what stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repository import ROOT
from tests.samples import samples, terminal

FOLDER = "/home/ana/fair"
"""Where the tutorial is followed in its own words."""
TUTORIAL = ROOT / "docs" / "tutorial.md"


@pytest.mark.slow
def test_the_tutorial_holds_word_by_word(tmp_path: Path) -> None:
    told, seen = [], []
    for sample in samples(TUTORIAL):
        if sample.file:
            sample.write(tmp_path)
        elif sample.language == "console":
            told += sample.commands
            for command, _ in sample.commands:
                printed = terminal(command, tmp_path)
                seen.append((command, printed.replace(str(tmp_path), FOLDER)))
    assert seen == told
    assert (tmp_path / "page.html").exists()


def test_nothing_in_the_tutorial_is_left_out_but_the_installation() -> None:
    others = [one for one in samples(TUTORIAL) if not one.file and one.language != "console"]
    assert [one.source.splitlines()[-1] for one in others] == ["pip install shortcode-engine"]

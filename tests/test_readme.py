"""The README's examples print what stands below them; its Python is run with that of `docs`."""

from __future__ import annotations

import pytest

from tests.repository import ROOT
from tests.samples import samples, terminal

CONSOLE = [one for sample in samples(ROOT / "README.md", "console") for one in sample.commands]


@pytest.mark.slow
@pytest.mark.parametrize(("command", "printed"), CONSOLE, ids=[c for c, _ in CONSOLE])
def test_a_command_prints_what_stands_below_it(command: str, printed: str) -> None:
    assert terminal(command, ROOT) == printed


def test_there_are_seven_examples() -> None:
    assert len(CONSOLE) == 7

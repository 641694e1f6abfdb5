"""The README's examples print what stands below them."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (.+)\n([^`]*)```", README)


@pytest.mark.parametrize(("command", "printed"), CONSOLE, ids=[c for c, _ in CONSOLE])
def test_a_command_prints_what_stands_below_it(command: str, printed: str) -> None:
    folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert done.stdout.decode() == printed


def test_there_are_six_examples() -> None:
    assert len(CONSOLE) == 6


def test_python_answers_what_stands_below_it() -> None:
    (source,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    example = doctest.DocTestParser().get_doctest(source, {}, "README", "README.md", 0)
    said: list[str] = []
    results = doctest.DocTestRunner().run(example, out=said.append)
    assert (results.failed, "".join(said)) == (0, "")
    assert results.attempted > 8

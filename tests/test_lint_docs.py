"""The commands of the page on linting print what stands below them, in order, in one folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from shortcodes.cli import formats
from shortcodes.cli.job import FORMATS
from tests.repository import ROOT
from tests.samples import samples, terminal

PAGE = ROOT / "docs" / "lint.md"
pytestmark = [pytest.mark.slow, pytest.mark.checkout]


def test_commands_print_what_stands_below_them(tmp_path: Path) -> None:
    for sample in samples(PAGE):
        if sample.file and sample.file != "schemas.toml":
            sample.write(tmp_path)
    (tmp_path / "shortcodes.toml").rename(tmp_path / "configuration.toml")
    commands = [one for sample in samples(PAGE, "console") for one in sample.commands]
    shown = [(command, terminal(command, tmp_path)) for command, _ in commands]
    assert shown == commands


def test_the_configuration_on_the_page_is_valid(tmp_path: Path) -> None:
    for sample in samples(PAGE):
        if sample.file:
            sample.write(tmp_path)
    command = "shortcodes lint --ignore SC1,SC2 posts; shortcodes schema export map"
    assert terminal(command, tmp_path).startswith("## [map]\n")


def test_every_extension_and_format_is_listed() -> None:
    page = PAGE.read_text(encoding="utf-8")
    listed = re.findall(r"^\| (`\.[^|]+) \|", page, re.M)
    assert {name for row in listed for name in re.findall(r"`(\.\w+)`", row)} == set(FORMATS)
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.M)) == formats.FORMATS


def test_the_schema_is_shown() -> None:
    path = Path(formats.__file__).parent / "lint.schema.json"
    assert json.loads(path.read_text(encoding="utf-8"))["type"] == "array"
    assert "```{literalinclude} ../shortcodes/cli/formats/lint.schema.json" in PAGE.read_text(
        "utf-8"
    )


def test_the_workflow_and_the_hooks_are_yaml() -> None:
    yaml = pytest.importorskip("yaml")
    hooks, workflow = (yaml.safe_load(sample.source) for sample in samples(PAGE, "yaml"))
    offered = yaml.safe_load((PAGE.parent.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))
    used = [hook["id"] for repo in hooks["repos"] for hook in repo["hooks"]]
    assert set(used) <= {hook["id"] for hook in offered}
    runs = [step["run"] for step in workflow["jobs"]["lint"]["steps"] if "run" in step]
    assert sum("shortcodes lint" in run for run in runs) == 2

"""A built wheel: only our own packages, with the grammar and everything else they need."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.repository import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.checkout]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_exposes_only_our_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {
        "shortcodes",
        "shortcodes_covid19",
        "shortcodes_data",
        "shortcodes_html",
        "shortcodes_strip",
        "shortcodes_tree",
        "shortcodes_wordpress",
    }


def test_the_wheel_holds_grammar_data_and_type_markers(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert names >= {
        "shortcodes/_grammar/shortcode.lark",
        "shortcodes/_grammar/markdown.lark",
        "shortcodes/cli/formats/lint.schema.json",
        "shortcodes/catalogue/known_names.txt",
        "shortcodes/py.typed",
        "shortcodes_covid19/final.csv",
        "shortcodes_covid19/snapshot.csv",
        "shortcodes_covid19/snapshot-LICENSE.txt",
        "shortcodes_covid19/card.css",
        "shortcodes_covid19/py.typed",
        "shortcodes_tree/tree.schema.json",
        "shortcodes_tree/py.typed",
        "shortcodes_wordpress/wordpress.css",
        "shortcodes_wordpress/py.typed",
    }


def test_what_the_wheel_holds_reads_and_renders(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import shortcodes; print(shortcodes.__file__); "
        "print(shortcodes.render('[covid19-ultimate-card region=”EG”]').count('35,444'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-c", code]
    lines = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment, cwd=tmp_path
    ).stdout.splitlines()
    assert lines == [str(tmp_path / "site" / "shortcodes" / "__init__.py"), "1"]

"""The hooks that this project offers to pre-commit, run by pre-commit in a repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shortcodes.cli.job import FORMATS
from tests import needs
from tests.repository import ROOT

yaml = pytest.importorskip("yaml")
pytestmark = [pytest.mark.slow, pytest.mark.checkout]

BAD, FIXED = "[map zoom=”17″]\n", '[map zoom="17"]\n'


def hooks() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(
        (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    )
    return found


def test_hooks_get_the_files_that_the_command_reads_in_folders() -> None:
    names = [f"a{extension}" for extension in FORMATS]
    for hook in hooks():
        chosen = [
            name for name in [*names, "a.png", "txt", "a.txt.bak"] if re.search(hook["files"], name)
        ]
        assert chosen == names


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the hooks as its own, so that nothing is fetched to run them."""
    if shutil.which("git") is None:
        needs.missing("git is not installed: no hook was run")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / ".cache"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    own = [{**hook, "language": "system"} for hook in hooks()]
    config = {"repos": [{"repo": "local", "hooks": own}]}
    Path(".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    Path("a.txt").write_text(BAD, encoding="utf-8")
    Path("b.html").write_text("[gallery ids='1']", encoding="utf-8")
    Path("c.png").write_bytes(b"\0[map zoom=\xe2\x80\x9d17\xe2\x80\xb3]")
    Path("d.py").write_text(BAD, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "a.txt", "b.html", "c.png", "d.py"], check=True)
    return tmp_path


def run(hook: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pre_commit", "run", hook, "--all-files", "--color", "never"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_hooks_find_and_mend_what_is_committed(repository: Path) -> None:
    status, out = run("shortcodes-lint")
    assert (status, "a.txt:1:6: SC201" in out, "d.py" in out) == (1, True, False)
    status, out = run("shortcodes-fix")
    assert (status, "files were modified by this hook" in out) == (1, True)
    assert (repository / "a.txt").read_text("utf-8") == FIXED
    assert (repository / "d.py").read_text("utf-8") == BAD
    for hook in ("shortcodes-lint", "shortcodes-fix"):
        assert run(hook)[0] == 0


@pytest.mark.parametrize("hook", ["shortcodes-lint", "shortcodes-fix"])
def test_a_name_that_looks_like_an_option_is_a_file(repository: Path, hook: str) -> None:
    for name in ("--output=b.html", "-ob.html", "--config=a.txt"):
        (repository / name).write_text("only words", encoding="utf-8")
    subprocess.run(["git", "add", "--", *os.listdir()], check=True)
    out = run(hook)[1]
    assert "a.txt" in out if hook == "shortcodes-lint" else "files were modified" in out
    assert (repository / "b.html").read_text("utf-8") == "[gallery ids='1']"

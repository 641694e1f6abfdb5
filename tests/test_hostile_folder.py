"""Commands that run in a folder in which anybody may have put anything: none of it is run."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from shortcodes.cli.checking import parallel
from tests.repository import ROOT

pytestmark = pytest.mark.slow

COMMAND = Path(sysconfig.get_path("scripts"), "shortcodes")

MODULES = sorted(
    {
        *sys.stdlib_module_names,
        *packages_distributions(),
        *("shortcodes", "shortcodes_strip", "shortcodes_covid19", "shortcodes_wordpress"),
        *("sitecustomize", "usercustomize", "tests", "mysite"),
    }
    - {"__main__"}
)
"""All that is imported by anything here, and what Python imports where it is there."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("--version",),
    ("--help",),
    ("lint", "--jobs", "2", "."),
    ("lint", "--jobs", "2", "--format", "sarif", "."),
    ("lint", "--jobs", "2", "--format", "junit", "--fix", "."),
    ("lint", "--explain", "SC201"),
    ("strip", "--diff", "a.txt"),
    ("strip", "--in-place", "a.txt"),
    ("extract", "a.txt"),
    ("render", "--page", "a.txt"),
    ("render", "--styles", "inline", "b.md"),
    ("fix", "a.txt"),
    ("convert", "--to", "yaml", "a.txt"),
    ("convert", "--to", "markdown", "a.txt"),
    ("schema", "export"),
    ("schema", "infer", "a.txt"),
    ("covid19", "show", "EG", "--lang", "ar"),
    ("covid19", "show", "EG", "--format", "badge"),
    ("covid19", "show", "EG", "--source", "who,disease.sh"),
)


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a folder's modules write that they were run; the folder is the working one."""
    ran, folder = tmp_path / "ran", tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    planted = (
        f"import builtins\nwith builtins.open({str(ran)!r}, 'a') as f: print(__name__, file=f)\n"
    )
    for name in MODULES:
        (folder / f"{name}.py").write_text(planted, encoding="utf-8")
    for name in ("shortcodes", "encodings", "multiprocessing", "importlib", "shortcodes/cli"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(planted, encoding="utf-8")
    (folder / "x.pth").write_text(f"import os; open({str(ran)!r}, 'a').write('x.pth')\n")
    for name in (
        "pyvenv.cfg",
        "python._pth",
        f"python3{sys.version_info[1]}._pth",
        "pybuilddir.txt",
    ):
        (folder / name).write_text(f"home = {folder}\n{folder}\nimport site\n", encoding="utf-8")
    for name, text in (("a.txt", "[map zoom=”17″]\n"), ("b.md", "# a\n"), ("b.html", "<p>[x k=1]")):
        (folder / name).write_text(text * 3, encoding="utf-8")
    for name in ("startup", "env"):
        (folder / f".{name}").write_text(planted, encoding="utf-8")
    yield ran
    assert not ran.exists(), ran.read_text("utf-8")


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_runs_code_that_lies_in_the_folder(
    ran: Path, arguments: tuple[str, ...]
) -> None:
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "XDG_CACHE_HOME": str(ran.parent / "cache")}
    environment = {**os.environ, **nowhere, "PYTHONSTARTUP": ".startup"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [COMMAND, *arguments], capture_output=True, env=environment, check=False, timeout=120
    )
    assert (done.returncode in (0, 1), b"Traceback" in done.stderr) == (True, False), done.stderr


def _state(_: int) -> tuple[list[str], list[str]]:
    """Return where this process looks for modules, and where those that it has come from."""
    importlib.import_module("multiprocessing.spawn")
    files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
    return sys.path, [file for file in files if file]


def only(results: Iterator[Any]) -> Any:
    (result,) = results
    return result


@pytest.mark.parametrize("place", ["", ".", "{here}", "{here}/", "link"])
def test_a_worker_imports_nothing_from_the_folder_where_this_process_would(
    ran: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.getcwd()
    os.symlink(here, "link")
    monkeypatch.setattr(sys, "path", [*sys.path, place.format(here=here)])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", ".", here]))
    monkeypatch.setenv("PYTHONSTARTUP", ".startup")
    monkeypatch.setenv("PYTHONINSPECT", "1")
    path, modules = only(parallel.map_in_order(_state, [1], processes=2))
    assert [one for one in path if os.path.realpath(one or ".") == here] == []
    assert [one for one in modules if one.startswith(here)] == []


def _imported(name: str) -> str:
    return str(importlib.import_module(name).WHERE)


def test_a_worker_finds_what_this_process_finds(
    ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, archive = tmp_path / "lib", tmp_path / "app.pyz"
    folder.mkdir()
    (folder / "in_a_folder.py").write_text("WHERE = 'folder'", encoding="utf-8")
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("in_an_archive.py", "WHERE = 'archive'")
    places = [str(folder), os.path.relpath(archive)]
    monkeypatch.setattr(sys, "path", [*places, *sys.path])
    names = ["in_a_folder", "in_an_archive"]
    assert list(parallel.map_in_order(_imported, names, processes=2)) == ["folder", "archive"]


def _pid(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize(("name", "value"), [("frozen", True), ("executable", "")])
def test_a_program_that_is_no_python_does_the_work_itself(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, name, value, raising=False)
    assert list(parallel.map_in_order(_pid, [1, 2], processes=2)) == [os.getpid()] * 2


def _prints(number: int) -> int:
    print("printed by a plug-in", number)
    os.system("echo printed by a program")
    return len(sys.stdin.read())


@pytest.mark.checkout  # the worker has to find this module
def test_what_a_plug_in_prints_in_a_worker_goes_to_standard_error(
    capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    assert list(parallel.map_in_order(_prints, [1, 2], processes=2)) == [0, 0]
    out, err = capfd.readouterr()
    assert (out, err.count("by a plug-in"), err.count("by a program")) == ("", 2, 2)


@pytest.mark.checkout
def test_an_editable_installation_is_linted_from_its_own_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    done = subprocess.run(
        [COMMAND, "lint", "--jobs", "2", "README.md", "examples"], capture_output=True, check=False
    )
    assert (done.returncode in (0, 1), b"Traceback" in done.stderr) == (True, False)

"""A profile says who reads the text; a limit, how many findings a person reads."""

from __future__ import annotations

from pathlib import Path

import pytest

import shortcodes
from shortcodes.linting.codes import RULE_NAMES
from shortcodes.linting.profiles import PROFILES
from tests.command import run as run_bytes

TEXT = "[map zoom=”7” place=Cairo] [row]Two[/rwo] [row]one[/row]"


def run(*arguments: str) -> tuple[int, str, str]:
    status, out, err = run_bytes(*arguments)
    return status, out.decode(), err


def codes(**options: object) -> list[str]:
    return [found.code for found in shortcodes.lint(TEXT, **options)]  # type: ignore[arg-type]


def test_writers_do_not_hear_what_wordpress_reads() -> None:
    assert codes() == codes(profile="wordpress") == ["SC201", "SC105", "SC102"]
    assert codes(profile="writer") == ["SC102"]
    assert codes(profile="writer", select=["SC201"]) == []


def test_every_finding_is_an_error_in_the_strict_profile() -> None:
    found = shortcodes.lint(TEXT, profile="strict")
    assert [(one.code, one.severity) for one in found] == [
        (code, "error") for code in ("SC201", "SC105", "SC102")
    ]


def test_profiles_name_codes_of_rules() -> None:
    assert {code for silent in PROFILES.values() for code in silent} <= RULE_NAMES.keys()


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="profile must be one of 'wordpress', 'writer', 'strict'"):
        codes(profile="editor")


def test_a_configuration_sets_the_profile_also_for_some_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "shortcodes.toml").write_text(
        '[lint]\nprofile = "writer"\n[[lint.per-path]]\npaths = ["b.txt"]\nprofile = "wordpress"\n',
        "utf-8",
    )
    _, out, _ = run("lint", "a.txt", "b.txt")
    found = [line.split()[:2] for line in out.splitlines() if not line.startswith(" ")]
    assert [place.partition(":")[0] + " " + code for place, code in found] == [
        "a.txt SC102",
        "b.txt SC201",
        "b.txt SC105",
        "b.txt SC102",
    ]
    _, out, _ = run("lint", "--profile", "wordpress", "a.txt")
    assert "SC201" in out


def test_the_text_lists_some_findings_and_counts_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("[map zoom=”7”]\n" * 60, "utf-8")
    _, out, err = run("lint", str(path))
    first = [line for line in out.splitlines() if not line.startswith(" ")]
    assert len(first) == 50
    assert out.splitlines()[-1] == f"  and 10 more in {path}, which --limit 0 lists"
    assert err.startswith("60 problems")
    _, out, _ = run("lint", "--limit", "0", str(path))
    assert len([line for line in out.splitlines() if not line.startswith(" ")]) == 60
    assert run("lint", "--limit", "3", str(path))[1].count("SC201") == 3

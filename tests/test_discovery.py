"""Which files the PATHs of `shortcodes lint` are: what git would ignore is not among them."""

from __future__ import annotations

import os
import shutil
import string
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shortcodes.cli.io import discovery, gitignore
from shortcodes.cli.io.discovery import discover
from shortcodes.files import folders
from shortcodes.files.patterns import MAX_STEPS, Patterns, parse_lines, parse_pattern
from tests import needs
from tests.command import call
from tests.needs import posix

pytestmark = pytest.mark.usefixtures("in_empty_folder")


def make(*names: str, text: str = "") -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8", errors="surrogateescape")


def found(*paths: str) -> list[str]:
    """Return the files of paths, all of whose folders can be read."""
    discovery.check_paths(paths)
    given = discover(paths, lambda name, error: pytest.fail(f"{name}: {error}"))
    return [one.name for one in given]


TREE = ["b.md", "a.txt", "image.png", "a/c.html", "a/B.HTM", "a/x/d.xhtml", ".hidden/e.markdown"]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["."], ["a.txt", "b.md", ".hidden/e.markdown", "a/B.HTM", "a/c.html", "a/x/d.xhtml"]),
        (["a/"], ["a/B.HTM", "a/c.html", "a/x/d.xhtml"]),
        (["./a/x"], ["./a/x/d.xhtml"]),
        (["image.png", "a.txt"], ["image.png", "a.txt"]),
        (["a/c.html", "a", "./a/c.html"], ["a/c.html", "a/B.HTM", "a/x/d.xhtml"]),
        (["-", "a.txt"], ["-", "a.txt"]),
        (["*.png"], ["image.png"]),
        (["*"], ["a.txt", "b.md", "image.png", ".hidden/e.markdown", *TREE[4:2:-1], TREE[5]]),
        (["a/**/*.html"], ["a/c.html"]),
        (["a/?/*"], ["a/x/d.xhtml"]),
        (["**/[cd].*"], ["a/c.html", "a/x/d.xhtml"]),
    ],
)
def test_paths_name_files_folders_and_patterns(paths: list[str], names: list[str]) -> None:
    make(*TREE)
    assert found(*paths) == names


def test_an_absolute_path_gives_absolute_names(tmp_path: Path) -> None:
    make(*TREE)
    names = [str(tmp_path / name) for name in ["a/B.HTM", "a/c.html", "a/x/d.xhtml"]]
    assert found(str(tmp_path / "a")) == names
    assert found(str(tmp_path / "a" / "*" / "*.xhtml")) == names[-1:]


def test_a_name_that_looks_like_a_pattern_is_a_name_where_there_is_such_a_file() -> None:
    make("[1].txt", "1.txt")
    assert found("[1].txt") == ["[1].txt"]
    assert found("[12].txt") == ["1.txt"]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["*"], ["./-", "a.txt", "b/-"]),
        (["[-]"], ["./-"]),
        (["*", "-"], ["./-", "a.txt", "b/-", "-"]),
        (["-", "**/-"], ["-", "./-", "b/-"]),
        (["./-"], ["./-"]),
        (["./*"], ["./-", "a.txt", "b/-"]),
    ],
)
def test_a_file_called_like_standard_input_is_a_file_where_a_pattern_matches_it(
    paths: list[str], names: list[str]
) -> None:
    make("-", "a.txt", "b/-")
    assert found(*paths) == names


def test_a_file_called_like_standard_input_is_linted_and_fixed(capfd: Any) -> None:
    make("-", text="[map zoom=”17″]\n")
    assert call(capfd, "lint", "*")[0] == 1
    assert call(capfd, "lint", "--fix", "*")[0] == 0
    assert Path("-").read_text(encoding="utf-8") == '[map zoom="17"]\n'


@pytest.mark.parametrize("pattern", ["*.txt", "gone/*.txt", "[z-a]", "[", "a.html/*"])
def test_a_pattern_that_matches_nothing_is_a_mistake(pattern: str) -> None:
    make("a.html")
    with pytest.raises(click.ClickException, match="no file matches") as caught:
        found(pattern)
    assert caught.value.message == f"{pattern}: no file matches"


def test_folders_of_tools_are_entered_only_where_they_are_named() -> None:
    make("node_modules/a.md", ".git/b.txt", "c.txt")
    assert found(".") == ["c.txt"]
    assert found("node_modules") == ["node_modules/a.md"]


@posix
def test_links_in_a_folder_are_not_followed_so_that_no_loop_is_entered() -> None:
    make("a/b.txt", "outside.txt")
    Path("a/loop").symlink_to("../a")
    Path("a/self.txt").symlink_to("self.txt")
    Path("a/other.txt").symlink_to("../outside.txt")
    assert found("a") == ["a/b.txt"]
    assert found("a/loop", "a/other.txt") == ["a/loop/b.txt", "a/other.txt"]
    with pytest.raises(click.ClickException, match=r"^a/self.txt: too many levels of symbolic"):
        found("a/self.txt")


def test_a_file_that_is_named_by_links_too_is_given_once() -> None:
    make("a.txt", "x/b.txt", "x/y/c.txt")
    Path("l.txt").symlink_to("a.txt")
    Path("z").symlink_to("x")
    assert found("l.txt", "a.txt", "z", "x", "z/y", "x/b.txt") == ["l.txt", "z/b.txt", "z/y/c.txt"]
    assert found("a.txt", "l.txt") == ["a.txt"]


@posix
def test_a_pipe_in_a_folder_is_not_waited_for() -> None:
    make("a/b.txt")
    os.mkfifo("a/pipe.txt")
    assert found("a") == ["a/b.txt"]


def test_a_folder_that_cannot_be_read_is_reported_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make("a/b.txt", "c/d.txt", "e.txt")
    opened = os.open

    def refused(path: str, *flags: int, **folder: Any) -> int:
        if path == "a":
            raise PermissionError
        return opened(path, *flags, **folder)

    monkeypatch.setattr(os, "open", refused)
    said: list[tuple[str, type[OSError]]] = []
    given = discover(["."], lambda name, error: said.append((name, type(error))))
    names = [one.name for one in given]
    assert (names, said) == (["e.txt", "c/d.txt"], [("a", PermissionError)])


# --- .gitignore -----------------------------------------------------------------------------


def test_what_the_gitignores_of_a_repository_name_is_left_out() -> None:
    make(".git/HEAD", "a.txt", "b.txt", "x/a.txt", "x/keep.txt", "x/y/c.txt", "out/d.txt", "e.txt")
    make(".gitignore", text="\ufeffa.txt\n/out/\n# b.txt\n!\n*.txt.bak\nkeep.txt\n")
    make(".git/info/exclude", text="e.txt\nb.txt\n")
    make("x/.gitignore", text="!keep.txt\n/y/c.*\n\udcff\n")
    assert found(".") == ["x/keep.txt"]
    assert found("x") == ["x/keep.txt"]
    assert found("x/*.txt") == ["x/keep.txt"]


def test_what_is_named_is_read_though_git_ignores_it() -> None:
    make(".git/HEAD", "out/d.txt", "out/x/e.txt", "out/x/f.md", "a.txt")
    make(".gitignore", text="out/\na.txt\n")
    make("out/.gitignore", text="*.md\n")
    assert found("out/d.txt", "a.txt") == ["out/d.txt", "a.txt"]
    assert found("out/x") == ["out/x/e.txt", "out/x/f.md"]


@posix
def test_a_file_of_patterns_that_cannot_be_used_is_named_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(".git/info/x", *(f"{name}/a.txt" for name in ["link", "pipe", "large", "folder", "fine"]))
    make("elsewhere", text="*.txt\n")
    make("fine/.gitignore", text="*.txt\n" + "#" * 490_000)
    make("large/.gitignore", text="*.txt\n" * 100_000)
    make("folder/.gitignore/x")
    Path("link/.gitignore").symlink_to("../elsewhere")
    Path(".git/info/exclude").symlink_to("/dev/zero")
    os.mkfifo("pipe/.gitignore")
    names = ["folder/a.txt", "large/a.txt", "link/a.txt", "pipe/a.txt"]
    assert found(".", ".", "link", "l*/*.txt") == names
    reasons = {
        ".git/info/exclude": "it is a link",
        "folder/.gitignore": "is a directory",
        "large/.gitignore": "it is larger than 500,000 bytes",
        "link/.gitignore": "it is a link",
        "pipe/.gitignore": "it is not a regular file",
    }
    assert capsys.readouterr().err == "".join(
        f"shortcodes: warning: {tmp_path}/{name}: {reason}; its patterns are not used\n"
        for name, reason in reasons.items()
    )


def test_outside_of_a_repository_only_the_gitignore_of_the_folder_itself_counts() -> None:
    make("x/a.txt", "x/y/b.txt")
    make(".gitignore", text="*.txt\n")
    make("x/.gitignore", text="y/\n")
    assert found("x") == ["x/a.txt"]


PARTS = ["a", "b", "c", "ab", "a.txt"]
STARS = ["*", "?", "**", "***", "a*", "*.txt", "*a*t", "?*?", "**t", "*b**.*", "*.*?*t*t"]
SETS = [
    "[ab]",
    "[!a]",
    "[^b]",
    "[]a]*",
    "[!]a]",
    "[a-c]*",
    "[c-a]",
    "[a\\-c].txt",
    "[.-b]*",
    "[a-]",
]
SETS += [
    "[[:alpha:]]*",
    "[![:upper:]]",
    "[[:no:]]",
    "[[:a]*",
    "[a",
    "[",
    "[]",
    "a[/]b",
    "[/",
    "[a-\\c]*",
]
WORDS = st.sampled_from([*PARTS, *STARS, *SETS, "\\a", "\\*", "a\\", "\\[a", ""])
PATTERNS = st.builds(
    lambda no, first, words, last: f"{no}{first}{'/'.join(words)}{last}",
    st.sampled_from(["", "", "!", "#", "\\!", "!!"]),
    st.sampled_from(["", "/"]),
    st.lists(WORDS, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", "/**", " ", "\\ ", "\\", "\\  ", "\r", "//"]),
)
IGNORES = st.dictionaries(
    st.sampled_from(["", "a/", "b/", "a/b/"]), st.lists(PATTERNS, max_size=4), max_size=3
)
NAMES = [f"{folder}{name}.txt" for folder in ["", "a/", "b/", "a/b/", "a/c/a/"] for name in "abc"]


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(IGNORES)
@example({"": ["*.txt", "!a.txt"], "a/": ["!b.txt"], "b/": ["a.txt"]})
@example({"": ["a", "!/a"]})
@example({"": ["a/*", "!a/b/"], "a/b/": ["c.txt"]})
def test_the_same_is_left_out_as_git_leaves_out(
    tmp_path_factory: pytest.TempPathFactory, ignores: dict[str, list[str]]
) -> None:
    if shutil.which("git") is None:
        needs.missing("git is not installed: nobody compared what is ignored")
    folder = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    for place, patterns in ignores.items():
        (folder / place / ".gitignore").write_text("\n".join(patterns), encoding="utf-8")
    command = ["git", "-c", "core.excludesFile=", "ls-files", "-o", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()
    expected = {name for name in listed.split("\0") if name.endswith(".txt")}
    start = len(str(folder)) + 1
    assert {name[start:] for name in found(str(folder))} == expected


SIMPLE = [
    "a",
    "a.txt",
    "*.txt",
    "a*",
    "*",
    "/a",
    "/a*",
    "b/*.txt",
    "b/a*",
    "b/c/*",
    "**/a",
    "b/",
    "*b/",
]
OTHERS = ["a*t", "?", "b/**", "*/a", "**/b/a", "[ab]*", "\\*", "a\\*", "**t"]
PATHS = [
    f"{folder}{name}" for folder in ("", "b/", "b/c/") for name in ("a", "a.txt", "b", "*", "bt")
]


@settings(max_examples=300)
@given(
    st.lists(
        st.builds(
            lambda no, line: no + line, st.sampled_from(["", "!"]), st.sampled_from(SIMPLE + OTHERS)
        ),
        max_size=6,
    )
)
def test_patterns_that_are_looked_up_say_what_their_expressions_say(lines: list[str]) -> None:
    made = [one for line in lines if (one := parse_pattern(line))]
    patterns = Patterns(made)
    for path in PATHS:
        for is_folder in (False, True):
            matching = [
                one.is_included
                for one in made
                if (is_folder or not one.is_folders_only)
                and one.compile().match(path.rpartition("/")[2] if one.is_name_only else path)
            ]
            expected = matching[-1] if matching else None
            assert patterns.decide(path, is_folder=is_folder) == expected


@pytest.mark.slow
def test_a_hundred_thousand_patterns_of_letters_are_compared_with_a_name_in_a_few_steps() -> None:
    words = [f"{number:05}" for number in range(20_000)]
    lines = [line for w in words for line in (w, f"*{w}", f"{w}*", f"!/x/{w}", f"y/*.{w}")]
    patterns = Patterns(parse_lines("\n".join(lines)))
    assert patterns.steps == 5
    assert [patterns.decide(path) for path in ("00042", "a/b00042", "x/00042", "z")] == [
        *(True, True, False),
        None,
    ]


def test_each_of_many_names_is_compared_with_many_patterns_in_no_time() -> None:
    letters = string.ascii_letters
    lines = "".join(f"{a}{b}{c}*\n" for a in letters for b in letters for c in letters[:40])
    make(".gitignore", *(f"{number:05}.txt" for number in range(1000)), text=lines)
    make(*(f"d{number}/.gitignore" for number in range(50)), text=lines)
    start = time.process_time()
    assert len(found(".")) == 1000
    assert time.process_time() - start < 20


def test_patterns_of_folders_are_read_when_these_are_entered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(*(f"d{number}/.gitignore" for number in range(9)), text="*.md\n")
    make(*(f"d{number}/a.txt" for number in range(9)))
    read: list[str] = []
    inner = folders.read_real_file

    def counted(path: str, limit: int) -> bytes:
        read.append(path)
        return inner(path, limit)

    monkeypatch.setattr(gitignore, "read_real_file", counted)
    names = discover((".",), lambda *_: None)
    for number in range(9):
        assert next(names).name == f"d{number}/a.txt"
        assert len(read) == number + 1


def test_no_path_is_resolved_for_each_of_many_nested_folders(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(*("/".join("a" * depth) + "/.gitignore" for depth in range(1, 30)), text="*.md\n")
    make(f"{'/'.join('a' * 29)}/a.txt")
    resolved: list[str] = []
    realpath = os.path.realpath

    def counted(path: str) -> str:
        resolved.append(path)
        return realpath(path)

    monkeypatch.setattr(os.path, "realpath", counted)
    assert len(list(discover((".",), lambda *_: None))) == 1
    assert len(resolved) == 2


def test_patterns_that_are_too_many_together_are_not_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(".git/HEAD", *(f"x/{name}/a.txt" for name in ("many", "few", "large", "small")))
    make(".gitignore", text="a*c\n" * 600)
    make("x/.gitignore", text="#" * 499_000 + "\nx\n")
    make("x/many/.gitignore", text="*.txt\n" + "a?c\n" * 400)
    make("x/few/.gitignore", text="*.txt\n" + "a?c\n" * 398)
    make("x/large/.gitignore", text="*.txt\n" + "#" * 499_000)
    make("x/small/.gitignore", text="*.txt\n" + "#" * 490_000)
    assert found(".") == ["x/large/a.txt", "x/many/a.txt"]
    above = "with those of the folders above, it has more than"
    assert capsys.readouterr().err == "".join(
        f"shortcodes: warning: {tmp_path}/x/{name}/.gitignore: {above} {reason}; "
        "its patterns are not used\n"
        for name, reason in {
            "large": "1,000,000 bytes",
            "many": "1,000 parts of patterns that are tried one by one",
        }.items()
    )


# --- patterns that would take long ------------------------------------------------------------

SLOW = [
    ("*a" * 12 + "b", "a" * 200),
    ("?*" * 12 + "b", "a" * 200),
    ("[a-b]*" * 12 + "[b-c]", "a" * 200),
    ("**/a/" * 12 + "b", "a/" * 100 + "a"),
    ("*/**/" * 12 + "b", "a/" * 100 + "a"),
    ("**/*a*/" * 12 + "b", "a/" * 100 + "a"),
    ("a**" * 12 + "b", "a" * 200),
]
HELD = """\
import sys
from pathlib import Path
from shortcodes.config.lint import PerPath
print(PerPath("", Path(), (sys.argv[1],)).is_for(sys.argv[2]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [pattern for pattern, _ in SLOW])
def test_no_pattern_takes_long_wherever_it_is_written(pattern: str) -> None:
    """It would take longer than there will be people, so that a generous limit shows it."""
    name = dict(SLOW)[pattern]
    python = [sys.executable, "-P"]
    make(f"x/{name}.txt", f"x/{name[:50]}c.txt")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*python, *words], capture_output=True, text=True, timeout=60, check=False
        )

    assert run("-c", HELD, pattern, name).stdout == "False\n"
    assert run("-m", "shortcodes", "lint", f"x/{pattern}").returncode == 2
    make("x/.gitignore", text=f"{pattern}\n!{pattern}/\n")
    assert run("-m", "shortcodes", "lint", "x").returncode == 0


def test_time_grows_with_the_length_of_names_and_patterns() -> None:
    def seconds(pattern: str, name: str) -> float:
        patterns = Patterns(filter(None, [parse_pattern(pattern)]))
        start = time.process_time()
        for _ in range(400):
            patterns.decide(name)
        return time.process_time() - start

    for pattern, name in SLOW:
        seconds(pattern, name)
        once = max(seconds(pattern, name), 0.001)
        assert seconds(pattern * 2, name * 4) < 60 * once


DEEP = "a/" * 1900 + "a"
FAR = [
    "**/" + "a/" * 150 + "b/**/c",
    "**/" + "*a*/" * 190 + "b/**/c",
    "**/*a" * 169 + "/c",
    "**/a/" * 200 + "c",
    "a/" * 400 + "**/c",
    "**/" + "?/" * 400 + "c",
]


@pytest.mark.slow
@pytest.mark.parametrize("pattern", FAR)
def test_no_pattern_takes_long_in_a_deep_tree(pattern: str) -> None:
    patterns = Patterns(parse_lines(pattern))
    assert patterns.steps <= MAX_STEPS
    start = time.process_time()
    assert patterns.has_match(DEEP) is False
    for number in range(400):
        assert patterns.has_match(f"{DEEP}{number}") is False
        assert patterns.decide(f"{DEEP}{number}") is None
    assert time.process_time() - start < 5


def test_each_part_of_a_pattern_that_is_tried_counts() -> None:
    counts = {"?": 1, "a/?": 2, "**/a/?": 2, "a/**": 1, "**/b/**/?": 6, "a/b/**/?/c/**/d": 13}
    made = {line: Patterns(parse_lines(line)).steps for line in counts}
    assert made == counts
    assert Patterns(parse_lines("**/a/b/c/**\n" * 100)).steps > MAX_STEPS


@pytest.mark.parametrize(
    "line", ["!", "/", "[", "[a", "a\\", "a//b", "[[:no:]]", "//a", "!/", "a[", "*" * 5001]
)
def test_an_invalid_pattern_is_refused_and_left_out(line: str) -> None:
    with pytest.raises(ValueError, match="is not a valid pattern"):
        parse_pattern(line)
    assert list(parse_lines(f"{line}\n#{line}\n\n")) == []

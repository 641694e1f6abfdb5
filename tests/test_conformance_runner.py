"""The conformance runner, from outside: our command passes, and one that answers wrongly fails."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.repository import ROOT

RUNNER = ROOT / "grammar" / "conformance" / "run.py"
SILENT = "import sys\nfor line in sys.stdin: print('{}', flush=True)"
MEDDLING = """
import json, subprocess, sys
from shortcodes.conformance import answer
for line in sys.stdin:
    request = json.loads(line)
    made = answer(request)
    if request.get("text") == sys.argv[1]:
        made["diagnostics"] = [["SC999", 0, 1]]
    print(json.dumps(made), flush=True)
"""


def run(*command: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, str(RUNNER), "--", *command], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.splitlines()


def test_our_command_passes_every_vector() -> None:
    status, lines = run(sys.executable, "-m", "shortcodes.conformance")
    assert (status, len(lines)) == (0, 1)
    passed, failed = lines[0].removesuffix(" failed").split(" passed, ")
    assert (int(passed) > 600, failed) == (True, "0")


def test_a_request_that_cannot_be_answered_does_not_end_the_others() -> None:
    bad = ["[" * 100_000, "[1]", "5", "null", '{"op": []}', "9" * 5000, "\\xff", '{"text": 1}', ""]
    sent = "".join(f'{line}\n{{"text": "[a b=1]"}}\n' for line in bad)
    command = [sys.executable, "-P", "-m", "shortcodes.conformance"]
    done = subprocess.run(command, input=sent, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr, len(answers)) == (0, "", 2 * len(bad))
    assert all([*answer] == ["error"] for answer in answers[::2])
    assert all("error" not in answer for answer in answers[1::2])


def test_a_command_without_answers_fails_every_vector() -> None:
    status, lines = run(sys.executable, "-c", SILENT)
    assert status == 1
    assert lines[-1].startswith("0 passed, ")


@pytest.mark.slow
def test_one_wrong_answer_is_named() -> None:
    status, lines = run(sys.executable, "-c", MEDDLING, "[x]a[/x]")
    assert status == 1
    assert lines[0] == "lenient/valid/pairing.jsonl:1: enclosing"
    assert lines[1:3] == [
        "  expected  diagnostics: []",
        '  answered  diagnostics: [["SC999", 0, 1]]',
    ]
    assert lines[-1].endswith(" 1 failed")


@pytest.mark.parametrize("line", ["", "null", "[]", "{", '{"text": 5}', '{"op": "x", "tags": []}'])
def test_a_request_that_cannot_be_answered_says_so(line: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "shortcodes.conformance"],
        input=f"{line}\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith('{"error": "')

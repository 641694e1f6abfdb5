"""Runs the conformance vectors against any command that answers them.

    python grammar/conformance/run.py [--only PART] -- COMMAND [ARGUMENT …]

The command reads a JSON request a line and writes a JSON answer a line, flushed; `README.md` says
what they hold. Prints every vector whose answer differs, then the counts. Exit status 1 when one
differs. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

FOLDER = Path(__file__).parent
REQUEST = ("text", "options")


def vectors(only: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every vector with its place, in the order of the files."""
    for path in sorted(FOLDER.rglob("*.jsonl")):
        name = path.relative_to(FOLDER).as_posix()
        if only not in name:
            continue
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield f"{name}:{number}", json.loads(line)


def ask(
    requests: IO[bytes], answers: IO[bytes], vector: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was expected and what was answered."""
    request = {key: vector[key] for key in REQUEST}
    expected = {key: value for key, value in vector.items() if key not in (*REQUEST, "title")}
    requests.write(json.dumps(request).encode() + b"\n")
    requests.flush()
    line = answers.readline()
    if not line:
        sys.exit("the command ended before it had answered every request")
    return expected, json.loads(line)


def main() -> int:
    """Run the vectors and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", help="files whose name holds this")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    with subprocess.Popen(
        options.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        passed = failed = 0
        for place, vector in vectors(options.only):
            expected, answered = ask(process.stdin, process.stdout, vector)
            if answered == expected:
                passed += 1
                continue
            failed += 1
            print(f"{place}: {vector['title']}")
            print(f"  text      {vector['text']!r}")
            for key in sorted({*expected, *answered}):
                if expected.get(key) != answered.get(key):
                    print(f"  expected  {key}: {json.dumps(expected.get(key), ensure_ascii=False)}")
                    print(f"  answered  {key}: {json.dumps(answered.get(key), ensure_ascii=False)}")
        process.stdin.close()
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

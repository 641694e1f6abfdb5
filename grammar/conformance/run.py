"""Runs the conformance vectors against any command that answers them.

    python grammar/conformance/run.py [--only PART] -- COMMAND [ARGUMENT …]

The command reads a JSON request a line and writes a JSON answer a line, flushed; `README.md` says
what they hold. Prints every vector whose answer differs, then the counts. Exit status 1 when one
differs. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Json = dict[str, Any]

REQUEST = {
    "lenient": ("text", "options"),
    "wordpress": (
        "op", "text", "text_b64", "text_gen", "tags", "tag", "pairs", "style", "handlers",
        "ignore_html",
    ),
}  # fmt: skip
ANSWER = {"lenient": ("items", "diagnostics"), "wordpress": ("out", "calls")}


def lines_of(path: Path) -> Iterator[tuple[str, Json]]:
    """Give every line of a file with its place."""
    name = path.relative_to(FOLDER).as_posix()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield f"{name}:{number}", json.loads(line)


def vectors(only: str) -> Iterator[tuple[str, str, Json]]:
    """Give every vector with its place and dialect; limits stand in place of what they limit."""
    limits = {line["id"]: line for _, line in lines_of(FOLDER / "wordpress" / "limits.jsonl")}
    for path in sorted(FOLDER.rglob("*.jsonl")):
        name = path.relative_to(FOLDER)
        if only in name.as_posix() and path.name != "limits.jsonl":
            for place, vector in lines_of(path):
                yield place, name.parts[0], vector | limits.get(vector.get("id", ""), {})


def expected_of(vector: Json, dialect: str) -> Json:
    """Return what a vector says of the answer; bytes that are not UTF-8 stand in base64."""
    known = ("out_len", "out_sha256", "calls_n", *ANSWER[dialect])
    expected = {key: vector[key] for key in known if key in vector}
    if "out_b64" in vector:
        raw = base64.b64decode(vector["out_b64"])
        expected["out"] = raw.decode("utf-8", "surrogateescape")
    return expected


def as_said(answered: Json, vector: Json) -> Json:
    """Return an answer as the vector says it: what is long as a digest, a length or a number."""
    if "out_sha256" in vector and isinstance(answered.get("out"), str):
        raw = answered["out"].encode("utf-8", "surrogateescape")
        digest = hashlib.sha256(raw).hexdigest()
        answered |= {"out_len": len(raw), "out_sha256": digest}
        if vector["out"] is None:
            answered["out"] = None
    if "calls_n" in vector:
        answered |= {"calls_n": len(answered.get("calls") or ()), "calls": vector["calls"]}
    for call in answered.get("calls") or ():
        if len(call["content"]) > 1000:
            call["content"] = f"len:{len(call['content'])}"
    return answered


def main() -> int:
    """Run the vectors and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", help="files whose name holds this")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    passed = failed = 0
    with subprocess.Popen(
        options.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for place, dialect, vector in vectors(options.only):
            request = {key: vector[key] for key in REQUEST[dialect] if key in vector}
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                sys.exit(f"{place}: the command ended without an answer")
            expected = expected_of(vector, dialect)
            answered = as_said(json.loads(line), vector)
            if all(answered.get(key) == value for key, value in expected.items()):
                passed += 1
                continue
            failed += 1
            print(f"{place}: {vector.get('title', vector.get('id'))}")
            for key in expected:
                if expected[key] != answered.get(key):
                    print(f"  expected  {key}: {json.dumps(expected[key])[:2000]}")
                    print(f"  answered  {key}: {json.dumps(answered.get(key))[:2000]}")
            if "error" in answered:
                print(f"  error     {answered['error']}")
        process.stdin.close()
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

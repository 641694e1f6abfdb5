"""The command `shortcodes`, called in this process or run in one of its own."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from shortcodes.__main__ import main


def call(capfd: Any, *arguments: str) -> tuple[int, str, str]:
    """Call the command in this process; return its exit status, output and errors."""
    status = main(arguments)
    output, errors = capfd.readouterr()
    return status, output, errors


def run(*arguments: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
    """Run `python -m shortcodes`; return its exit status, output as bytes, and errors."""
    command = [sys.executable, "-m", "shortcodes", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()

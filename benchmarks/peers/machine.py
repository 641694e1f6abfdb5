"""What the figures were taken on: date, processor, and the versions of all that took part."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path


def described(versions: Mapping[str, str]) -> str:
    """Return a sentence on the machine, and one on the versions."""
    cores = os.cpu_count() or 1
    programs = {
        "Python": platform.python_version(),
        "PHP": _said("php", "-r", "echo PHP_VERSION, ' with PCRE2 ', PCRE_VERSION;"),
        "Node": _said("node", "--version").removeprefix("v"),
    }
    taken = (f"{name} {version}" for name, version in (programs | versions).items() if version)
    date, plural = f"{datetime.now(UTC):%Y-%m-%d}", "" if cores == 1 else "s"
    machine = f"{_processor()}, {cores} core{plural}, {platform.system()}"
    return f"{date}, {machine}.\n{', '.join(taken)}."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _said(program: str, *arguments: str) -> str:
    """Return what a program prints, nothing where there is none."""
    if shutil.which(program) is None:
        return ""
    done = subprocess.run((program, *arguments), check=False, capture_output=True, text=True)
    return done.stdout.strip()

"""What tests need beside Python: skipped with a sentence where it is missing, but never in CI."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="this needs a POSIX system")


def missing(what: str, *, module: bool = False) -> NoReturn:
    """Skip the test, or the module, with a sentence; where everything has to be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what, allow_module_level=module)


def needs(package: str, extra: str) -> None:
    """Skip the module where a Python package is missing."""
    if find_spec(package) is None:
        sentence = f"{package} is not installed: pip install 'shortcode-engine[{extra}]'"
        missing(sentence, module=True)


def npm_package(name: str) -> Path:
    """Return the folder of a package that `tests/npm/unpack.sh` unpacked."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(cache, "shortcode-engine", "npm", name.lstrip("@").replace("/", "-"))
    if not (folder / "package.json").is_file():
        missing(f"{name} is missing: run tests/npm/unpack.sh")
    return folder

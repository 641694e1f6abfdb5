"""What the tests of integrations need: their frameworks."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest


def needs(package: str, extra: str) -> None:
    """Skip the module where a framework is missing; under CI it must be there."""
    if find_spec(package) is None and not os.environ.get("CI"):
        pytest.skip(
            f"{package} is not installed: pip install 'shortcode-engine[{extra}]'",
            allow_module_level=True,
        )

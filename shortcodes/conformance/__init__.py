"""Answers to the requests of the conformance runner; both are JSON objects.

`grammar/conformance/README.md` describes them. `python -m shortcodes.conformance` answers requests
from standard input.
"""

from __future__ import annotations

from typing import Any

from shortcodes.conformance import lenient, wordpress


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a request; a request with an `op` is for the WordPress dialect."""
    return wordpress.answer(request) if "op" in request else lenient.answer(request)

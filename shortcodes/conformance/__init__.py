"""The engine as the conformance runner asks it: a request in, an answer out, both ready for JSON.

What they hold stands in `grammar/conformance/README.md`. `python -m shortcodes.conformance` answers
requests from standard input.
"""

from __future__ import annotations

from typing import Any

from shortcodes.conformance import lenient, wordpress


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a request; one with an `op` is for the WordPress dialect."""
    return wordpress.answer(request) if "op" in request else lenient.answer(request)

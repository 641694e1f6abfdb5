"""Answers conformance requests from standard input, a JSON object a line."""

from __future__ import annotations

import json
import sys

from shortcodes.conformance import answer
from shortcodes.files import plain_data


def main() -> None:
    """Answer every request; one that cannot be answered says why in `error`."""
    for line in sys.stdin.buffer:
        try:
            made = answer(plain_data.parse_json(line))
        except Exception as error:  # whatever is wrong with a request, the next one is answered
            made = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(made) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

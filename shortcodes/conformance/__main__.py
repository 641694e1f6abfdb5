"""Answers conformance requests from standard input, one JSON object per line."""

from __future__ import annotations

import json
import sys

from shortcodes.conformance import answer
from shortcodes.files import plain_data


def main() -> None:
    """Answer every request; if that fails, the answer has the reason as `error`."""
    for line in sys.stdin.buffer:
        try:
            result = answer(plain_data.parse_json(line))
        except Exception as error:  # the next request must still be answered
            result = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

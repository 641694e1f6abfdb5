"""Run as a module: says which patterns are compiled when all of the package is imported and used.

Each is a line of JSON: file, line, pattern, flags, whether it is of bytes.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import re
import sys
from typing import Any

from tests.repository import ROOT

LEXER = "the lexer of Lark"
"""Where the patterns come from that Lark makes of the grammar."""
PACKAGES = (
    "shortcodes",
    *(path.name for path in sorted((ROOT / "renderers").iterdir()) if path.is_dir()),
)
_compile = re._compile  # type: ignore[attr-defined]
_seen: dict[tuple[str, int, str, int, bool], None] = {}


def _recorded(pattern: str | bytes | re.Pattern[Any], flags: int) -> Any:
    if not isinstance(pattern, re.Pattern):
        frame = sys._getframe(2)
        file = os.path.relpath(frame.f_code.co_filename, ROOT)
        source = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        _seen[file, frame.f_lineno, source, int(flags), isinstance(pattern, bytes)] = None
    return _compile(pattern, flags)


def _import_all() -> None:
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def _main() -> None:
    re._compile = _recorded  # type: ignore[attr-defined]
    _import_all()
    from tests import pattern_uses

    pattern_uses.run()
    for file, line, source, *rest in _seen:
        of_lexer = file.endswith("lark/lexer.py") and "(?P<BARE_KEY>" in source
        if file.startswith(("shortcodes/", "renderers/")) or of_lexer:
            print(json.dumps((LEXER if of_lexer else file, line, source, *rest)))


if __name__ == "__main__":
    _main()

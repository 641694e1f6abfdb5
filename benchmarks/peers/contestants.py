"""Who takes part, how each is started, and which of its operations stands in which row."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "shortcode-engine")
WORDPRESS = CACHE / "wordpress" / "usr" / "share" / "wordpress"
NPM = CACHE / "peers" / "npm"
PYTHON = CACHE / "peers" / "python"

_RENDERS_ONLY = {"strip": "do", "parse": "do", "extract": "do", "do": "do"}
_STRIPS_TOO = _RENDERS_ONLY | {"strip": "strip"}


@dataclass(frozen=True)
class Contestant:
    """One column of the table."""

    name: str
    command: tuple[str, ...]
    operations: Mapping[str, str]
    """For each row the operation, as its worker calls it, that does that work."""
    needs: Path | None = None
    """What must be there, and is put there by `--install`."""
    package: str = ""
    """The package that it is a part of, where that is not its name."""

    def missing(self) -> str | None:
        """Return why it cannot be started, `None` where it can."""
        program = self.command[0]
        if self.needs and not self.needs.exists():
            return "it is not installed; run with --install"
        if shutil.which(program) is None:
            return f"there is no {program}"
        return None


def _worker(name: str) -> str:
    return str(HERE / "workers" / name)


REFERENCE = Contestant(
    "WordPress",
    ("php", "-d", "pcre.jit=1", _worker("wordpress.php"), str(WORDPRESS)),
    _STRIPS_TOO,
    WORDPRESS / "wp-includes" / "shortcodes.php",
)
LENIENT = Contestant(
    "ours, lenient",
    (sys.executable, _worker("engine.py"), "lenient"),
    {"strip": "strip", "parse": "parse", "extract": "extract"},
    package="shortcode-engine",
)
PORT = Contestant(
    "ours, wordpress",
    (sys.executable, _worker("engine.py"), "wordpress"),
    {"strip": "strip", "parse": "parse", "extract": "extract", "do": "do"},
    package="shortcode-engine",
)
OURS = (LENIENT, PORT)
IN_JAVASCRIPT = Contestant(
    "@wordpress/shortcode",
    ("node", _worker("npm.cjs"), str(NPM)),
    _RENDERS_ONLY,
    NPM / "node_modules" / "@wordpress" / "shortcode",
)
IN_PYTHON = (
    Contestant(
        "bbcode",
        (str(PYTHON / "bin" / "python"), "-E", _worker("bbcode_parser.py")),
        _STRIPS_TOO,
        PYTHON / "bin" / "python",
    ),
    Contestant(
        "shortcodes",
        (str(PYTHON / "bin" / "python"), "-E", _worker("dmulholl.py")),
        _RENDERS_ONLY,
        PYTHON / "bin" / "python",
    ),
)
ALL = (REFERENCE, *OURS, IN_JAVASCRIPT, *IN_PYTHON)
"""In the order of the columns."""

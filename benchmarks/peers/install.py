"""Sets the peers up in a cache folder outside the project, in the versions that are compared."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from peers.contestants import NPM, PYTHON, WORDPRESS

_UNPACK = Path(__file__).parents[2] / "tests" / "wordpress" / "unpack.sh"
_FROM_NPM = ("@wordpress/shortcode@4.56.0",)
_FROM_PYPI = ("bbcode==1.1.0", "shortcodes==5.4.0")


def install() -> None:
    """Install what is missing; what fails is told and left out."""
    NPM.mkdir(parents=True, exist_ok=True)
    npm = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(NPM))
    pip = (str(PYTHON / "bin" / "python"), "-m", "pip", "install", "--quiet")
    print(f"into {WORDPRESS.parents[3]}")
    _try("WordPress", ("bash", str(_UNPACK)))
    _try("the npm package", (*npm, *_FROM_NPM))
    _try(
        "the Python packages",
        (sys.executable, "-m", "venv", str(PYTHON)),
        (*pip, "--disable-pip-version-check", *_FROM_PYPI),
    )


def _try(what: str, *commands: tuple[str, ...]) -> None:
    for command in commands:
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
            print(f"{what}: {said[-1] if said else error}", file=sys.stderr)
            return
    print(f"{what}: installed")

"""Where the tests find this project."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
"""The folder of the checkout; of an unpacked copy without the source, for the built wheel."""

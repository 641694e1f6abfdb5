"""Whether a shortcode encloses text."""

from __future__ import annotations

from typing import Literal

Encloses = Literal["always", "never", "optional"]
"""Whether a shortcode encloses text, `[name]text[/name]`."""

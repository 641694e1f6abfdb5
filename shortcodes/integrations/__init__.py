"""Integrations with frameworks. Each module needs its framework, and is imported only by users."""

from __future__ import annotations

from shortcodes.errors import MissingExtra


def build_missing_extra(framework: str, extra: str) -> MissingExtra:
    """Return the exception for a framework that is not installed."""
    return MissingExtra(
        f"{framework} needs the extra {extra}: pip install 'shortcode-engine[{extra}]'"
    )

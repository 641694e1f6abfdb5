"""Shortcodes inside other frameworks; each module is imported by whoever uses its framework."""

from __future__ import annotations

from shortcodes.errors import MissingExtra


def build_missing_extra(framework: str, extra: str) -> MissingExtra:
    """Return the error to raise where a framework is not installed."""
    return MissingExtra(
        f"{framework} needs the extra {extra}: pip install 'shortcode-engine[{extra}]'"
    )

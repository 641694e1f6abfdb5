"""Profiles: which rules are of use to whom."""

from __future__ import annotations

from collections.abc import Mapping

_ABOUT_WORDPRESS = frozenset(
    {
        *("SC104", "SC105", "SC106", "SC201", "SC203", "SC204", "SC205", "SC302", "SC303"),
        *("SC901", "SC902", "SC903", "SC912", "SC913", "SC921", "SC943"),
    }
)
"""The codes of rules about what WordPress reads, where this engine reads what was meant."""

PROFILES: Mapping[str, frozenset[str]] = {
    "wordpress": frozenset(),
    "writer": _ABOUT_WORDPRESS,
    "strict": frozenset(),
}
"""The codes that are silent in each profile: for texts that WordPress renders, for those that this
engine renders, and for those in which every finding counts as an error."""

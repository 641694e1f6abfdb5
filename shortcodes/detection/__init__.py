"""Detection: which names are shortcodes if no list of tags says so."""

from shortcodes.detection.names import (
    OnEvidence,
    Tags,
    closes_shortcode,
    escapes_brackets,
    find_evidence,
    find_names,
    find_suspects,
    is_listed,
    may_be_alone,
    select_eligible,
)

__all__ = [
    "OnEvidence",
    "Tags",
    "closes_shortcode",
    "escapes_brackets",
    "find_evidence",
    "find_names",
    "find_suspects",
    "is_listed",
    "may_be_alone",
    "select_eligible",
]

"""A delimiter: one opening or closing tag as the scanner hands it to pairing."""

from __future__ import annotations

from typing import Literal, NamedTuple

First = Literal["", "named", "url", "value"]
"""What comes first after the name: an attribute with a name, a bare address, `=value` directly
after the name, or anything else."""


class Delimiter(NamedTuple):
    """One opening or closing delimiter; offsets in code points."""

    start: int
    end: int
    name: str
    closing: bool
    self_closing: bool
    first: First

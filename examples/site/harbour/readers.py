"""Those who may sign in. A site of yours has them in a database."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reader:
    """Somebody who reads the site."""

    name: str
    is_member: bool


READERS = {
    "ada": Reader("Ada", is_member=True),
    "ben": Reader("Ben", is_member=False),
}

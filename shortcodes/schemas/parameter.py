"""Parameters: one attribute of a schema each."""

from __future__ import annotations

from dataclasses import dataclass
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic_core import PydanticUndefined


@dataclass(frozen=True, slots=True)
class Parameter:
    """One attribute of a schema."""

    name: str
    """As it stands in the shortcode."""
    keyword: str
    """As the handler gets it."""
    annotation: Any
    default: Any = PydanticUndefined
    """What is used where it is missing or wrong; without one it is required."""
    description: str = ""
    positional: bool = False
    """Whether a value without a name may stand for it."""

    @property
    def required(self) -> bool:
        """Whether the shortcode cannot be rendered without it."""
        return self.default is PydanticUndefined

    @property
    def is_flag(self) -> bool:
        """Whether its bare name means true."""
        bare = self.annotation
        bare = get_args(bare)[0] if get_origin(bare) is Annotated else bare
        return bare is bool or set(get_args(bare)) == {bool, NoneType}

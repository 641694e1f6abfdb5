"""Parameters: the attributes of a schema."""

from __future__ import annotations

from dataclasses import dataclass
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic_core import PydanticUndefined


@dataclass(frozen=True, slots=True)
class Parameter:
    """One attribute of a schema."""

    name: str
    """The name in the shortcode."""
    keyword: str
    """The name of the argument that a handler gets."""
    annotation: Any
    default: Any = PydanticUndefined
    """The value if the attribute is missing or wrong. Without a default it is required."""
    description: str = ""
    positional: bool = False
    """Whether a value without a name can be used for it."""

    @property
    def required(self) -> bool:
        """Whether the shortcode cannot be rendered without the attribute."""
        return self.default is PydanticUndefined

    @property
    def is_flag(self) -> bool:
        """Whether the bare name of the attribute means true."""
        bare = self.annotation
        bare = get_args(bare)[0] if get_origin(bare) is Annotated else bare
        return bare is bool or set(get_args(bare)) == {bool, NoneType}

    @property
    def is_text(self) -> bool:
        """Whether it takes any text."""
        return self.annotation is str or set(get_args(self.annotation)) == {str, NoneType}

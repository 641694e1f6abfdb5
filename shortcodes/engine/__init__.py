"""The engine: handlers for shortcodes, and the rules by which they render."""

from shortcodes.call import Call
from shortcodes.engine.engine import Engine, default_engine
from shortcodes.engine.entries import Batch
from shortcodes.engine.policy import Policy
from shortcodes.schemas.coercion import Url
from shortcodes.schemas.data_parameters import Data, Name
from shortcodes.schemas.parameter import Parameter
from shortcodes.schemas.problems import BadValueError
from shortcodes.schemas.schema import Schema, UnfitError

__all__ = [
    "BadValueError",
    "Batch",
    "Call",
    "Data",
    "Engine",
    "Name",
    "Parameter",
    "Policy",
    "Schema",
    "UnfitError",
    "Url",
    "default_engine",
]

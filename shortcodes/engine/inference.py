"""`infer`, which is defined in `shortcodes.schemas.inference`, under its documented name."""

from shortcodes.schemas.inference import infer

__all__ = ["infer"]

"""`infer` under its first address; it stands in `shortcodes.schemas.inference`."""

from shortcodes.schemas.inference import infer

__all__ = ["infer"]

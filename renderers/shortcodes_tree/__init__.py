"""Documents as text: in forms that can be read back (`json`, `yaml`, `xml`), and as other texts
(`source`, `plain`, `markdown`).
"""

from typing import TYPE_CHECKING

from shortcodes.common.lazy import lazy_attributes
from shortcodes_tree.library import CODES, COMMANDS, GROUPS

if TYPE_CHECKING:
    from shortcodes_tree.canonical_source import SourceRenderer, canonical
    from shortcodes_tree.forms import (
        FORMS,
        dumps,
        json_renderer,
        loads,
        recorded,
        xml_renderer,
        yaml_renderer,
    )
    from shortcodes_tree.markdown import MarkdownRenderer
    from shortcodes_tree.plain import PlainRenderer

__all__ = [
    "CODES",
    "COMMANDS",
    "FORMS",
    "GROUPS",
    "MarkdownRenderer",
    "PlainRenderer",
    "SourceRenderer",
    "canonical",
    "dumps",
    "json_renderer",
    "loads",
    "recorded",
    "xml_renderer",
    "yaml_renderer",
]

_MODULES = {
    "FORMS": "forms",
    "MarkdownRenderer": "markdown",
    "PlainRenderer": "plain",
    "SourceRenderer": "canonical_source",
    "canonical": "canonical_source",
    "dumps": "forms",
    "json_renderer": "forms",
    "loads": "forms",
    "recorded": "forms",
    "xml_renderer": "forms",
    "yaml_renderer": "forms",
}
"""The modules of the names that the linter need not import."""

__getattr__ = lazy_attributes(__name__, _MODULES)


def __dir__() -> list[str]:
    """Return the public names, imported or not."""
    return __all__

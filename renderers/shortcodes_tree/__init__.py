"""Trees as text: in forms that are read back (`json`, `yaml`, `xml`), and as texts of other kinds
(`source`, `plain`, `markdown`).
"""

from __future__ import annotations

from shortcodes_tree.canonical import SourceRenderer, canonical
from shortcodes_tree.codes import CODES, GROUPS
from shortcodes_tree.forms import FORMS, FormRenderer, dumps, loads, recorded
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

json_renderer, yaml_renderer, xml_renderer = map(FormRenderer, ("json", "yaml", "xml"))

COMMANDS = {"convert": "shortcodes_tree.command:convert"}

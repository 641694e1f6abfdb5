"""What the package declares to the linter and the command: see `shortcodes.plugins.Library`."""

from __future__ import annotations

from typing import Final

GROUPS: Final = {"SC8": "other forms of the tree"}

CODES: Final = {"SC801": "shortcodes_tree.codes:OtherInMarkdown"}

COMMANDS: Final = {"convert": "shortcodes_tree.command:convert"}

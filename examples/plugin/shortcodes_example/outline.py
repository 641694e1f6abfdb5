"""The renderer `outline`: the names of the shortcodes, indented by depth."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes import Context, Document


class OutlineRenderer:
    """Prints a name a line, two blanks in front for every shortcode around it."""

    name = "outline"
    output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the lines; the list of shortcodes is flat, so depth is counted, not descended."""
        return "".join(f"{'  ' * depth}{name}\n" for depth, name in _levels(document))


def _levels(document: Document) -> Iterator[tuple[int, str]]:
    ends: list[int] = []
    for shortcode in document.shortcodes():
        start, end = shortcode.span
        while ends and ends[-1] <= start:
            ends.pop()
        yield len(ends), shortcode.name
        ends.append(end)

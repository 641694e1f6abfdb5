"""The renderer `outline`, which prints the names of shortcodes, indented by depth."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes import Context, Document


class OutlineRenderer:
    """Prints one name per line, indented by two spaces for each enclosing shortcode."""

    name = "outline"
    output = "text"

    def render(self, document: Document, context: Context) -> str:
        """Return the lines."""
        return "".join(f"{'  ' * depth}{name}\n" for depth, name in _list_depths(document))


def _list_depths(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the depth and the name of each shortcode."""
    ends: list[int] = []
    for shortcode in document.shortcodes():
        start, end = shortcode.span
        while ends and ends[-1] <= start:
            ends.pop()
        yield len(ends), shortcode.name
        ends.append(end)

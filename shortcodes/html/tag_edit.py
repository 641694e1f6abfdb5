"""Edits in one HTML tag: it keeps its attributes, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from shortcodes.html.tags import attributes
from shortcodes.html.values import is_harmless, may_reveal


@dataclass(frozen=True, slots=True)
class TagEdit:
    """A tag before and after an edit.

    Attributes:
        before: The tag before the edit.
        after: The tag after it.
        vouched: The tag with only the output in place for which somebody vouches. An address may
            have the scheme that it has there.
        filled: The tag with all output in place and nothing removed. An address may have the server
            that it has there.
        removed: The source of what is removed or replaced. In CSS and in `srcset`, a quote or a
            parenthesis in it may have hidden an address after it.
    """

    before: str
    after: str
    vouched: str
    filled: str
    removed: str

    def keeps_meaning(self) -> bool:
        """Return whether the tag keeps its attributes, and their meaning.

        No edited attribute may be one that runs, and all addresses must keep their scheme and
        server.
        """
        tags = (self.before, self.after, self.vouched, self.filled)
        values = [list_values(tag) for tag in tags]
        old_names, *other_names = ([name for name, _ in pairs] for pairs in values)
        return all(names == old_names for names in other_names) and all(
            self._keeps_value(name, *(pair[1] for pair in pairs))
            for name, *pairs in zip(old_names, *values, strict=True)
        )

    def _keeps_value(
        self, name: str, old: str, new: str, with_scheme: str, with_server: str
    ) -> bool:
        return old == new or (
            is_harmless(name, old, new, with_scheme, with_server)
            and not may_reveal(name, self.removed, new)
        )


def list_values(tag: str, *, exact: bool = False) -> list[tuple[str, str]]:
    """Return the name and the value of each attribute of a tag, as they are written."""
    spans = attributes(tag, 0, len(tag), exact=exact)
    return [(name, tag[slice(*span)]) for name, span in spans]

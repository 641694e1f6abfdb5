"""CSS in `style` attributes, for places that drop `<style>`: feeds, mail, other people's pages."""

from __future__ import annotations

from collections.abc import Sequence

from shortcodes.errors import MissingExtra


def inlined(markup: str, stylesheets: Sequence[str]) -> str:
    """Return markup whose elements carry the CSS that is theirs.

    What is no declaration of an element, such as `@media`, cannot be carried and goes. Raises
    `MissingExtra` without the package css-inline.
    """
    try:
        from css_inline import inline_fragment
    except ImportError as error:
        raise MissingExtra(
            "styles in attributes need css-inline: pip install 'shortcode-engine[inline]'"
        ) from error
    return inline_fragment(markup, "\n".join(stylesheets))

"""CSS in `style` attributes, for places that drop `<style>`: feeds, mail, other people's pages."""

from __future__ import annotations

from collections.abc import Sequence

from shortcodes.errors import MissingExtra
from shortcodes_html.sanitising import encodable


def inlined(markup: str, stylesheets: Sequence[str]) -> str:
    """Return markup whose elements carry the CSS that is theirs.

    What is no declaration of an element, such as `@media`, cannot be carried and goes. What the
    markup links to is never fetched, neither from the network nor from disk, and the links stay.
    Raises `MissingExtra` without the package css-inline, and whatever css-inline raises.
    """
    try:
        from css_inline import CSSInliner
    except ImportError as error:
        raise MissingExtra(
            "styles in attributes need css-inline: pip install 'shortcode-engine[inline]'"
        ) from error
    inliner = CSSInliner(load_remote_stylesheets=False, keep_link_tags=True)
    return inliner.inline_fragment(encodable(markup), encodable("\n".join(stylesheets)))

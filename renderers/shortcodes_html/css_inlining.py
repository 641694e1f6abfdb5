"""CSS in `style` attributes, for places that drop `<style>`: feeds, mail, other people's pages."""

from __future__ import annotations

from collections.abc import Sequence

from shortcodes.errors import MissingExtra
from shortcodes_html.sanitising import replace_surrogates


def inline_css(markup: str, stylesheets: Sequence[str]) -> str:
    """Return markup with the CSS that applies to each element in its `style` attribute.

    Rules that do not apply to an element, such as `@media`, are dropped. Links in the markup stay,
    but are never fetched, neither from the network nor from disk.

    Raises `MissingExtra` if css-inline is not installed, and whatever css-inline raises.
    """
    try:
        from css_inline import CSSInliner
    except ImportError as error:
        raise MissingExtra(
            "styles in attributes need css-inline: pip install 'shortcode-engine[inline]'"
        ) from error
    inliner = CSSInliner(load_remote_stylesheets=False, keep_link_tags=True)
    css = replace_surrogates("\n".join(stylesheets))
    return inliner.inline_fragment(replace_surrogates(markup), css)

"""Draws the pictures of the documentation into docs/images.

    python scripts/pictures.py [NAME…]

It needs Chromium, and fonts for Arabic and for flags. It uses no network.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from shortcodes import Engine

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "images"
ARTICLE = (ROOT / "examples" / "article-ar.txt").read_text(encoding="utf-8")

_ALL = 'confirmed-24h="true" deaths-24h="true" deaths-rate="true"'
_REGIONS = ("EG", "AE", "PS", "world")
_CARDS = "".join(f'[covid19-ultimate-card region="{region}" {_ALL}]' for region in _REGIONS)
_COLUMNS = "<style>body { max-width: none; padding: 1.5rem }</style>"


@dataclass(frozen=True)
class Picture:
    """A text to render, and how the page is shown."""

    text: str
    format: str = "html"
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    width: int = 1200
    height: int = 0
    """The height that is shown, in CSS pixels; 0 for the whole page."""
    start: str = "body"
    """A CSS selector of the element at the top of the picture."""
    dark: bool = False


PICTURES = {
    "article-ar": Picture(
        ARTICLE, "text", width=760, height=820, start="p:has(+ style), p:nth-last-of-type(2)"
    ),
    "cards": Picture(f'{_COLUMNS}<div class="cov19u-cards">{_CARDS}</div>'),
    "narrow": Picture(_CARDS[: _CARDS.index("]") + 1], width=320, dark=True),
    "badges": Picture(
        _CARDS.replace("][", "] ["), settings={"shape": "badge"}, width=640, options={"lang": "ar"}
    ),
}
"""The pictures by name."""


def main() -> None:
    """Draw the pictures named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*PICTURES, []])
    names = parser.parse_args().names or list(PICTURES)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--font-render-hinting=none"]
        )
        for name in names:
            _draw(browser, PICTURES[name], FOLDER / f"{name}.png")
        browser.close()


def _draw(browser: Browser, picture: Picture, file: Path) -> None:
    import shortcodes_covid19

    engine = Engine(installed=True)
    shortcodes_covid19.register(engine, **picture.settings, replace=True)
    html = engine.render(
        picture.text,
        format=picture.format,  # type: ignore[arg-type]
        options={"page": True, **picture.options},
    )
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height or 200},
        device_scale_factor=1.25,
        color_scheme="dark" if picture.dark else "light",
    )
    page.set_content(html)
    page.locator(picture.start).first.evaluate("e => e.scrollIntoView()")
    page.screenshot(path=file, full_page=not picture.height)
    page.close()


if __name__ == "__main__":
    main()

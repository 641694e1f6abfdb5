"""Draws a page in headless Chromium and saves it as a PNG.

python scripts/picture.py PAGE PICTURE [--width PIXELS] [--scale FACTOR] [--dark] [--top PIXELS]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright


def main() -> None:
    """Save the picture; nothing is requested but the page itself."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("page", type=Path)
    arguments.add_argument("picture", type=Path)
    arguments.add_argument("--width", type=int, default=1200)
    arguments.add_argument("--scale", type=float, default=1)
    arguments.add_argument("--dark", action="store_true")
    arguments.add_argument("--height", type=int, help="of the part to show; all by default")
    arguments.add_argument("--from", dest="start", help="CSS selector of what stands at its top")
    options = arguments.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--font-render-hinting=none"]
        )
        page = browser.new_page(
            viewport={"width": options.width, "height": options.height or 800},
            device_scale_factor=options.scale,
            color_scheme="dark" if options.dark else "light",
        )
        page.goto(options.page.resolve().as_uri())
        if options.start:
            page.locator(options.start).first.evaluate("e => e.scrollIntoView()")
        page.screenshot(path=options.picture, full_page=options.height is None)
        browser.close()


if __name__ == "__main__":
    main()

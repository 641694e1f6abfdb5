"""Checks that the page made of examples/article-ar.txt holds its four cards and no markup.

python scripts/check_article.py PAGE
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HEADINGS = ["مصر", "الإمارات العربية المتحدة", "فلسطين", "العالم"]


def main() -> None:
    """Exit with a sentence where the page is not as it should be."""
    page = Path(sys.argv[1]).read_text(encoding="utf-8")
    cards = re.findall(r'<article class="cov19u-card".*?</article>', page, re.DOTALL)
    if len(cards) != len(HEADINGS):
        sys.exit(f"expected {len(HEADINGS)} cards, found {len(cards)}")
    for card, heading in zip(cards, HEADINGS, strict=True):
        title = re.search(r"<h3.*?</h3>", card, re.DOTALL)
        if title is None or heading not in title.group():
            sys.exit(f"no card is headed {heading}")
    if "covid19-ultimate-card" in page:
        sys.exit("there is a shortcode left in the page")
    print(f"{len(cards)} cards, headed {', '.join(HEADINGS)}; no markup left over")


if __name__ == "__main__":
    main()

"""A plug-in: gives Pelican the shortcodes of the site, and reports what is wrong with them."""

import logging
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.readers import MarkdownReader, Readers

from shortcodes import Diagnostic
from shortcodes.integrations.markdown import ShortcodesExtension

from .handlers import engine

log = logging.getLogger("pelican.shortcodes")
logging.getLogger("shortcodes").disabled = True  # `Reader` reports the same, with the file
problems: list[Diagnostic] = []
stylesheets: dict[str, str] = {}


class Reader(MarkdownReader):
    """Reads Markdown with shortcodes, and reports the problems of each text."""

    def __init__(self, settings: dict[str, Any]) -> None:
        options = settings["MARKDOWN"]
        extension = ShortcodesExtension(
            engine=engine, styles="none", diagnostics=problems, stylesheets=stylesheets
        )
        extensions = [*options.get("extensions", []), extension]
        super().__init__({**settings, "MARKDOWN": {**options, "extensions": extensions}})

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML and the metadata of a text."""
        problems.clear()
        result = super().read(source_path)
        for problem in problems:
            log.warning("%s: %s %s", source_path, problem.code, problem.message)
        return result


def use_reader(readers: Readers) -> None:
    """Let Pelican read Markdown with shortcodes."""
    readers.reader_classes["md"] = Reader


def write_styles(pelican: Pelican) -> None:
    """Write the CSS of all texts into one file, to which the theme links."""
    css = "\n".join(stylesheets.values())
    Path(pelican.output_path, "shortcodes.css").write_text(css, encoding="utf-8")


def register() -> None:
    """Connect the above to Pelican's signals."""
    signals.readers_init.connect(use_reader)
    signals.finalized.connect(write_styles)

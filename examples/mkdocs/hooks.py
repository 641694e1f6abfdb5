"""Gives MkDocs the shortcodes of the site, and reports what is wrong with them."""

import logging
from typing import Any

from handlers import engine
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from shortcodes.integrations.markdown import ShortcodesExtension

log = logging.getLogger("mkdocs.shortcodes")
extension = ShortcodesExtension(engine=engine)


def on_config(config: MkDocsConfig) -> None:
    """Add the extension to those of the configuration."""
    config.markdown_extensions.append(extension)


def on_page_markdown(markdown: str, *, page: Page, files: Files, **rest: Any) -> None:
    """Tell handlers which page they render for."""
    extension.setConfig("data", {"page": page, "files": files})


def on_page_content(html: str, *, page: Page, **rest: Any) -> None:
    """Report the problems of the page."""
    for problem in extension.diagnostics:
        log.warning("%s: %s %s", page.file.src_uri, problem.code, problem.message)

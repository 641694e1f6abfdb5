"""Blocks for texts with shortcodes. Editors cannot save a text whose shortcodes have mistakes."""

from django.core.exceptions import ValidationError
from wagtail.blocks import RichTextBlock, TextBlock
from wagtail.rich_text import RichText

import shortcodes
from ferries.handlers import engine


def check_shortcodes(text: str, *, markdown: bool = False) -> None:
    """Raise a `ValidationError` for what is wrong with the shortcodes of a text."""
    problems = shortcodes.lint(text, engine=engine, markdown=markdown, profile="writer")
    if problems:
        raise ValidationError([problem.message for problem in problems])


class MarkdownBlock(TextBlock):
    """Markdown with shortcodes."""

    class Meta:
        icon = "code"
        template = "ferries/markdown_block.html"

    def clean(self, value: str) -> str:
        """Return the text, if it can be saved."""
        check_shortcodes(value, markdown=True)
        return super().clean(value)

    def get_searchable_content(self, value: str) -> list[str]:
        """Return what a search should find, without the tags of shortcodes."""
        return super().get_searchable_content(shortcodes.strip(value, markdown=True))


class RichBlock(RichTextBlock):
    """Rich text with shortcodes."""

    class Meta:
        template = "ferries/rich_block.html"

    def clean(self, value: RichText) -> RichText:
        """Return the text, if it can be saved."""
        check_shortcodes(value.source)
        return super().clean(value)

    def get_searchable_content(self, value: RichText) -> list[str]:
        """Return what a search should find, without the tags of shortcodes."""
        return super().get_searchable_content(RichText(shortcodes.strip(value.source)))

"""The page of a code, for the documentation and for `shortcodes lint --explain`."""

from __future__ import annotations

from shortcodes.linting.code import Code
from shortcodes.linting.codes import find_group
from shortcodes.linting.table import RULES


def format_page(code: Code) -> str:
    """Return the page of a code as Markdown."""
    facts = f"{find_group(code.code)} · {code.severity} · `{code.name}`"
    if code.code not in RULES:
        facts += " · at run time only"
    _, _, body = code.page.partition("\n\n")
    return f"# {code.code}: {code.summary.rstrip('.')}\n\n{facts}\n\n{body}\n"

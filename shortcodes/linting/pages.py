"""The page of a code, for the documentation and for `shortcodes lint --explain`."""

from __future__ import annotations

from shortcodes.linting.code import Code
from shortcodes.linting.codes import group_of
from shortcodes.linting.table import RULES


def page(code: Code) -> str:
    """Return the page of a code, as Markdown."""
    facts = f"{group_of(code.code)} · {code.severity} · `{code.name}`"
    if code.code not in RULES:
        facts += " · at run time only"
    _, _, body = code.page.partition("\n\n")
    return f"# {code.code}: {code.summary.rstrip('.')}\n\n{facts}\n\n{body}\n"

"""The settings that hold for a call of `lint`, for people to read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from shortcodes.cli.checking.check import Checker
from shortcodes.common.log_text import escape_line
from shortcodes.config.lint import PerPath


def format_settings(checker: Checker) -> str:
    """Return a line for each setting, and one for each tag whose handler replaced another."""
    settings = _list_settings(checker)
    return "".join(escape_line(f"{name}: {value}") + "\n" for name, value in settings)


def _list_settings(checker: Checker) -> Iterator[tuple[str, str]]:
    configuration = checker.configuration
    options: Mapping[str, Any] = checker.build_options("text", ())
    yield "configuration", str(configuration.path or "none was found")
    yield "dialect", str(options["dialect"])
    yield "tags", _join(options["tags"], "those that the text shows to be shortcodes")
    yield "profile", str(options["profile"])
    yield "select", _join(options["select"], "all rules")
    yield "ignore", _join(sorted(options["ignore"]) or None, "no rule")
    yield from (
        (f"for {', '.join(table.paths)}", _describe_table(table))
        for table in configuration.lint.per_path
    )
    for name in ("templates", "schemas", "engine"):
        yield name, str(getattr(configuration, name) or "none")
    for tag, override in sorted(checker.engine.overrides.items()):
        yield f"[{tag}]", f"rendered by {override}"


def _describe_table(table: PerPath) -> str:
    """Return the settings for some paths that differ from the others."""
    names = ("select", "ignore", "dialect", "tags", "format", "profile")
    given = [(name, getattr(table, name)) for name in names if getattr(table, name)]
    return "; ".join(f"{name} {_join(value, '')}" for name, value in given) or "the same"


def _join(value: str | Collection[str] | None, missing: str) -> str:
    """Return a value or several with commas between them, or what stands for none."""
    if value is None:
        return missing
    return value if isinstance(value, str) else ", ".join(value)

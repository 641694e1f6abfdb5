"""Names that the documentation gives away stay where they are."""

from __future__ import annotations

import importlib

import pytest

import shortcodes

NAMES = {
    "shortcodes": shortcodes.__all__,
    "shortcodes.api": ("LintOptions",),
    "shortcodes.catalogue": ("Plugin", "plugins_of"),
    "shortcodes.config": ("ConfigError", "Configuration", "find", "read"),
    "shortcodes.config.file": ("ConfigError", "Configuration", "find", "read"),
    "shortcodes.diagnostics": ("Diagnostic", "Edit", "Fix"),
    "shortcodes.engine": (
        "BadValueError",
        "Batch",
        "Call",
        "Engine",
        "Name",
        "Parameter",
        "Policy",
        "Schema",
        "UnfitError",
        "Url",
        "default_engine",
    ),
    "shortcodes.engine.inference": ("infer",),
    "shortcodes.schemas.inference": ("infer",),
    "shortcodes.integrations.django": (),
    "shortcodes.integrations.jinja": ("ShortcodesExtension", "install"),
    "shortcodes.integrations.markdown": ("ShortcodesExtension", "makeExtension"),
    "shortcodes.integrations.markdown_it": ("shortcodes_plugin",),
    "shortcodes.linting.rule": ("Rule", "Subject"),
    "shortcodes.nodes": (
        "Attribute",
        "Document",
        "Escape",
        "Evidence",
        "Loose",
        "Position",
        "Shortcode",
        "Text",
    ),
    "shortcodes.plugins": ("Context", "Handler", "Library", "Option", "Renderer"),
    "shortcodes.testing": ("RenderedShortcode", "render_one", "render_shortcode"),
    "shortcodes.wordpress": (
        "do_shortcode",
        "get_shortcode_tags_in_content",
        "has_shortcode",
        "shortcode_atts",
        "shortcode_parse_atts",
        "strip_shortcodes",
    ),
    "shortcodes_covid19": (
        "CardHandler",
        "Figures",
        "Origin",
        "SHAPES",
        "Settings",
        "Source",
        "SourceError",
        "ask",
        "freshness",
        "register",
        "resolve_region",
        "sources",
    ),
    "shortcodes_tree": ("dumps", "loads"),
    "shortcodes_wordpress": ("register", "stylesheet", "to_markdown"),
}
"""Public names by module: those of the reference page, and what the guides import."""

MEMBERS = """
shortcodes.Document: children delimiter_spans diagnostics dialect items line_starts loose
  position read_again shortcodes source split_by_html split_items values
shortcodes.Shortcode: attribute_nodes attributes children close_span content document get
  kind name open_span positional source span values
shortcodes.Attribute: name name_span quotes raw span value value_span
shortcodes.Text: source span
shortcodes.Escape: inner_span name source span text
shortcodes.Position: column line
shortcodes.Diagnostic: code exception fix hint message severity span traceback
shortcodes.Engine: add_library add_templates arender copy declare default entry listeners names
  on overrides parse register render schemas shortcode
shortcodes.Call: ancestors arender_children attributes content encloses name of positional
  render_children report shortcode span values
shortcodes.Handler: handle tags
shortcodes.Renderer: name output render
shortcodes.Context: content diagnostics format options report report_split stylesheets
  unique_id
shortcodes.api.LintOptions: dialect engine format ignore markdown schemas select skip_code
  tags undo_typography
shortcodes.nodes.Loose: crossing stray unterminated
shortcodes.diagnostics.Fix: edits message safe
shortcodes.diagnostics.Edit: span text
shortcodes.engine.Policy: html max_depth max_output on_error order timeout
shortcodes.engine.Schema: check check_many fit json_schema near parameter read
shortcodes.engine.Parameter: annotation default description is_flag keyword name
  positional required
shortcodes.engine.Batch: render_many
shortcodes.testing.RenderedShortcode: calls diagnostics markup stylesheets
shortcodes.catalogue.Plugin: name origin
shortcodes.config.Configuration: build dialect engine engine_from libraries lint over path
  schemas tags templates using
shortcodes_covid19.Source: fetch origin
shortcodes_covid19.Figures: active as_of confirmed days deaths deaths_rate fetched_at
  licence new_confirmed new_deaths notes origin recovered region source url
shortcodes_covid19.Origin: cadence ended key licence licence_url name url
shortcodes_covid19.Settings: base_urls cache deadline expires limit local progress refresh
  timeout
shortcodes.linting.rule.Rule: candidates check code comes_last fixes found headings name
  page severity summary yields_to
shortcodes.linting.rule.Subject: attributes by_wordpress differences doubts html_tags
  loose lowered meant meant_at mend mends misfits names read_at registered shortcodes
  starts_in_code suppressions suspects undoubted
shortcodes.plugins.Library: codes commands groups is_built_in name options package
  register rules settings tags
shortcodes.plugins.Option: choices count help index kind metavar name
"""
"""Public members by class, those that have no default included."""


def members() -> list[tuple[str, str, list[str]]]:
    """Return module, class and members of each entry."""
    entries = MEMBERS.strip().replace("\n  ", " ").splitlines()
    split = [entry.partition(": ") for entry in entries]
    return [(*owner.rsplit(".", 1), names.split()) for owner, _, names in split]  # type: ignore[misc]


@pytest.mark.parametrize("module", sorted(NAMES))
def test_public_names_stay(module: str) -> None:
    loaded = importlib.import_module(module)
    assert [name for name in NAMES[module] if not hasattr(loaded, name)] == []


@pytest.mark.parametrize(("module", "name", "expected"), members())
def test_public_members_stay(module: str, name: str, expected: list[str]) -> None:
    owner = getattr(importlib.import_module(module), name)
    present: set[str] = set()
    for base in owner.__mro__:
        present |= {*vars(base), *vars(base).get("__annotations__", ())}
    assert [member for member in expected if member not in present] == []

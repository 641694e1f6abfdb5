"""`shortcodes schema`: prints or proposes schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from shortcodes.catalogue import plugins_of
from shortcodes.cli.commands.infer import infer
from shortcodes.cli.config_options import takes_config
from shortcodes.common.log_text import dump_json, escape_lines, escape_log_commands
from shortcodes.common.suggestions import list_names, suggest

if TYPE_CHECKING:
    from shortcodes.engine import Engine, Schema
    from shortcodes.engine.owners import Override

_EPILOG = """\b
Examples:
  shortcodes schema export button
  shortcodes schema infer posts/*.html -o schemas.toml"""

_EXPORT_EPILOG = """\b
Examples:
  shortcodes schema export
  shortcodes schema export button --format json-schema"""


@click.group(
    invoke_without_command=True,
    short_help="Print or propose schemas, which declare attributes.",
    epilog=_EPILOG,
)
@click.pass_context
def schema(context: click.Context) -> None:
    """Print the schemas of shortcodes, or propose schemas for the shortcodes in files."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


schema.add_command(infer)


@schema.command(short_help="Print the schemas of shortcodes.", epilog=_EXPORT_EPILOG)
@click.argument("names", metavar="[NAME...]", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json-schema"]),
    default="markdown",
    show_default=True,
    help="A page to read, or an object of JSON Schemas by tag name.",
)
@takes_config
def export(names: tuple[str, ...], form: str, engine: Engine) -> None:
    """Print the schemas of the shortcodes with the tag names NAMEs, or of all that have one.

    Shortcodes whose handler replaced another one, as a template of the site does with a built-in
    handler, are printed with both.
    """
    from shortcodes.engine import Schema  # slow to import

    overrides = engine.overrides
    schemas = {name: Schema(name, (), open_ended=True) for name in overrides} | engine.schemas
    for name in names:
        if name not in schemas:
            raise click.ClickException(_describe_unknown(name, schemas))
    chosen = {name: schemas[name] for name in sorted(names or schemas)}
    if form == "json-schema":
        json_schemas = {name: schema.json_schema() for name, schema in chosen.items()}
        for name in overrides.keys() & chosen.keys():
            json_schemas[name]["$comment"] = f"rendered by {overrides[name]}"
        click.echo(dump_json(json_schemas, indent=2))
    else:
        pages = "\n".join(
            _format_page(name, schema, overrides.get(name)) for name, schema in chosen.items()
        )
        click.echo(escape_log_commands(escape_lines(pages)), nl=False)


def _describe_unknown(name: str, schemas: Mapping[str, Schema]) -> str:
    """Return the message for a name without a schema, with a similar name or its plug-in."""
    if hint := suggest(name, sorted(schemas)):
        return f"{name!r} has no schema; {hint}"
    plugins = " and of ".join(plugin.name for plugin in plugins_of(name))
    origin = f", a name of {plugins}," if plugins else ""
    return f"{name!r}{origin} has no schema; known: {list_names(sorted(schemas)) or 'none'}"


_ENCLOSES = {
    "always": "It encloses text: `[{name}]text[/{name}]`.",
    "never": "It encloses no text, and has no closing tag.",
    "optional": "It may enclose text: `[{name}]text[/{name}]`.",
}


def _format_page(name: str, schema: Schema, override: Override | None) -> str:
    """Return the heading, description and attributes of a schema in Markdown."""
    json_schema = schema.json_schema()
    lines = [f"## [{name}]", ""]
    if override:
        lines += [f"Rendered by {override}.", ""]
    if schema.description:
        lines += [schema.description, ""]
    if schema.encloses:
        lines += [_ENCLOSES[schema.encloses].format(name=name), ""]
    properties: dict[str, Any] = json_schema.get("properties", {})
    if properties:
        lines += ["| attribute | type | default | |", "|---|---|---|---|"]
        required = json_schema.get("required", [])
        for attribute, table in properties.items():
            default = "required" if attribute in required else _format_default(table.get("default"))
            kind = _format_cell(_describe_type(table))
            description = _format_cell(table.get("description", ""))
            lines.append(f"| `{attribute}` | {kind} | {default} | {description} |")
        lines.append("")
    if json_schema["additionalProperties"]:
        lines += ["Other attributes are accepted as text.", ""]
    return "\n".join(lines)


def _describe_type(table: dict[str, Any]) -> str:
    if "enum" in table:
        return ", ".join(str(choice) for choice in table["enum"])
    if "anyOf" in table:
        return " or ".join(
            _describe_type(choice) for choice in table["anyOf"] if choice.get("type") != "null"
        )
    if table.get("type") == "array":
        return f"{_describe_type(table.get('items', {}))}, …"
    if table.get("format") in ("uri", "uri-reference"):
        return "url"
    return str(table.get("format") or table.get("const") or table.get("type", "text"))


def _format_default(default: object) -> str:
    if default in (None, "", []):
        return ""
    return f"`{_format_cell(str(default).lower() if isinstance(default, bool) else default)}`"


def _format_cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")

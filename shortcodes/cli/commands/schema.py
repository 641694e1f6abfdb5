"""`shortcodes schema`: which attributes shortcodes take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from shortcodes.catalogue import plugins_of
from shortcodes.cli.commands.infer import infer
from shortcodes.cli.config_options import takes_config
from shortcodes.cli.io.printing import escape_log_commands, dump_json, escape_lines
from shortcodes.suggestions import suggest

if TYPE_CHECKING:
    from shortcodes.engine import Engine, Schema

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
    short_help="Print or propose what attributes shortcodes take.",
    epilog=_EPILOG,
)
@click.pass_context
def schema(context: click.Context) -> None:
    """Print the schemas of shortcodes, or propose some for what is in files."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


schema.add_command(infer)


@schema.command(short_help="Print the attributes that shortcodes take.", epilog=_EXPORT_EPILOG)
@click.argument("names", metavar="[NAME...]", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json-schema"]),
    default="markdown",
    show_default=True,
    help="A page to read, or JSON Schema: an object of schemas by name.",
)
@takes_config
def export(names: tuple[str, ...], form: str, engine: Engine) -> None:
    """Print the schemas of the shortcodes NAMEs, or of all that have one."""
    schemas = engine.schemas
    for name in names:
        if name not in schemas:
            raise click.ClickException(_unknown(name, schemas))
    chosen = {name: schemas[name] for name in sorted(names or schemas)}
    if form == "json-schema":
        shown = {name: one.json_schema() for name, one in chosen.items()}
        click.echo(dump_json(shown, indent=2))
    else:
        pages = "\n".join(_page(name, one) for name, one in chosen.items())
        click.echo(escape_log_commands(escape_lines(pages)), nl=False)


def _unknown(name: str, schemas: Mapping[str, Schema]) -> str:
    """Return that a name has no schema, what it was meant to be, and which plug-in it is from."""
    if hint := suggest(name, sorted(schemas)):
        return f"{name!r} has no schema; {hint}"
    plugins = " and of ".join(plugin.name for plugin in plugins_of(name))
    whose = f", a name of {plugins}," if plugins else ""
    return f"{name!r}{whose} has no schema; known: {', '.join(sorted(schemas)) or 'none'}"


def _page(name: str, schema: Schema) -> str:
    """Return the heading, description and table of a schema in Markdown."""
    made = schema.json_schema()
    lines = [f"## [{name}]", ""]
    if schema.description:
        lines += [schema.description, ""]
    properties: dict[str, Any] = made.get("properties", {})
    if properties:
        lines += ["| attribute | type | default | |", "|---|---|---|---|"]
        required = made.get("required", [])
        for attribute, table in properties.items():
            default = "required" if attribute in required else _code(table.get("default"))
            words = _cell(table.get("description", ""))
            lines.append(f"| `{attribute}` | {_cell(_type(table))} | {default} | {words} |")
        lines.append("")
    if made["additionalProperties"]:
        lines += ["Other attributes are taken as text.", ""]
    return "\n".join(lines)


def _type(table: dict[str, Any]) -> str:
    if "enum" in table:
        return ", ".join(str(choice) for choice in table["enum"])
    if "anyOf" in table:
        return " or ".join(_type(one) for one in table["anyOf"] if one.get("type") != "null")
    if table.get("type") == "array":
        return f"{_type(table.get('items', {}))}, …"
    if table.get("format") in ("uri", "uri-reference"):
        return "url"
    return str(table.get("format") or table.get("const") or table.get("type", "text"))


def _code(default: object) -> str:
    if default in (None, "", []):
        return ""
    return f"`{_cell(str(default).lower() if isinstance(default, bool) else default)}`"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")

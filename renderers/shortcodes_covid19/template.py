"""The package's own templates: trusted, so in no sandbox; what they print is escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def template(name: str) -> Template:
    """Return the template with that file name."""
    environment = Environment(
        loader=PackageLoader("shortcodes_covid19"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)

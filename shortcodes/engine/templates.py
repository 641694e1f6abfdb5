"""Templates: a folder with a Jinja2 file for each tag. A template can run no code of its own."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from shortcodes.call import Call
from shortcodes.files import folders
from shortcodes.schemas.schema import Schema

SUFFIX = ".html"

_NAME = re.compile(r"[^\x00-\x20<>&/\[\]=]++")


def is_name(text: str) -> bool:
    """Return whether any dialect can read a shortcode of that name.

    The characters that it may not have are those of WordPress's `add_shortcode`.
    """
    return _NAME.fullmatch(text) is not None


def _printed(value: object) -> object:
    """Return what a template prints for a value: nothing for an attribute that has none."""
    return "" if value is None else value


class _Loader(BaseLoader):
    """Reads templates, and those that they include, from a folder that no link leads out of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return text and path of a template, and what says whether it is still the same.

        Raises `OutsideError`, and `TemplateNotFound` where there is no such file.
        """
        path = posixpath.join(self._folder, *split_template_path(template))
        if not os.path.isfile(path):
            raise TemplateNotFound(template, f"{template!r} not found in {str(self._folder)!r}")
        changed = os.path.getmtime(path)
        text = folders.read_inside(self._folder, path).decode("utf-8")

        def is_the_same() -> bool:
            with suppress(OSError):
                return os.path.getmtime(path) == changed
            return False

        return text, path, is_the_same


class Templates:
    """The templates of a folder: `button.html` renders `[button]`.

    They are sandboxed (no names with an underscore, nothing that changes a value) and escape what
    they print, `None` as nothing. A name that is not there is an error.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise FileNotFoundError(f"there is no folder {str(folder)!r}")

    def list_names(self) -> list[str]:
        """Return the names of the tags that have a template, sorted.

        Files that no tag can be named after are left to be included by others.
        """
        paths = self.folder.glob(f"*{SUFFIX}")
        return sorted(path.stem for path in paths if path.is_file() and is_name(path.stem))

    @cached_property
    def environment(self) -> ImmutableSandboxedEnvironment:
        """The environment; it reads templates when they are first used."""
        return ImmutableSandboxedEnvironment(
            loader=_Loader(self.folder),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_printed,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def load(self, name: str) -> Template:
        """Return a template, compiled. Raises what Jinja2 does where it has a mistake."""
        return self.environment.get_template(f"{name}{SUFFIX}")

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder}


class TemplateHandler:
    """Renders a shortcode by its template.

    The template has the attributes by their names, with underscores for hyphens; `content`,
    `name`, `positional`, and all attributes again as `attributes`.
    """

    def __init__(self, templates: Templates, name: str, schema: Schema | None) -> None:
        self._templates = templates
        self._name = name
        self._schema = schema

    def __call__(self, call: Call) -> Markup:
        """Return what the template prints, without the line feeds at its end."""
        if self._schema is not None:
            values = self._schema.read(call)
        else:
            values = {name.replace("-", "_"): value for name, value in call.attributes.items()}
        variables = {
            **values,
            "attributes": dict(call.attributes),
            "positional": list(call.positional),
            "name": call.name,
            "content": call.content,
        }
        made = self._templates.load(self._name).render(variables)
        return Markup(made.rstrip("\n"))  # noqa: S704 - the template escaped what it printed

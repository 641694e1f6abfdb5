"""Folders with a Jinja2 template for each tag. Templates are sandboxed: they run no Python."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from shortcodes.call import Call
from shortcodes.engine.owners import Owner
from shortcodes.files import folders
from shortcodes.files.folders import BoundPath, bind_path
from shortcodes.schemas.schema import Schema

SUFFIX = ".html"

_NO_FILE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)

_NAME = re.compile(r"[^\x00-\x20<>&/\[\]=]++")


def is_name(text: str) -> bool:
    """Return whether a text can be a tag name in some dialect.

    The characters that are not allowed are those of WordPress's `add_shortcode`.
    """
    return _NAME.fullmatch(text) is not None


def _format_value(value: object) -> object:
    """Return what a template prints for a value: nothing for `None`."""
    return "" if value is None else value


class _Loader(BaseLoader):
    """Loads templates, and those they include, from a folder that no link leads out of."""

    def __init__(self, folder: BoundPath) -> None:
        self._folder = folder

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text and path of a template, and a function that says whether it is unchanged.

        Raises `OutsideError`, and `TemplateNotFound` if there is no such file.
        """
        names = split_template_path(template)
        path = posixpath.join(self._folder, *names)
        try:
            with self._folder.bind_entry(*names).open() as file:
                modified = os.fstat(file.fileno()).st_mtime
                text = folders.read_limited(file, folders.MAX_BYTES).decode("utf-8")
        except _NO_FILE:
            message = f"{template!r} not found in {str(self._folder)!r}"
            raise TemplateNotFound(template, message) from None

        def is_unchanged() -> bool:
            with suppress(OSError):
                return os.path.getmtime(path) == modified
            return False

        return text, path, is_unchanged


class Templates:
    """The templates of a folder: `button.html` renders `[button]`.

    Templates are sandboxed: they cannot use names with a leading underscore or change values. They
    escape what they print, and print nothing for `None`. An undefined name is an error.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = bind_path(folder)
        if not os.path.isdir(self.folder):
            raise FileNotFoundError(f"there is no folder {str(folder)!r}")

    def list_names(self) -> list[str]:
        """Return the names of the tags that have a template, sorted.

        A file whose name cannot be a tag name is only there to be included.
        """
        with self.folder.hold() as folder:
            files = folder.list_files()
        names = [name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX)]
        return sorted(filter(is_name, names))

    def describe_owner(self, name: str) -> Owner:
        """Return the owner of what renders a tag: its template."""
        return Owner(f"the template {os.path.join(self.folder, name)}{SUFFIX}")

    @cached_property
    def environment(self) -> ImmutableSandboxedEnvironment:
        """The Jinja2 environment, which loads templates when they are first used."""
        return ImmutableSandboxedEnvironment(
            loader=_Loader(self.folder),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_format_value,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def load(self, name: str) -> Template:
        """Return a compiled template. Raises what Jinja2 raises for mistakes in it."""
        return self.environment.get_template(f"{name}{SUFFIX}")

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder}


class TemplateHandler:
    """Renders shortcodes with a template.

    The variables of the template are the attributes by their names, with underscores for hyphens,
    and `content`, `data`, `name` (the tag name), `positional` and `attributes`.
    """

    def __init__(self, templates: Templates, name: str, schema: Schema | None) -> None:
        self._templates = templates
        self._name = name
        self._schema = schema

    def with_schema(self, schema: Schema) -> TemplateHandler:
        """Return the handler with another schema."""
        return TemplateHandler(self._templates, self._name, schema)

    def __call__(self, call: Call) -> Markup:
        """Return what the template prints, without line feeds at the end."""
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
            "data": call.data,
        }
        output = self._templates.load(self._name).render(variables)
        return Markup(output.rstrip("\n"))  # noqa: S704 - the template escaped what it printed

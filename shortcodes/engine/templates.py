"""Folders with a Jinja2 template for each tag. Templates are sandboxed: they run no Python."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.loaders import split_template_path
from markupsafe import Markup

from shortcodes.call import Call
from shortcodes.engine.environments import (
    NO_ADDITIONS,
    VARIABLES,
    Additions,
    Sandbox,
    build_environment,
    render,
)
from shortcodes.engine.owners import Owner
from shortcodes.files import folders
from shortcodes.files.folders import BoundPath, bind_path
from shortcodes.schemas.schema import Schema

SUFFIX = ".html"
STYLE_SUFFIX = ".css"

_NO_FILE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)

_NAME = re.compile(r"[^\x00-\x20<>&/\[\]=]++")


def is_name(text: str) -> bool:
    """Return whether a text can be a tag name in some dialect.

    The characters that are not allowed are those of WordPress's `add_shortcode`.
    """
    return _NAME.fullmatch(text) is not None


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


@dataclass(slots=True)
class _StyleSheet:
    """The CSS beside a template."""

    template: Template
    file: str
    path: str
    exists: bool
    """Whether there was such a file when the template was loaded."""
    modified: float = 0
    """When the file was changed that was read."""
    text: str = ""


class Templates:
    """The templates of a folder: `button.html` renders `[button]`.

    Templates are sandboxed: they cannot use names with a leading underscore or change values. They
    escape what they print, and print nothing for `None`. An undefined name is an error.

    A file `button.css` beside a template is the CSS that its output needs.
    """

    def __init__(self, folder: str | os.PathLike[str], additions: Additions = NO_ADDITIONS) -> None:
        self.folder = bind_path(folder)
        self._additions = additions
        self._stylesheets: dict[str, _StyleSheet] = {}
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
    def environment(self) -> Sandbox:
        """The Jinja2 environment, which loads templates when they are first used."""
        return build_environment(_Loader(self.folder), self._additions)

    @cached_property
    def reserved(self) -> frozenset[str]:
        """The names that no attribute can have as a variable."""
        further = self.environment.globals.keys() - DEFAULT_NAMESPACE.keys()
        return frozenset([*VARIABLES, *further, *self._additions.globals])

    def load(self, name: str) -> Template:
        """Return a compiled template. Raises what Jinja2 raises for mistakes in it."""
        return self.environment.get_template(f"{name}{SUFFIX}")

    def find_stylesheet(self, template: Template) -> tuple[str, str] | None:
        """Return the name and text of the CSS beside a template, or `None` if there is none.

        It is looked for when the template is loaded, and read again when it has changed. Raises as
        the loader does for a file that cannot be read.
        """
        name = str(template.name)
        known = self._stylesheets.get(name)
        if known is None or known.template is not template:
            file = f"{name.removesuffix(SUFFIX)}{STYLE_SUFFIX}"
            path = os.path.join(self.folder, file)
            known = self._stylesheets[name] = _StyleSheet(
                template, file, path, exists=os.path.isfile(path)
            )
        if not known.exists:
            return None
        try:
            modified = os.stat(known.path).st_mtime
        except OSError:  # it was removed
            return None
        if modified != known.modified:
            known.text, _, _ = _Loader(self.folder).get_source(self.environment, known.file)
            known.modified = modified
        return f"{os.path.basename(self.folder)}/{known.file}", known.text

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "_additions": self._additions, "_stylesheets": {}}


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
        reserved = self._templates.reserved
        if not reserved.isdisjoint(values):
            values = {name: value for name, value in values.items() if name not in reserved}
        variables = {
            **values,
            "attributes": dict(call.attributes),
            "positional": list(call.positional),
            "name": call.name,
            "content": call.content,
            "data": call.data,
        }
        templates = self._templates
        output, used = render(templates.load(self._name), variables)
        for template in used:
            if stylesheet := templates.find_stylesheet(template):
                name, text = stylesheet
                call.context.stylesheets[name] = text
        return Markup(output.rstrip("\n"))  # noqa: S704 - the template escaped what it printed

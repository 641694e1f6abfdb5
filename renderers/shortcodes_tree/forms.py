"""Trees as text and back: the table of forms, and what all forms have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, Unpack, cast

from shortcodes.common.checks import check_one_of, check_type
from shortcodes.dialects import ParseOptions
from shortcodes.errors import MissingExtra
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_tree import json_form, xml_form, yaml_form
from shortcodes_tree.character_escapes import (
    UNICODE,
    XML,
    escape_characters,
    map_strings,
    unescape_characters,
)
from shortcodes_tree.model import Model, build_model, read_model

_BOM = "\ufeff"


class Form(NamedTuple):
    """How a tree is written and read in one form."""

    write: Callable[[Model], str]
    read: Callable[[str], Any]
    not_carried: re.Pattern[str]
    """The characters that cannot be in it as they are."""


FORMS = {
    "json": Form(json_form.write, json_form.read, UNICODE),
    "yaml": Form(yaml_form.write, yaml_form.read, UNICODE),
    "xml": Form(xml_form.write, xml_form.read, XML),
}
"""Every form by its name."""


def dumps(document: Document, form: str, **options: Unpack[ParseOptions]) -> str:
    """Return a document as text, which `loads` reads.

    Args:
        document: The document to write.
        form: The form of the text: "json", "yaml" or "xml".
        **options: The options of `shortcodes.parse` that the document was parsed with. They are
            recorded in the text.

    Raises `ValueError` for another form, and if the document was parsed with other options;
    `TypeError` for an argument of a wrong type; `MissingExtra` if YAML is not installed.
    """
    check_type("document", document, Document)
    write, _, not_carried = _get_form(form)
    model = build_model(document, cast(dict[str, Any], options))
    return write(map_strings(model, lambda text: escape_characters(text, not_carried)))


def loads(text: str, form: str) -> Document:
    """Return the document that `dumps` wrote in that form.

    Raises `ValueError`, with the place, if the text is not in that form, or if the source of the
    pieces is not what the rest of the tree says; `TypeError` for an argument of a wrong type;
    `MissingExtra` if YAML is not installed.
    """
    return recorded(text, form)[0]


def recorded(text: str, form: str) -> tuple[Document, dict[str, Any]]:
    """Return what `loads` returns, and the options that the document was parsed with."""
    check_type("text", text, str)
    read = _get_form(form).read
    try:
        return read_model(map_strings(read(text.removeprefix(_BOM)), unescape_characters))
    except RecursionError:
        raise ValueError(f"not a tree as {form}: it is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"not a tree as {form}: {error}") from None
    except MissingExtra:
        raise
    except Exception as error:  # libraries raise errors of any type for a text they cannot read
        reason = f"{type(error).__name__}: {error}"
        raise ValueError(f"not a tree as {form}: {reason}") from error


def _get_form(name: str) -> Form:
    check_one_of("form", name, FORMS)
    return FORMS[name]


class FormRenderer:
    """Renders a document in one of the forms.

    Options: those of `shortcodes.parse` that the document was parsed with.
    """

    output: Output = "text"

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, document: Document, context: Context) -> str:
        """Return the document in the form. Raises what `dumps` raises."""
        return dumps(document, self.name, **cast(ParseOptions, dict(context.options)))


json_renderer, yaml_renderer, xml_renderer = map(FormRenderer, ("json", "yaml", "xml"))

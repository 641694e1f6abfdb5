"""Trees as text and back: one table of forms, and what they have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, Unpack, cast

from shortcodes.checks import check_one_of, check_type
from shortcodes.dialects import ParseOptions
from shortcodes.errors import MissingExtra
from shortcodes.nodes import Document
from shortcodes.plugins import Context, Output
from shortcodes_tree import json_form, xml_form, yaml_form
from shortcodes_tree.character_escapes import UNICODE, XML, carried, changed, meant
from shortcodes_tree.model import Model, document_of, model_of

_BOM = "\ufeff"


class Form(NamedTuple):
    """How a tree is written, how it is read, and which characters cannot be in it as they are."""

    write: Callable[[Model], str]
    read: Callable[[str], Any]
    not_carried: re.Pattern[str]


FORMS = {
    "json": Form(json_form.write, json_form.read, UNICODE),
    "yaml": Form(yaml_form.write, yaml_form.read, UNICODE),
    "xml": Form(xml_form.write, xml_form.read, XML),
}
"""Every form by its name."""


def dumps(document: Document, form: str, **options: Unpack[ParseOptions]) -> str:
    """Return a document in a form: "json", "yaml" or "xml".

    `options` are those that it was parsed with; they are recorded. Raises `ValueError` for another
    form or where the options are others, `TypeError` for an argument of a wrong type, and
    `MissingExtra` where YAML is not installed.
    """
    check_type("document", document, Document)
    write, _, not_carried = _form(form)
    model = model_of(document, cast(dict[str, Any], options))
    return write(changed(model, lambda text: carried(text, not_carried)))


def loads(text: str, form: str) -> Document:
    """Return the document that `dumps` wrote in that form.

    Raises `ValueError`, with the place, where the text is not in that form, or where the source of
    the pieces is not what the rest says; `TypeError` for what is no `str`; and `MissingExtra` where
    YAML is not installed.
    """
    return recorded(text, form)[0]


def recorded(text: str, form: str) -> tuple[Document, dict[str, Any]]:
    """Return what `loads` does, and the options that the document was parsed with."""
    check_type("text", text, str)
    read = _form(form).read
    try:
        return document_of(changed(read(text.removeprefix(_BOM)), meant))
    except RecursionError:
        raise ValueError(f"not a tree as {form}: it is nested too deep") from None
    except ValueError as error:
        raise ValueError(f"not a tree as {form}: {error}") from None
    except MissingExtra:
        raise
    except Exception as error:  # whatever a library makes of a text that it cannot read
        reason = f"{type(error).__name__}: {error}"
        raise ValueError(f"not a tree as {form}: {reason}") from error


def _form(name: str) -> Form:
    check_one_of("form", name, FORMS)
    return FORMS[name]


class FormRenderer:
    """Gives a document in one of the forms.

    Options: those of `shortcodes.parse` that the document was parsed with.
    """

    output: Output = "text"

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, document: Document, context: Context) -> str:
        """Return the document in the form. Raises as `dumps` does."""
        return dumps(document, self.name, **cast(ParseOptions, dict(context.options)))


json_renderer, yaml_renderer, xml_renderer = map(FormRenderer, ("json", "yaml", "xml"))

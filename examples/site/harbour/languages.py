"""The languages of the site, and its messages in them."""

from __future__ import annotations

from gettext import NullTranslations, translation
from pathlib import Path

from flask import g
from jinja2 import Environment

LANGUAGES = {"en": "English", "ar": "العربية"}
FOLDER = Path(__file__).parent / "translations"
TRANSLATIONS = {
    "en": NullTranslations(),  # the messages in the code are English
    "ar": translation("messages", FOLDER, ["ar"]),
}


def gettext(message: str) -> str:
    """Return a message in the language of the page."""
    return TRANSLATIONS[g.language].gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Return a message about a number of things in the language of the page."""
    return TRANSLATIONS[g.language].ngettext(one, many, number)


def mark(message: str) -> str:
    """Mark a message that is translated where it is shown."""
    return message


def install(environment: Environment) -> None:
    """Let templates write `{{ _("…") }}`."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]

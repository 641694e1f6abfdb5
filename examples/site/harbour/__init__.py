"""The site of a harbour: pages with shortcodes, in two languages, for readers who may sign in."""

from __future__ import annotations

import logging
import os
import secrets

from flask import Flask, abort, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from harbour import languages
from harbour.handlers import engine
from harbour.languages import LANGUAGES, gettext, mark
from harbour.readers import READERS
from shortcodes.integrations.jinja import install

PAGES = {"home": mark("The harbour"), "visit": mark("Plan a visit")}
"""The title of each page by its name; its text is `texts/LANGUAGE/NAME.md`."""

logging.basicConfig(level="INFO")
app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY") or secrets.token_hex()
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
install(app.jinja_env, engine, data=["reader"])
languages.install(app.jinja_env)


@app.before_request
def find_reader() -> None:
    """Find out who asks, for handlers and templates."""
    g.reader = READERS.get(session.get("reader"))


@app.context_processor
def add_variables() -> dict[str, object]:
    """Give every template the reader, whom handlers see too."""
    return {"reader": g.reader, "readers": READERS, "pages": PAGES, "languages": LANGUAGES}


@app.get("/")
def choose_language() -> Response:
    """Lead to the language that the reader's browser prefers."""
    language = request.accept_languages.best_match(LANGUAGES, "en")
    return redirect(url_for("show_page", language=language))


@app.get("/<language>/")
@app.get("/<language>/<name>")
def show_page(language: str, name: str = "home") -> str:
    """Render the text of a page."""
    if language not in LANGUAGES or name not in PAGES:
        abort(404)
    g.language = language
    with app.open_resource(f"texts/{language}/{name}.md") as file:
        text = file.read().decode()
    return render_template("page.html", name=name, title=gettext(PAGES[name]), text=text)


@app.post("/<language>/<name>")
def sign_in(language: str, name: str) -> Response:
    """Sign a reader in, or out, without a password: this is an example."""
    session["reader"] = request.form.get("reader")
    return redirect(url_for("show_page", language=language, name=name))

"""How the documentation is built: `sphinx-build -W docs build/docs`."""

import re
import sys
from pathlib import Path
from typing import Any

from shortcodes import __version__ as release

sys.path.insert(0, str(Path(__file__).parent))
import rule_pages

project = "shortcode-engine"
author = "the authors of shortcode-engine"
version = release
html_title = project
html_theme = "furo"
html_static_path = html_css_files = ["look.css"]
html_show_copyright = html_show_sphinx = html_copy_source = False

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3

default_role = "code"  # docstrings are written for people first: `name` is code
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80


def copy_what_stands_outside(app: Any, page: str, source: list[str]) -> None:
    """Let a link to Markdown outside of this folder lead to a copy of it, as to any other file."""
    source[0] = re.sub(r"\]\((\.\./[^)#]+\.md)(?:#[^)]*)?\)", r"](path:\1)", source[0])


def write_rules(app: Any) -> None:
    """Make a page of the docstring of every rule."""
    rule_pages.write_pages(Path(app.srcdir) / "rules")


def list_rules(app: Any, page: str, source: list[str]) -> None:
    """Put the table of all codes into its place."""
    source[0] = source[0].replace("<!-- the table of all codes -->", rule_pages.format_table())


def setup(app: Any) -> None:
    """Make pages, and change them as they are read."""
    app.connect("builder-inited", write_rules)
    app.connect("source-read", list_rules)
    app.connect("source-read", copy_what_stands_outside)

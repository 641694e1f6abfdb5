"""Shortcodes in an application of Flask, asked by its test client."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests import attacks
from tests.hostile import VALUES
from tests.needs import needs

needs("flask", "dev")

from flask import Flask, render_template_string, request  # noqa: E402

from shortcodes.integrations.jinja import install  # noqa: E402


def application(folder: Path) -> Flask:
    app = Flask(__name__)
    install(app.jinja_env, attacks.engine(folder))

    @app.post("/filter")
    def by_filter() -> str:
        return render_template_string("{{ text|shortcodes }}", text=request.get_data(as_text=True))

    @app.post("/block")
    def by_block() -> str:
        template = "{% shortcodes %}<u>{{ text }}</u>{% endshortcodes %}"
        return render_template_string(template, text=request.get_data(as_text=True))

    return app


def test_shortcodes_are_rendered_on_a_page(tmp_path: Path) -> None:
    client = application(tmp_path).test_client()
    text = "1 < 2 [year] [box title='<']in[/box]"
    assert client.post("/filter", data=text).text == (
        '<p>1 &lt; 2 <b>2026</b></p>\n<div class="box" title="&lt;">in</div>\n'
    )
    assert client.post("/block", data=text).text == (
        '<u>1 &lt; 2 <b>2026</b> <div class="box" title="&lt;">in</div></u>'
    )


@pytest.mark.slow
def test_text_from_outside_gets_out_of_no_page(tmp_path: Path) -> None:
    client = application(tmp_path).test_client()
    values = VALUES

    def posted(url: str, text: str) -> str:
        answer = client.post(url, data=attacks.sent(text))
        assert answer.status_code == 200
        return answer.text

    render, in_block = partial(posted, "/filter"), partial(posted, "/block")
    contents = {value: attacks.in_content(value) for value in values}
    assert attacks.failures_in_attributes(render) == {}
    for view in (render, in_block):
        assert attacks.failures(view, {value: value for value in values}) == {}
        assert attacks.failures(view, contents) == {}
    assert attacks.re_read(render) == []

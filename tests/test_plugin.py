"""The example plug-in is built, installed and found, as anybody's would be."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parents[1] / "examples/plugin"

missing = [name for name in ("pip", "hatchling") if importlib.util.find_spec(name) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing), reason=f"{missing} are needed to build a package"),
]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the plug-in was installed into, without a network."""
    source = tmp_path_factory.mktemp("plugin") / "source"
    target = source.parent / "installed"
    shutil.copytree(PLUGIN, source, ignore=shutil.ignore_patterns("__pycache__"))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    install += ["--no-build-isolation", "--disable-pip-version-check", "--target", str(target)]
    subprocess.run([*install, str(source)], check=True, capture_output=True)
    return target


def run(installed: Path, *arguments: str, text: str) -> tuple[int, str, str]:
    """Run `python -m shortcodes` with the plug-in installed: status, output, errors."""
    places = [str(installed), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-m", "shortcodes", *arguments, "-"],
        input=text.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_the_handler_of_the_plug_in_makes_links_with_harmless_addresses(installed: Path) -> None:
    text = 'Go: [button url=”/join?a=1&b=2″]Join & "us"[/button].\n\n[button url=https://e.com/]'
    link = '<a class="button" href="/join?a=1&amp;b=2">Join &amp; &#34;us&#34;</a>'
    alone = '<a class="button" href="https://e.com/">https://e.com/</a>'
    assert run(installed, "render", text=text) == (0, f"<p>Go: {link}.</p>\n{alone}\n", "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVa\tscript:x", "data:text/html,x", ""])
def test_the_handler_of_the_plug_in_refuses_and_reports_other_addresses(
    installed: Path, url: str
) -> None:
    message = "-:1:1: EX001 the button has no http, https or relative url\n"
    text = f'[button url="{url}"]text[/button]'
    assert run(installed, "render", text=text) == (0, "text\n", message)


def test_the_renderer_of_the_plug_in_prints_an_outline(installed: Path) -> None:
    text = "[row a=1][column b=2][image c=3][/column][/row]\n[row]"
    outline = "row\n  column\n    image\nrow\n"
    assert run(installed, "render", "--to", "outline", text=text) == (0, outline, "")


def test_without_the_plug_in_neither_is_known(tmp_path: Path) -> None:
    text = "[button url=x]a[/button]"
    assert run(tmp_path, "render", text=text) == (0, f"<p>{text}</p>\n", "")
    known = "strip, data, html, json, yaml, xml, source, plain, markdown"
    message = f"shortcodes: unknown renderer 'outline'; known: {known}\n"
    assert run(tmp_path, "render", "--to", "outline", text=text) == (2, "", message)

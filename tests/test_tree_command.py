"""`shortcodes convert`: a text in another form, and back to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import shortcodes
import shortcodes_tree
from tests.command import call, run

TEXT = "a\r\n[x k=”1″ t='T'] *b* [1]\r\n"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    Path("a.txt").write_bytes(TEXT.encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((), shortcodes_tree.dumps(shortcodes.parse(TEXT), "json")),
        (("--to", "json"), shortcodes_tree.dumps(shortcodes.parse(TEXT), "json")),
        (("--to", "yaml"), shortcodes_tree.dumps(shortcodes.parse(TEXT), "yaml")),
        (("--to", "xml"), shortcodes_tree.dumps(shortcodes.parse(TEXT), "xml")),
        (("--to", "source"), 'a\r\n[x k="1" t="T"] *b* [1]\r\n'),
        (("--to", "plain"), "a\n*b* [1]\n"),
        (("--to", "plain", "--attributes", "t, k"), "a\n1 T *b* [1]\n"),
        (("--to", "plain", "--from", "markdown"), "a b [1]\n"),
        (("--to", "markdown"), 'a\r\n\\[x k="1" t="T"\\] \\*b\\* \\[1\\]\r\n'),
        (("--to", "markdown", "--from", "markdown"), TEXT),
        (("--to", "source", "--tags", "y"), TEXT),
    ],
    ids=str,
)
def test_a_text_is_written_in_each_form(arguments: tuple[str, ...], text: str) -> None:
    assert run("convert", *arguments, "a.txt") == (0, text.encode(), "")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "yaml", "xml"])
@pytest.mark.parametrize("other", ["json", "yaml", "xml"])
def test_through_any_two_forms_a_text_comes_back_to_the_byte(form: str, other: str) -> None:
    options = ("--tags", "x", "--dialect", "wordpress")
    _, first, _ = run("convert", "--to", form, *options, "a.txt")
    _, second, _ = run("convert", "--from", form, "--to", other, "-", stdin=first)
    assert run("convert", "--from", other, "-", stdin=second) == (0, TEXT.encode(), "")


@pytest.mark.slow
def test_xml_that_declares_an_encoding_comes_back_to_the_byte() -> None:
    Path("e.txt").write_text("é [x k=1]", encoding="utf-8")
    _, written, _ = run("convert", "--to", "xml", "e.txt")
    declared = b'<?xml version="1.0" encoding="iso-8859-1"?>\n' + written
    assert run("convert", "--from", "xml", "-", stdin=declared) == (0, "é [x k=1]".encode(), "")


def test_the_options_are_recorded() -> None:
    _, written, _ = run("convert", "--tags", "x, y", "--from", "markdown", "a.txt")
    assert json.loads(written)["options"] == {
        "dialect": "lenient",
        "tags": ["x", "y"],
        "known": [],
        "skip_code": True,
        "markdown": True,
        "undo_typography": False,
    }


def test_the_texts_of_several_files_follow_each_other(capfd: Capture) -> None:
    assert call(capfd, "convert", "--to", "plain", "a.txt", "a.txt") == (0, "a\n*b* [1]\n" * 2, "")


def test_shortcodes_that_markdown_cannot_keep_are_reported_on_standard_error(
    capfd: Capture,
) -> None:
    Path("a.txt").write_text('[vc_row b-c = \\"“&nbsp;b-c = ”’ b-c = «\':_:<code>\\"’\\"]')
    status, _, err = call(capfd, "convert", "--to", "markdown", "a.txt")
    assert (status, err) == (
        0,
        "a.txt:1:1: SC801 as Markdown, the text would have other shortcodes or attributes\n",
    )


BROKEN = '{"format": "shortcodes-tree", "version": 2, "options": {}, "pieces": []}'
HALF = shortcodes_tree.dumps(shortcodes.parse("\ud800"), "json")


@pytest.mark.parametrize(
    ("arguments", "text", "message"),
    [
        (("a.txt", "a.txt"), TEXT, "--to json takes one FILE"),
        (("--to", "yaml", "a.txt", "a.txt"), TEXT, "--to yaml takes one FILE"),
        (("--attributes", "k", "a.txt"), TEXT, "--attributes is for --to plain"),
        (
            ("--from", "json", "a.txt"),
            BROKEN,
            "a.txt: not a tree as json: version: 2 instead of 1",
        ),
        (
            ("--from", "xml", "a.txt"),
            "<!DOCTYPE a><a/>",
            "a.txt: not a tree as xml: a document type is not allowed: line 1, column 11",
        ),
        (
            ("--from", "html", "--to", "markdown", "a.txt"),
            TEXT,
            "a.txt: the markdown renderer takes text, not HTML",
        ),
        (
            ("--from", "json", "a.txt"),
            HALF,
            "a.txt: it contains half a surrogate pair, which no file can hold",
        ),
    ],
)
def test_a_mistake_ends_in_one_sentence_and_writes_nothing(
    capfd: Capture, arguments: tuple[str, ...], text: str, message: str
) -> None:
    Path("a.txt").write_text(text)
    status, out, err = call(capfd, "convert", "-o", "b.txt", *arguments)
    assert (status, out, err) == (2, "", f"shortcodes: {message}\n")
    assert [path.name for path in Path().iterdir()] == ["a.txt"]

"""Encodings of files: by a byte order mark, or as `--encoding` says; binary files are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shortcodes.cli.io.encodings import decode, encode
from tests.command import call, run

TEXT = "Café “x”\r\n[map zoom=”17” place=”Köln”]\r\n"
FIXED = 'Café “x”\r\n[map zoom="17" place="Köln"]\r\n'
STRIPPED = "Café “x”\r\n"
MARKED = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


@pytest.fixture(autouse=True)
def _folder(in_empty_folder: Path) -> None:
    """Run in a folder of its own."""


@pytest.mark.parametrize("encoding", MARKED)
def test_a_byte_order_mark_says_the_encoding(capfd: Any, encoding: str) -> None:
    path = Path("a.txt")
    for command, expected in (("strip", STRIPPED), ("fix", FIXED)):
        path.write_bytes(f"\ufeff{TEXT}".encode(encoding))
        after = f"\ufeff{expected}".encode(encoding)
        assert run(command, "-", stdin=path.read_bytes()) == (0, after, "")
        assert call(capfd, command, "a.txt", "-o", "b.txt") == (0, "", "")
        assert Path("b.txt").read_bytes() == after
        assert call(capfd, command, "--in-place", "a.txt") == (0, "", "")
        assert path.read_bytes() == after
    path.write_bytes(f"\ufeff{TEXT}".encode(encoding))
    status, output, _ = call(capfd, "lint", "--format", "json", "a.txt")
    assert (status, [(f["line"], f["column"]) for f in json.loads(output)]) == (1, [(2, 6)])
    assert call(capfd, "lint", "--fix", "a.txt")[0] == 0
    assert path.read_bytes() == f"\ufeff{FIXED}".encode(encoding)
    (item,) = json.loads(call(capfd, "extract", "a.txt")[1])
    assert item["attributes"] == {"zoom": "17", "place": "Köln"}


@pytest.mark.parametrize("encoding", ["cp1252", "Windows-1252", "utf-16", "utf-16-be", "gb18030"])
def test_the_encoding_can_be_said(capfd: Any, encoding: str) -> None:
    path = Path("a.txt")
    plain = {"utf-16": "utf-16-le", "Windows-1252": "cp1252"}.get(encoding, encoding)
    for command, expected in (("strip", STRIPPED), ("fix", FIXED), ("lint", FIXED)):
        path.write_bytes(TEXT.encode(plain))
        option = "--fix" if command == "lint" else "--in-place"
        assert call(capfd, command, option, "--encoding", encoding, "a.txt")[0] == 0
        assert path.read_bytes() == expected.encode(plain)
    path.write_bytes(TEXT.encode(plain))
    assert "Köln" in call(capfd, "render", "--encoding", encoding, "a.txt")[1]
    diff = call(capfd, "strip", "--diff", "--encoding", encoding, "a.txt")[1]
    assert "\n-[map zoom=”17” place=”Köln”]" in diff
    status, output, _ = run("lint", "--fix", "--encoding", encoding, "-", stdin=TEXT.encode(plain))
    assert (status, output) == (0, FIXED.encode(plain))


def test_utf16_in_a_container_stays_utf16(capfd: Any) -> None:
    text = json.dumps([TEXT], ensure_ascii=False)
    Path("a.json").write_bytes(f"\ufeff{text}".encode("utf-16-le"))
    assert call(capfd, "strip", "--in-place", "a.json") == (0, "", "")
    after = Path("a.json").read_bytes().decode("utf-16-le")
    assert after == f"\ufeff{json.dumps([STRIPPED], ensure_ascii=False)}"


@pytest.mark.parametrize(
    "name", ["rot13", "base64", "punycode", "idna", "x", "\u00e9", "..", "a.b"]
)
def test_there_is_no_such_encoding(capfd: Any, name: str) -> None:
    Path("a.txt").write_text("x", encoding="utf-8")
    message = "shortcodes: Invalid value for '--encoding': there is no such encoding\n"
    for command in ("strip", "fix", "lint", "extract", "render"):
        assert call(capfd, command, "--encoding", name, "a.txt") == (2, "", message)


def test_a_character_that_the_encoding_lacks_is_reported(capfd: Any) -> None:
    data = b"[map a=&rdquo;\xe91 &#8364;&rdquo;]"
    Path("a.txt").write_bytes(data)
    reason = "a character cannot be written in ISO8859-1, nothing is written"
    for arguments in (["fix"], ["fix", "--in-place"], ["lint", "--fix"]):
        status, output, errors = call(capfd, *arguments, "--encoding", "latin-1", "a.txt")
        assert (status, output) == (2, "")
        assert errors.startswith(f"shortcodes: a.txt: {reason}\n")
        assert Path("a.txt").read_bytes() == data


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "utf-7"])
def test_bytes_that_the_encoding_lacks_are_never_lost(capfd: Any, encoding: str) -> None:
    data = b'[map zoom="17"] \x81\xff\xd8+AGE-'
    Path("a.txt").write_bytes(data)
    for arguments in (["strip"], ["strip", "--in-place"], ["fix"], ["render"]):
        status, output, errors = call(capfd, *arguments, "--encoding", encoding, "a.txt")
        assert (status, output) == (2, "")
        assert "not valid" in errors
        assert Path("a.txt").read_bytes() == data


def test_bytes_that_are_not_written_the_same_way_are_kept(capfd: Any) -> None:
    data = b"+AGE- [map zoom=1]"
    Path("a.txt").write_bytes(data)
    message = "shortcodes: a.txt: not valid UTF-7, nothing is written\n"
    assert call(capfd, "strip", "--encoding", "utf-7", "a.txt") == (2, "", message)


@pytest.mark.parametrize("data", [b"\x89PNG\0[map zoom=1]", TEXT.encode("utf-16-le")])
def test_binary_files_are_refused(capfd: Any, data: bytes) -> None:
    Path("a.txt").write_bytes(data)
    message = "shortcodes: a.txt: binary, or in an encoding that --encoding has to name\n"
    for command in ("strip", "fix", "extract", "render", "convert"):
        assert call(capfd, command, "a.txt") == (2, "", message)
    for command in ("strip", "fix"):
        assert call(capfd, command, "--in-place", "a.txt") == (2, "", message)
    assert call(capfd, "schema", "infer", "a.txt") == (2, "", message)
    status, _, errors = call(capfd, "lint", "a.txt")
    assert (status, errors) == (0, "shortcodes: warning: a.txt: binary, not checked\n")
    assert Path("a.txt").read_bytes() == data


def test_files_in_several_encodings_are_not_written_into_one(capfd: Any) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    Path("b.txt").write_bytes(f"\ufeff{TEXT}".encode("utf-16-le"))
    message = "shortcodes: b.txt: in UTF-16, which cannot follow UTF-8 in one output\n"
    assert call(capfd, "strip", "a.txt", "b.txt", "-o", "c.txt") == (2, "", message)
    assert not Path("c.txt").exists()
    assert call(capfd, "strip", "--in-place", "a.txt", "b.txt") == (0, "", "")


@pytest.mark.parametrize("encoding", [*MARKED, "cp1252", "gb18030"])
def test_what_is_decoded_exactly_is_encoded_to_the_same_bytes(encoding: str) -> None:
    for data in (
        TEXT.encode(encoding, "replace"),
        b"",
        b"\xff",
        b"\0",
        b"\xfe\xff\0a",
        b"\xff\xfe",
    ):
        text, chosen, is_exact = decode(data, encoding)
        if is_exact:
            assert encode("a.txt", text, chosen) == data

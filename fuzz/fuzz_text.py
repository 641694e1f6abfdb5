"""Fuzz what reads text, guided by coverage: `python fuzz/fuzz_text.py [CORPUS] [options]`.

It needs `pip install atheris`. The options are those of libFuzzer, such as
`-max_total_time=3600`. A failure becomes a vector in `grammar/conformance` before it is fixed.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["shortcodes", "shortcodes_strip", "shortcodes_data"]):
    import shortcodes
    from shortcodes.lenient.lark_reader import Broken, read_delimiter
    from shortcodes.lenient.scanner import Scanner


def check_text(data: bytes) -> None:
    """Check what parse, strip, extract, lint, fix and the two executions of the grammar promise."""
    if not data:
        return
    flags, text = data[0], data[1:].decode("utf-8", "surrogateescape")
    markdown, skip_code = bool(flags & 1), bool(flags & 2)
    tags = (None, "any", ["a", "x"])[flags // 4 % 3]
    document = shortcodes.parse(text, tags=tags, markdown=markdown, skip_code=skip_code)
    assert "".join(node.source for node in document.children) == text
    assert [d.span for d in document.diagnostics] == sorted(d.span for d in document.diagnostics)
    scanner = Scanner(text, markdown=markdown, skip_code=skip_code)
    scanner.read_delimiters()
    for shortcode in document.shortcodes():
        start = shortcode.open_span[0]
        by_lark = read_delimiter(text, start, markdown=markdown)
        assert not isinstance(by_lark, Broken)
        assert by_lark == scanner.read(start)
        values = [(a.name or "", a.value) for a in by_lark[1]]
        assert scanner.read_values(*shortcode.open_span) == values
    stripped = shortcodes.apply("strip", document, content="keep")
    assert document.items() or stripped == text
    options = {"tags": tags, "markdown": markdown, "skip_code": skip_code}
    spans = [d.span for d in shortcodes.lint(text, **options)]
    assert spans == sorted(spans)
    fixed = shortcodes.fix(text, **options)
    assert shortcodes.fix(fixed, **options) == fixed
    assert sum(1 for _ in shortcodes.apply("data", document, tag=None)) <= len(document.items())


def main() -> None:
    """Run until the limits in libFuzzer's options are reached."""
    atheris.Setup(sys.argv, check_text)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

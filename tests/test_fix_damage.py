"""A safe fix of a damaged tag writes what was meant, or nothing."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

import shortcodes
from tests.damaged_tags import KINDS, TAG, Damaged, damage, mend
from tests.labelled import short_documents
from tests.wordpress.process import WordPress

LEFT = {
    "a part of the next attribute": "[x a=”b&c=”d”]",
    "a quote before a space": '[x a=’5" pipe’]',
    "a quote at the end": '[x a="5""]',
    "a tag in a bare value": "[x a=b<img> c=”d”]",
    "a tag around the value": '[x a="<i title="b">c</i>"]',
    "a tag that is not closed": "[x a=”<b>c” d=”e”]",
    "a quote that is not closed, and one in a word": "[x a=“b c”d e=”f”]",
    "a bracket": "[x a=”[b” c=”d”]",
    "an equals sign too many": "[x a=>”b” c]",
    "a comma after a bare value and a positional": "[x a=1, b c=”d”]",
    "quotes that are doubled": '[x a=""5 pipe""]',
    "a bar between values": "[x a=”b” | c=”d”]",
    "quotes that nothing reads": "[x a=‹b› c=”d”]",
    "escapes that nothing reads": "[x a=u0022bu0022 c=”d”]",
    "a name at the end of a value": "[x a=”b c=”d=e f=”g”]",
    "an apostrophe after another quote": '[x a="dogs’ home]',
    "a word after a lone quote": "[x a=” b]",
    "a slash that may belong to a value without its end": '[x a="b/]',
    "an element that ends elsewhere": '<b>[x a="1"</b> c="2"]',
}


REPORTED = {
    "commas": ('[gallery ids="1,2", columns=3]', '[gallery ids="1,2" columns=3]'),
    "a mark of direction": (
        '[contact-form-7 id="12" title="تواصل معنا"\u200f]',
        '[contact-form-7 id="12" title="تواصل معنا"]',
    ),
    "a bookmark": (
        '<p>[contact-form-7 id="12"<span data-mce-type="bookmark">\ufeff</span>]</p>',
        '<p>[contact-form-7 id="12"]</p>',
    ),
    "a word processor": (
        '<p>[contact-form-7 id=<span class="s1">"12"</span> a=<span class="s1">"b c"</span>]</p>',
        '<p>[contact-form-7 id="12" a="b c"]</p>',
    ),
    "a link in a caption": (
        '[imgCaption caption="A view. Plus a <a href="https://e.example">link</a>"]',
        "[imgCaption caption='A view. Plus a <a href=\"https://e.example\">link</a>']",
    ),
    "a closing tag in code": (
        "[wpmem_form login]\n\nMembers only.\n\n<pre>[/wpmem_form]</pre>\n",
        "[wpmem_form login]\n\nMembers only.\n\n<pre>[/wpmem_form]</pre>\n",
    ),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED)
def test_damage_that_was_reported_is_mended(text: str, expected: str) -> None:
    assert shortcodes.fix(text) == expected


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["kind"])
def test_a_damaged_tag_is_mended_to_what_was_meant_or_left(kind: dict[str, Any]) -> None:
    text = f"[{TAG}{kind['text'][2:]}"
    assert mend(Damaged(kind["kind"], text, kind["meant"]))[0] != "wrong"


def test_most_kinds_of_damage_are_mended() -> None:
    fates = Counter(
        mend(Damaged(kind["kind"], f"[{TAG}{kind['text'][2:]}", kind["meant"]))[0] for kind in KINDS
    )
    read = [
        kind["kind"]
        for kind in KINDS
        for (tag,) in [shortcodes.extract(kind["text"], tags=["x"])]
        if (tag["attributes"], tag["positional"]) == (kind["meant"], [])
    ]
    assert (fates, len(read)) == ({"mended": 34, "read": 1, "left": 23}, 37)


@pytest.mark.parametrize("seed", range(4))
def test_a_safe_fix_of_a_damaged_tag_anywhere_writes_what_was_meant(seed: int) -> None:
    random = Random(seed)
    fates = Counter(mend(damage(random))[0] for _ in range(250))
    assert fates["wrong"] == 0
    assert fates["mended"] > 80


@pytest.mark.slow
def test_a_safe_fix_in_real_documents_writes_what_was_meant() -> None:
    random, documents = Random(4), short_documents()
    fates = Counter(mend(damage(random, documents))[0] for _ in range(2000))
    assert fates["wrong"] == 0
    assert fates["mended"] > 700


@pytest.mark.slow
def test_the_real_wordpress_reads_what_was_meant_in_mended_tags(wordpress: WordPress) -> None:
    random = Random(5)
    made = [(damaged, mend(damaged)) for damaged in (damage(random) for _ in range(2000))]
    mended = [(damaged.meant, text) for damaged, (fate, text) in made if fate == "mended"]
    requests = [{"op": "do", "tags": [TAG], "text": text} for _, text in mended]
    read = [dict(answer["calls"][0]["atts"]) for answer in wordpress.calls(requests)]
    assert read == [meant for meant, _ in mended]
    assert len(mended) > 700


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_a_value_that_nobody_could_have_meant_is_written_by_no_safe_fix(text: str) -> None:
    assert shortcodes.fix(text, tags=["x"]) == text
    assert shortcodes.lint(text, tags=["x"])


@pytest.mark.parametrize("closing", ["<code>[/button]</code>", "[button b=1]c[/button]"])
def test_no_safe_fix_ends_a_shortcode_whose_closing_tag_is_misspelt(closing: str) -> None:
    text = f"[button a=1]Order[/buton] {closing}"
    assert shortcodes.fix(text, tags=["button"]) == text
    misspelt = [d for d in shortcodes.lint(text, tags=["button"]) if d.code == "SC102"]
    found = [(d.message, d.hint, text[slice(*d.span)]) for d in misspelt]
    assert found == [("[/buton] closes nothing", "did you mean [/button]?", "[/buton]")]


def test_a_tag_is_mended_without_being_closed() -> None:
    text = "[x a=”b”] members only <pre>[/x]</pre>"
    assert shortcodes.fix(text, tags=["x"]) == text.replace("”", '"')
    closed = '[x a="b" /] members only <pre>[/x]</pre>'
    assert shortcodes.fix(text, tags=["x"], unsafe=True) == closed

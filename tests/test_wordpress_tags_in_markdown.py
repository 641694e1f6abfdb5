"""WordPress's tags in a text that is Markdown already: its Markdown stays as it is written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from shortcodes import Diagnostic
from shortcodes_wordpress import to_markdown

# fmt: off
CAPTIONS = [
    # images
    ("![](/a.jpg)Words",                        "![](/a.jpg)\\\nWords"),
    ("![](/a.jpg)",                             "![](/a.jpg)"),
    ('![A [x](y)](/a.jpg "t") b',               None),
    ('![A \\[x\\]](/a_(1).jpg "t") b',          '![A \\[x\\]](/a_(1).jpg "t")\\\nb'),
    ("[![a](/b.jpg)](/c) d",                    "[![a](/b.jpg)](/c)\\\nd"),
    ("[![a][1]][2] d",                          "[![a][1]][2]\\\nd"),
    ('[<img src="/b.jpg" alt="C"/>][3] d',      "[![C](/b.jpg)][3]\\\nd"),
    ('[ <IMG src="/b.jpg"> ](/c "t") d',        '[![](/b.jpg)](/c "t")\\\nd'),
    ('<a href="/c"><img src="/b.jpg"></a> d',   "[![](/b.jpg)](/c)\\\nd"),
    ("a ![](/b.jpg) c ![](/d.jpg)",             "![](/b.jpg)\\\n![](/d.jpg)\\\na c"),
    ('![](/b.jpg)<img src="/c.jpg"> d',         "![](/b.jpg)\\\n![](/c.jpg)\\\nd"),
    # words
    ("![](/a) **b** [l](/u_v) `c`",             "![](/a)\\\n**b** [l](/u_v) `c`"),
    ("<img src=/a> **b** [l](/u) a_b",          "![](/a)\\\n**b** [l](/u) a_b"),
    ("![](/a)\n_b_\nc",                         "![](/a)\\\n_b_ c"),
    ("![](/a) - b",                             "![](/a)\\\n\\- b"),
    ("![](/a) <b>b</b> *c* &amp; &lt;i> d",     "![](/a)\\\n**b** *c* & &lt;i> d"),
    ("![](/a) <b>b</b> &amp;copy;",             "![](/a)\\\n**b** &amp;copy;"),
    ("![](/a) see <https://e.example/a_b>",     "![](/a)\\\nsee [https://e.example/a_b](https://e.example/a_b)"),
    # nothing that is refused elsewhere
    ("![](/a) <b onclick=f()>b</b><script>c</script>", "![](/a)\\\n**b**"),
    ("<img src='javascript:f()'> b",            None),
    ("![](/a) <a href='javascript:f()'>b</a>",  None),
    ("![<script>](/a) b",                       None),
    ("words",                                   None),
]
# fmt: on


@pytest.mark.parametrize(("inside", "made"), CAPTIONS)
def test_a_caption_in_markdown_keeps_its_markdown(inside: str, made: str | None) -> None:
    text = f"[caption id=x]{inside}[/caption]"
    found: list[Diagnostic] = []
    assert to_markdown(text, markdown=True, diagnostics=found) == (made or text)
    assert len(found) == (made is None)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("[caption id=x]![](/a) *b*[/caption]", "![](/a)\\\n*b*"),
        ("\\[caption id=x\\]<img src=/a> *b*\\[/caption\\]", "![](/a)\\\n*b*"),
        ("[caption id=x]<img src=/a> *b*[/caption]", "![](/a)\\\n\\*b\\*"),
        ("[audio src=/a.mp3]*b*[/audio]", "[a.mp3](/a.mp3) \\*b\\*"),
    ],
)
def test_unsaid_it_is_markdown_if_its_images_or_brackets_are(text: str, made: str) -> None:
    assert to_markdown(text) == made


def test_the_words_beside_a_file_are_kept_too() -> None:
    made = to_markdown("[audio src=/a.mp3]*b*[/audio]", markdown=True)
    assert made == "[a.mp3](/a.mp3) *b*"


@pytest.mark.parametrize(
    "inside",
    [
        "https://e.example/a_b-(c)?d=~e",
        "https://e.example/a\\_b\\-\\(c\\)?d=\\~e",
        "<https://e.example/a_b-(c)?d=~e>",
        " [a b](https://e.example/a_b-(c)?d=~e) ",
    ],
)
@pytest.mark.parametrize("markdown", [None, True])
def test_an_embedded_address_is_read_as_markdown_writes_it(inside: str, markdown: Any) -> None:
    made = to_markdown(f"[embed]{inside}[/embed]", markdown=markdown)
    assert made == "<https://e.example/a_b-(c)?d=~e>"


@given(st.lists(st.sampled_from(
    ["![", "](", ")", "[", "]", "](/a)", "![](/a)", "<img src=/a>", "<img src=x onerror=f()>",
     "<b>", "<script>", "</script>", "`",
     "\\", "\n", " ", '"', "a", "*", "<", ">", "&lt;", "<!--", "-->",
     "<https://e.example>", "[1]", "<svg>", "<title>"]
), max_size=14).map("".join))  # fmt: skip
def test_no_html_runs_that_comes_out_of_a_caption(inside: str) -> None:
    text = f"[caption id=x]{inside}[/caption]"
    made = to_markdown(text, markdown=True, tags=["caption"])
    if made.startswith("[caption"):
        return
    shown = MarkdownIt("commonmark").render(made)
    harmful = ("<script", "<svg", "<title", "<img src=x", "<!--")
    assert [part for part in harmful if part in shown] == []

"""Texts for the property tests: pieces that mean something to the grammar, in any order."""

from __future__ import annotations

from hypothesis import strategies as st

# fmt: off
PIECES = [
    "[", "]", "/", "=", " ", "\n", "<br />", "</p>\n<p>", "&nbsp;", "\u00a0", "\u200b", "\\",
    "<", ">", "a", "b", "x1", "é", "1", "-", "_", "\\_", "\\[", "\\]", "[[", "]]", "[x", "[/x",
    "[x ", "[/x]", "[x]", "[b=", " a=", "a=", " b = ", " c ", '"', "'", '\\"', "\\'", "”", "“", "„",
    "«", "»", "’", "‘", "″", "′", "&#8221;", "&#8243;", "&quot;", "&#039;", "&#x201D;", "&rsquo;",
    "&amp;", "&", "&laquo;&nbsp;", '<b class="q">', "</b>", "<a href='x' title=\"y\">", "<!--",
    "-->", "<pre>", "</pre>", "<code>", "</code>", "```\n", "`", "http://e.com/", "#0c3278", "مصر",
    ".", ":", "؟", "😀",
]
# fmt: on

texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)
"""Any text at all, mostly such as holds brackets and quotes."""

_quotes = st.sampled_from(['"', "'", "”", "“", "’", "″", "&#8221;", "«", "»", '\\"'])
_values = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)

delimiters = st.builds(
    lambda name, attributes, end: "[" + name + "".join(attributes) + end,
    st.sampled_from(["x", "vc_row", "é", "x=1", "x\\_y"]),
    st.lists(
        st.builds(
            lambda space, key, opening, value, closing: f"{space}{key}{opening}{value}{closing}",
            st.sampled_from([" ", "", "<br />\n", "&nbsp;"]),
            st.sampled_from(["a=", "b-c = ", "1=", ""]),
            _quotes,
            _values,
            _quotes,
        ),
        max_size=4,
    ),
    st.sampled_from(["]", " /]", "/]", "\\]", "", "] text ”and” more]"]),
)
"""Texts that begin with what looks like an opening delimiter."""

"""Values that PHP serialised stay as they are, wherever they are in a text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shortcodes
from shortcodes.lenient.serialised import find_serialised, is_serialised
from tests.cpu_time import measure


def serialise(value: Any, encoding: str = "utf-8") -> str:
    """Return a value as PHP's `serialize` writes it; an object is a tuple of a name and values."""
    match value:
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case float():
            return f"d:{value!r};".upper().replace("D:", "d:")
        case None:
            return "N;"
        case str():
            return f's:{len(value.encode(encoding))}:"{value}";'
        case (str(name), dict(members)):
            return f'O:{len(name)}:"{name}":{serialise(members, encoding)[2:]}'
        case _:
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            parts = [serialise(key, encoding) + serialise(item, encoding) for key, item in pairs]
            return f"a:{len(parts)}:{{{''.join(parts)}}}"


WIDGET = serialise({"title": "Café", "text": "<p>[gallery ids=”1,2″]</p>"})

PLACES: dict[str, Callable[[str], str]] = {
    "alone": lambda value: value,
    "after a byte order mark": lambda value: f"\ufeff{value}\n",
    "in a line of a table": lambda value: f"12\t7\t_widget\t{value}\n13\t7\t_x\t1\n",
    "in a session": lambda value: f"user|{value}cart|i:1;",
    "twice": lambda value: f"{value}\n{value}\n",
    "in an element": lambda value: f'<option value="1">{value}</option>',
    "in an element of XML": lambda value: (
        f'<?xml version="1.0"?>\n<row><field name="meta_value">{escape(value)}</field></row>\n'
    ),
    "in XML without entities for quotes": lambda value: (
        f"<?xml version='1.0'?><row><f>{escape(value, quote=False)}</f></row>"
    ),
    "in an attribute": lambda value: f'<i data-x="{escape(value)}">x</i>',
    "in a string of a program": lambda value: (
        "x = '" + value.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'") + "'"
    ),
    "in a section after white space": lambda value: (
        f"<?xml version='1.0'?><a><![CDATA[\n {value}]]></a>"
    ),
}
in_each_place = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)

CHANGES: dict[str, Callable[[str], str]] = {
    "strip": shortcodes.strip,
    "strip with any tag": lambda text: shortcodes.strip(text, tags="any"),
    "fix": shortcodes.fix,
    "fix with unsafe fixes": lambda text: shortcodes.fix(text, unsafe=True),
}


@in_each_place
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_serialised_value_stays(
    place: Callable[[str], str], change: Callable[[str], str]
) -> None:
    text = place(WIDGET)
    assert change(text) == text
    assert shortcodes.extract(text, tags="any") == []


@in_each_place
def test_what_is_beside_a_serialised_value_is_read(place: Callable[[str], str]) -> None:
    text = place(WIDGET).strip()
    if not is_serialised(text) and not text.startswith("<?xml"):
        assert shortcodes.strip(f"[row a=”1”]{text}[/row]") == text
        assert shortcodes.fix(f"[row a=”1”]{text}[/row]") == f'[row a="1"]{text}[/row]'


def test_lengths_may_be_those_of_another_encoding() -> None:
    value = serialise(["Café [gallery ids=“1”]"], "cp1252")
    text = f"x\t{value}"
    assert shortcodes.strip(text) == shortcodes.fix(text) == text


def test_in_a_malformed_value_each_text_stays_whose_length_is_right() -> None:
    value = serialise({"a": "[gallery ids=”1”]", "b": "é"})
    for malformed in (value[:-1], value.replace("a:2", "a:3"), value.replace("b", "bc")):
        text = f"x {malformed}"
        assert shortcodes.strip(text) == text


def test_a_text_with_a_wrong_length_is_no_value() -> None:
    text = 'x s:9:"[gallery ids=”1”]";'
    assert shortcodes.strip(text) == 'x s:9:"";'


EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"><channel><item>
<wp:meta_value{attribute}>{value}</wp:meta_value>
<content:encoded><![CDATA[[row a=”1”]Text[/row]]]></content:encoded>
</item></channel></rss>
"""


@pytest.mark.parametrize("attribute", ["", ' xml:space="preserve"'])
@pytest.mark.parametrize(
    "value",
    [
        "<![CDATA[//]]]]><![CDATA[></script>[gallery ids=”1”]]]>",
        "a [gallery ids=”1”] <![CDATA[[gallery ids=”2”]]]> [gallery ids=”3”]",
        "<!-- </wp:meta_value> --><![CDATA[</wp:meta_value>[gallery ids=”1”]]]>",
        "<![CDATA[[gallery ids=”1”]]]>",
    ],
)
def test_the_whole_value_of_a_plug_in_stays(attribute: str, value: str) -> None:
    text = EXPORT.format(attribute=attribute, value=value)
    assert shortcodes.strip(text) == text.replace("[row a=”1”]Text[/row]", "Text")
    assert shortcodes.fix(text) == text.replace("[row a=”1”]", '[row a="1"]')


def test_an_empty_element_for_a_value_holds_nothing() -> None:
    text = "<rss><wp:meta_value/><content><![CDATA[[row a=”1”]Text[/row]]]></content></rss>"
    assert shortcodes.strip(text) == text.replace("[row a=”1”]Text[/row]", "Text")


LEAVES = (
    st.text("ab[é&<>\"'\\;:{}]”\n0", max_size=12)
    | st.integers(-9, 10**6)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.none()
)
KEYS = st.text('ab[]é"', max_size=4) | st.integers(0, 9)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=3)
        | st.tuples(st.sampled_from(["A", "Wp_Post"]), st.dictionaries(KEYS, inner, max_size=2))
    ),
    max_leaves=8,
).filter(lambda value: isinstance(value, str | list | dict | tuple))


@given(VALUES, VALUES, st.sampled_from(["", "é ", "|", ">", "&amp;"]))
def test_values_are_found_between_anything(first: Any, second: Any, before: str) -> None:
    values = [serialise(first), serialise(second)]
    for write in (str, escape):
        written = list(map(write, values))
        text = f"{before}{written[0]} – {written[1]}]"
        found = [text[start:end] for start, end in find_serialised(text)]
        assert [value for value in written if not any(value in one for one in found)] == []


@given(st.text('asOCE:0123456789{};"[]é&\\quot', max_size=60))
def test_any_text_has_values_in_order(text: str) -> None:
    spans = find_serialised(text)
    assert [offset for span in spans for offset in span] == sorted(
        offset for span in spans for offset in span
    )
    assert all(text[start] in "asOCE" and text[end - 1] in ';}"&' for start, end in spans)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a:1:{",
        's:90000:"',
        's:1:"[";',
        's:3:"[";é',
        'O:1:"A":1:{s:1:"[";',
        'C:1:"A":9:{',
        "a:1:{i:0;",
        "s:3:&quot;a[]&quot;;é",
        's:3:\\"a[]\\";é',
        "<wp:meta_value><!--",
        "<wp:meta_value>",
    ],
)
def test_any_number_of_values_takes_linear_time(piece: str) -> None:
    small, large = (piece * (size // len(piece)) for size in (50_000, 400_000))
    times = [measure(partial(shortcodes.strip, text)) for text in (small, large)]
    assert times[1] < 30 * times[0] + 0.1

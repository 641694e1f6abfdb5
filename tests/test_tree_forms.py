"""Trees as JSON, YAML and XML: nothing is lost on the way there and back."""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import shortcodes
import shortcodes_tree
from tests.strategies import delimiters, texts

FORMS = ["json", "yaml", "xml"]
every_form = pytest.mark.parametrize("form", FORMS)

SCHEMA = json.loads((Path(shortcodes_tree.__file__).parent / "tree.schema.json").read_text("utf-8"))

EXAMPLE = 'a\n[x k=”1″ "2" k=][y /]b[/x] [[z a=1]]'

WRITTEN = {
    "json": """\
{"format": "shortcodes-tree", "version": 1, "options": {"dialect": "lenient", "tags": "any", \
"known": [], "skip_code": true, "markdown": null, "undo_typography": false}, "pieces": [
{"type": "text", "depth": 0, "source": "a\\n"},
{"type": "open", "depth": 0, "source": "[x k=”1″ \\"2\\" k=]", "name": "x", "kind": "enclosing", \
"attributes": [{"name": "k", "value": "1", "raw": "1", "quotes": ["”", "″"]}, \
{"name": null, "value": "2", "raw": "2", "quotes": ["\\"", "\\""]}, \
{"name": "k", "value": "", "raw": "", "quotes": null}]},
{"type": "open", "depth": 1, "source": "[y /]", "name": "y", "kind": "self-closing", \
"attributes": []},
{"type": "text", "depth": 1, "source": "b"},
{"type": "close", "depth": 0, "source": "[/x]", "name": "x"},
{"type": "text", "depth": 0, "source": " "},
{"type": "escape", "depth": 0, "source": "[[z a=1]]", "name": "z"}
]}
""",
    "yaml": """\
format: shortcodes-tree
version: 1
options:
  dialect: lenient
  tags: any
  known: []
  skip_code: true
  markdown: null
  undo_typography: false
pieces:
- type: text
  depth: 0
  source: "a\\n"
- type: open
  depth: 0
  source: '[x k=”1″ "2" k=]'
  name: x
  kind: enclosing
  attributes:
  - name: k
    value: '1'
    raw: '1'
    quotes:
    - ”
    - ″
  - name: null
    value: '2'
    raw: '2'
    quotes:
    - '"'
    - '"'
  - name: k
    value: ''
    raw: ''
    quotes: null
- type: open
  depth: 1
  source: '[y /]'
  name: y
  kind: self-closing
  attributes: []
- type: text
  depth: 1
  source: b
- type: close
  depth: 0
  source: '[/x]'
  name: x
- type: text
  depth: 0
  source: ' '
- type: escape
  depth: 0
  source: '[[z a=1]]'
  name: z
""",
    "xml": """\
<shortcodes-tree version="1">
<options dialect="lenient" tags="any" skip_code="true" undo_typography="false">\
<known /></options>
<text depth="0">a
</text>
<open depth="0" name="x" kind="enclosing">[x k=”1″ "2" k=]\
<attribute name="k" value="1" raw="1" opening="”" closing="″" />\
<attribute value="2" raw="2" opening="&quot;" closing="&quot;" />\
<attribute name="k" value="" raw="" /></open>
<open depth="1" name="y" kind="self-closing">[y /]</open>
<text depth="1">b</text>
<close depth="0" name="x">[/x]</close>
<text depth="0"> </text>
<escape depth="0" name="z">[[z a=1]]</escape>
</shortcodes-tree>
""",
}

CASES = {
    "nothing": "",
    "prose": "prose [1] [sic] [text](url)",
    "line breaks of every kind": "a\r\nb\rc\n\u0085\u2028[x k=1]\r",
    "white space in delimiters": "[x\n\tk = 1&nbsp;<br />b]c[/x ]",
    "quotes that are never closed": "[x k=”a b=c] [x k=']",
    "the same name nested": "[x k=1][x][/x][/x]",
    "code": "<code>[x k=1]</code> [x k=1]",
    "a number in the digits of another script": "٣[x k=’٣٤’ ४]１[/x]",
    "words that YAML reads otherwise": "~[x k=’null’ true]0x1f[/x]yes",
    "NUL and control characters": "\0[x k=”\x01\x1b”]\x7f\x9f",
    "noncharacters": "\ufffe[x k=”\uffff”]\U0010ffff",
    "lone surrogates": "\ud800[x k=”\udfff”]",
    "surrogates that are no pair": "\ud83d\ude00",
    "what stands for an escape": "␛d800; [x k=”␛”] ␛241b;",
    "a byte order mark": "\ufeff[x k=1]\ufeff",
    "markup of every form": '<a>&amp;]]></a> - key: *value\n"\\u0041" [x k="<!--&lt;-->"]',
    "white space alone": " \n\t [x k=1] \n",
}

OPTIONS: list[dict[str, Any]] = [
    {},
    {"tags": "any", "skip_code": False},
    {"tags": ["x", "<&␛\ud800"], "known": ["y"]},
    {"tags": {"x"}, "undo_typography": True},
    {"known": ["x"], "markdown": True},
    {"dialect": "wordpress"},
    {"dialect": "wordpress", "tags": ("x", "y")},
]

hostile = st.text(st.sampled_from("␛{};&#d8٣\0\r\n\ud800\udc00\ufffe\x85\u2028\ufeff"), max_size=9)
documents = st.lists(
    texts | delimiters | hostile | delimiters.map(lambda text: f"{text}c[/x]"), max_size=4
).map("".join)
options = st.fixed_dictionaries(
    {},
    optional={
        "dialect": st.sampled_from(["lenient", "wordpress"]),
        "tags": st.sampled_from(["any", ["x", "b"]]),
        "skip_code": st.booleans(),
        "markdown": st.none() | st.booleans(),
        "undo_typography": st.booleans(),
    },
)


def nodes(document: shortcodes.Document) -> list[Any]:
    """Everything that is known of a document's items."""
    return [
        (item.name, item.kind, item.open_span, item.close_span, item.attribute_nodes)
        if isinstance(item, shortcodes.Shortcode)
        else (item.name, item.span, item.inner_span)
        for item in document.items()
    ]


@every_form
def test_a_document_is_written_as_it_is_documented(form: str) -> None:
    document = shortcodes.parse(EXAMPLE, tags="any")
    assert shortcodes_tree.dumps(document, form, tags="any") == WRITTEN[form]
    assert shortcodes.apply(form, document, tags="any") == WRITTEN[form]


@every_form
@pytest.mark.parametrize("parsed_with", OPTIONS, ids=str)
@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_every_document_comes_back(form: str, parsed_with: dict[str, Any], text: str) -> None:
    document = shortcodes.parse(text, **parsed_with)
    written = shortcodes_tree.dumps(document, form, **parsed_with)
    back = shortcodes_tree.loads(written, form)
    assert (back.source, nodes(back)) == (text, nodes(document))


@pytest.mark.slow
@every_form
@settings(max_examples=150, deadline=None)
@given(text=documents, parsed_with=options)
def test_any_text_comes_back_and_its_form_is_text_that_any_file_can_hold(
    form: str, text: str, parsed_with: dict[str, Any]
) -> None:
    document = shortcodes.parse(text, **parsed_with)
    written = shortcodes_tree.dumps(document, form, **parsed_with)
    back, read_with = shortcodes_tree.recorded(written.encode().decode(), form)
    assert (back.source, nodes(back)) == (text, nodes(document))
    assert {name: read_with[name] for name in parsed_with} == parsed_with


@settings(max_examples=150, deadline=None)
@given(text=documents, parsed_with=options)
def test_the_schema_describes_what_is_written(text: str, parsed_with: dict[str, Any]) -> None:
    document = shortcodes.parse(text, **parsed_with)
    tree = json.loads(shortcodes_tree.dumps(document, "json", **parsed_with))
    assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(tree)) == []


def test_parts_of_yaml_make_one_list() -> None:
    document = shortcodes.parse("[q a=1] " * 1200)
    model = json.loads(shortcodes_tree.dumps(document, "json"))
    assert len(model["pieces"]) == 2400
    text = shortcodes_tree.dumps(document, "yaml")
    assert yaml.safe_load(text) == model
    assert text == yaml.safe_dump(model, sort_keys=False)


@every_form
def test_a_byte_order_mark_before_a_form_is_passed_over(form: str) -> None:
    assert shortcodes_tree.loads("\ufeff" + WRITTEN[form], form).source == EXAMPLE


@pytest.mark.slow
@every_form
def test_ten_thousand_levels_are_no_trouble(form: str) -> None:
    text = "[x k=1]" * 10_000 + "[/x]" * 10_000
    document = shortcodes.parse(text, tags=["x"])
    written = shortcodes_tree.dumps(document, form, tags=["x"])
    assert shortcodes_tree.loads(written, form).source == text


@every_form
def test_a_megabyte_is_no_trouble(form: str) -> None:
    text = f"{'words' * 20_000}\r\n[x k=”{'1' * 1000}”]" * 10
    document = shortcodes.parse(text)
    assert shortcodes_tree.loads(shortcodes_tree.dumps(document, form), form).source == text


# --- what cannot be read --------------------------------------------------------------------


def edited(change: Any) -> str:
    """The example as JSON, with a change made to its data."""
    tree = json.loads(WRITTEN["json"])
    made = change(tree)
    return json.dumps(tree if made is None else made)


def _set(path: str, value: Any) -> str:
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]

    def change(tree: Any) -> None:
        for key in way:
            tree = tree[key]
        tree[last] = value

    return edited(change)


MISTYPED = [
    (edited(lambda _: []), "the tree must be an object"),
    (edited(lambda _: {}), "the keys: [] instead of ['format', 'options', 'pieces', 'version']"),
    (_set("more", 1), "the keys: ['format', 'more', 'options', 'pieces', 'version'] instead of"),
    (_set("format", "tree"), "format: 'tree' instead of 'shortcodes-tree'"),
    (_set("version", 2), "version: 2 instead of 1"),
    (_set("version", True), "version: True instead of 1"),
    (_set("options", None), "options must be an object"),
    (_set("options.more", 1), "the keys of options: ['dialect', 'known', 'markdown', 'more', "),
    (_set("options.dialect", "x"), "options.dialect must be a dialect"),
    (_set("options.dialect", []), "options.dialect must be a dialect"),
    (_set("options.markdown", 1), "options.markdown must be true, false or null"),
    (_set("options.tags", "x"), 'options.tags must be null, "any" or an array of strings'),
    (_set("options.tags", [1]), 'options.tags must be null, "any" or an array of strings'),
    (_set("options.known", None), "options.known must be an array of strings"),
    (_set("pieces", {}), "pieces must be an array"),
    (_set("pieces.1", "x"), "pieces[1] must be an object"),
    (_set("pieces.1", {}), "pieces[1].source must be a string"),
    (_set("pieces.1.source", 1), "pieces[1].source must be a string"),
    (_set("pieces.1", {"source": '[x k=”1″ "2" k=]'}), "pieces[1] must be an object with"),
    (_set("pieces.1.depth", False), "pieces[1].depth: False instead of 0"),
    (_set("pieces.1.name", None), "pieces[1].name: nothing instead of 'x'"),
    (_set("pieces.1.more", 1), "pieces[1] must be an object without 'more'"),
    (_set("pieces.1.attributes", {}), "pieces[1].attributes: [] instead of"),
    (_set("pieces.1.attributes.0", []), "pieces[1].attributes[0]: [] instead of"),
    (_set("pieces.1.attributes.2.quotes", ['"']), "pieces[1].attributes[2]: ['name', 'value', "),
]

CONTRADICTING = [
    (_set("pieces.1.name", "y"), "pieces[1].name: 'y' instead of 'x'"),
    (_set("pieces.1.kind", "standalone"), "pieces[1].kind: 'standalone' instead of 'enclosing'"),
    (_set("pieces.1.depth", 1), "pieces[1].depth: 1 instead of 0"),
    (_set("pieces.1.attributes", []), "pieces[1].attributes[0]: nothing instead of"),
    (_set("pieces.1.attributes.0.value", "2"), "pieces[1].attributes[0]: ['name', 'value', "),
    (_set("pieces.3.source", "[z]"), "pieces[3].type: 'text' instead of 'open'"),
    (_set("options.tags", []), "pieces[0].source: 'a\\n' instead of"),
    (edited(lambda tree: tree["pieces"].append({"source": ""})), "pieces[7]: the text ends before"),
    (edited(lambda tree: tree["pieces"].insert(0, tree["pieces"][0])), "pieces[0].source: 'a\\n'"),
    (
        edited(lambda tree: tree["pieces"].reverse()),
        "pieces[1].source: ' ' instead of ' [/x]b'",
    ),
    (_set("pieces.0.source", "␛"), "a ␛ must be followed by the number of a character"),
    (_set("pieces.0.source", "␛110000;"), "a ␛ must be followed by the number of a character"),
]

MISFITS = [*MISTYPED, *CONTRADICTING]


@pytest.mark.parametrize(("text", "message"), MISFITS, ids=[message for _, message in MISFITS])
def test_a_tree_that_contradicts_itself_is_an_error_that_names_the_place(
    text: str, message: str
) -> None:
    with pytest.raises(ValueError, match=r"^not a tree as json: ") as raised:
        shortcodes_tree.loads(text, "json")
    assert message in str(raised.value)


@pytest.mark.parametrize("text", [text for text, _ in MISTYPED], ids=[m for _, m in MISTYPED])
def test_the_schema_refuses_what_is_of_another_type(text: str) -> None:
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(json.loads(text))


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))

UNREADABLE = [
    ("json", "", "Expecting value: line 1 column 1"),
    ("json", WRITTEN["json"][:200], "line 2 column"),
    ("json", "[" * 100_000, "nested too deep"),
    ("json", '{"a": 1, "a": 2}', "an object has one of its keys twice: ['a', 'a']"),
    ("yaml", "", "the tree must be an object"),
    ("yaml", WRITTEN["yaml"][:200] + "\n- [", "line"),
    ("yaml", "[" * 900, "line 1: it is nested too deeply for a tree"),
    ("yaml", "[" * 100_000, "line 1"),  # PyYAML 6.0.4 and later stop at 1,000 levels themselves
    ("yaml", "a: &a [1]\nb: *a\n", "line 1: a tree has no anchors and aliases"),
    ("yaml", "a: !!python/object:os.system x\n", "line 1: a tree has no tags"),
    ("yaml", "1: 2\nb: 3\n", "the keys: ['1', 'b'] instead of"),
    ("yaml", "? [a]\n: b\n", "line 1: a key must be a single word"),
    ("yaml", "a: b\na: c\n", "line 2: 'a' occurs twice"),
    ("yaml", f"{WRITTEN['yaml']}---\na\n", "line 56: a tree is a single document"),
    ("yaml", "a", "the tree must be an object"),
    ("yaml", "\0", "characters are not allowed"),
    ("xml", "", "no element found: line 1, column 0"),
    ("xml", WRITTEN["xml"][:300], "line 5, column"),
    (
        "xml",
        '<shortcodes-tree version="1">' * 100_000,
        "the element 'shortcodes-tree' is not allowed here: line 1",
    ),
    ("xml", "<html/>", "the element 'html' is not allowed here: line 1, column 0"),
    ("xml", "<shortcodes-tree/>", "'' is not a number: line 1, column 0"),
    ("xml", '<shortcodes-tree version="1">a</shortcodes-tree>', "text is not allowed here: line 1"),
    ("xml", '<shortcodes-tree version="1"/>', "the keys: ['format', 'pieces', 'version'] instead"),
    (
        "xml",
        f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><shortcodes-tree version="&a9;"/>',
        "a document type is not allowed: line 1, column",
    ),
    (
        "xml",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><shortcodes-tree/>',
        "a document type is not allowed: line 1, column",
    ),
    ("xml", '<shortcodes-tree version="1">&a;</shortcodes-tree>', "undefined entity"),
    (
        "xml",
        WRITTEN["xml"].replace('depth="1"', 'depth="x"'),
        "'x' is not a number: line 6, column",
    ),
    ("xml", WRITTEN["xml"].replace(' closing="″"', ""), "pieces[1].attributes[0]"),
    ("xml", WRITTEN["xml"].replace('value="1" raw="1"', 'value="1"'), "pieces[1].attributes[0]"),
    ("xml", WRITTEN["xml"].replace('"any"', '"x"'), "options.tags must be null"),
    ("xml", WRITTEN["xml"].replace("<known />", "<tags />"), "tags occurs twice: line 2"),
    ("xml", WRITTEN["xml"].replace("<known />", "<known /><known />"), "known occurs twice"),
    ("xml", WRITTEN["xml"].replace("<text ", '<text source="a" '), "source occurs twice: line 3"),
    ("xml", WRITTEN["xml"].replace('raw="2"', 'raw="2" quotes=""'), "quotes occurs twice"),
    ("xml", f"{WRITTEN['xml']}<a/>", "junk after document element: line 12, column 0"),
    ("xml", '<?xml version="1.0" encoding="foo"?><shortcodes-tree/>', "'' is not a number: line 1"),
    ("xml", '<?xml version="1.0" encoding="hex"?><shortcodes-tree/>', "'' is not a number: line 1"),
]


@pytest.mark.parametrize(
    ("form", "text", "message"), UNREADABLE, ids=[f"{form} {m}" for form, _, m in UNREADABLE]
)
def test_an_invalid_tree_is_an_error_that_says_why(form: str, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^not a tree as {form}: ") as raised:
        shortcodes_tree.loads(text, form)
    assert message in str(raised.value)
    assert len(str(raised.value)) < 700


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "us-ascii", "hex", "foo"])
def test_a_text_that_is_decoded_already_says_nothing_of_its_encoding(encoding: str) -> None:
    document = shortcodes.parse("é [x k=”1″]")
    written = shortcodes_tree.dumps(document, "xml")
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n{written}'
    assert shortcodes_tree.loads(declared, "xml").source == document.source


@pytest.mark.parametrize("escape", ["UFFFFFFFF", "U00110000"])
def test_whatever_a_library_makes_of_a_text_is_a_value_error_of_one_sentence(
    escape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    with pytest.raises(ValueError, match=r"^not a tree as yaml: \S"):
        shortcodes_tree.loads(f'a: "\\{escape}"', "yaml")


@every_form
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_form_that_was_damaged_is_a_value_error_or_another_tree(
    form: str, data: st.DataObject
) -> None:
    written = WRITTEN[form]
    start = data.draw(st.integers(0, len(written)))
    end = data.draw(st.integers(start, len(written)))
    damaged = written[:start] + data.draw(st.text(max_size=3)) + written[end:]
    try:
        document = shortcodes_tree.loads(damaged, form)
    except ValueError:
        return
    assert isinstance(document, shortcodes.Document)


def test_the_options_of_parse_are_recorded_all_of_them() -> None:
    parameters = inspect.signature(shortcodes.parse).parameters.values()
    defaults = {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}
    recorded = shortcodes_tree.recorded(WRITTEN["json"], "json")[1]
    assert sorted(recorded) == sorted(defaults)


# --- wrong calls ----------------------------------------------------------------------------


def test_options_that_a_document_was_not_parsed_with_are_an_error() -> None:
    document = shortcodes.parse("[x]", tags="any")
    with pytest.raises(ValueError, match="with other options") as raised:
        shortcodes_tree.dumps(document, "json")
    assert str(raised.value) == (
        "the document was parsed with other options than these: "
        "pieces[0].type: 'open' instead of 'text'"
    )


@pytest.mark.parametrize("name", ["source", "markdown"])
def test_other_renderers_refuse_a_document_that_was_parsed_with_other_options(name: str) -> None:
    document = shortcodes.parse("[x]", tags="any")
    message = r"^the document was parsed with other options than these$"
    with pytest.raises(ValueError, match=message):
        shortcodes.apply(name, document)


def test_another_form_or_option_is_a_mistake_in_one_sentence() -> None:
    document = shortcodes.parse("a")
    with pytest.raises(ValueError, match=r"^form must be one of 'json', 'yaml', 'xml', not 'toml'"):
        shortcodes_tree.dumps(document, "toml")
    with pytest.raises(ValueError, match=r"^form must be one of"):
        shortcodes_tree.loads("", "toml")
    with pytest.raises(TypeError, match=r"^the tree has no option 'page'$"):
        shortcodes.apply("json", document, page=True)


def test_without_pyyaml_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    message = r"^YAML needs the extra yaml: pip install 'shortcode-engine\[yaml\]'$"
    with pytest.raises(shortcodes.MissingExtra, match=message):
        shortcodes_tree.dumps(shortcodes.parse("a"), "yaml")
    with pytest.raises(shortcodes.MissingExtra, match=message):
        shortcodes_tree.loads("a", "yaml")

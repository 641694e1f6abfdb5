"""Tables of evidence: what names and values say about whether a bracket is a shortcode."""

from __future__ import annotations

from typing import Final

BBCODE: Final = frozenset(
    {"b", "i", "u", "s", "url", "img", "quote", "code", "color", "size", "list"}
)
"""Names that forums use, in any case. They count only if they are listed."""

BBCODE_WITH_ATTRIBUTES: Final = frozenset({"code", "img"})
"""Those that count with a named attribute, which forums do not write: `[code lang="cpp"]`."""

WRITTEN_WORDS: Final = frozenset(
    {"rant", "rants", "ramble", "soapbox", "edit", "edits", "update", "updates", "snip", "snippet"}
    | {"sarcasm", "irony", "joke", "jokes", "spoiler", "spoilers", "offtopic", "off-topic", "ot"}
    | {"tldr", "tl-dr", "aside", "disclaimer", "deleted", "redacted", "humor", "humour"}
    | {"bold", "italic", "underline", "strike", "dim", "blink", "reverse", "black", "red", "green"}
    | {"yellow", "blue", "magenta", "cyan", "white", "grey", "gray"}
)
"""Words that people put around text in brackets, and styles of console markup. As a pair without
attributes they do not count."""

PLAYER_IDENTIFIERS: Final = {
    "dailymotion": r"(?=[A-Za-z]*+\d)[A-Za-z0-9]{5,24}",
    "gist": r"\d{4,12}|[0-9a-f]{20}|[0-9a-f]{32}",
    "soundcloud": r"\d{6,12}",
    "ted": r"(?=[a-z]*+_)[a-z0-9_]{8,100}",
    "vimeo": r"\d{5,12}",
    "wistia": r"(?=[a-z]*+\d)[a-z0-9]{10}",
    "youtube": r"(?=[a-z]*+[A-Z0-9_-])[A-Za-z0-9_-]{11}",
}
"""Players, each with the form of its identifiers. A tag with one such value counts."""

ALONE: Final = frozenset({"gallery"})
"""Plain words that count if they are alone in their paragraph, apart from other brackets."""

CODE_RANGE: Final = r"[A-Za-z0-9]-[A-Za-z0-9](?![A-Za-z0-9])"
"""The beginning of a name that is a range of characters in a regular expression."""
QUANTIFIERS: Final = "+*?{"
"""What follows a set of characters in a regular expression."""

QUOTE: Final = (
    r"\\?[\"'“”„‟″‶«»＂״〝〞〟❝❞‘’‚‛′‵׳＇❛❜´`]"
    r"|&(?:amp;)?(?:quot|QUOT|apos|[lr][ds]quo|[lr][ds]quor|[bs]dquo|sbquo"
    r"|OpenCurly(?:Double)?Quote|CloseCurly(?:Double)?Quote|[pP]rime|bprime|backprime|[lr]aquo"
    r"|acute|grave|Diacritical(?:Acute|Grave)"
    r"|#0*+(?:34|39|96|171|180|187|152[34]|82(?:1[6-9]|2[0-3]|4[2356])|1007[5-8]|1231[789]|65282|65287)"
    r"|#[xX]0*+(?:2[27]|60|[aA][bB]|[bB][4bB]|5[fF][34]|201[89a-fA-F]|203[2356]|275[b-eB-E]"
    r"|301[d-fD-F]|[fF][fF]0[27]));"
)
"""A quote, as the grammar lists them."""
PARAGRAPH_BEFORE: Final = r"(?:\A|\n[ \t\r]*+\n|<p(?: [^<>]{0,100}+)?>|-->)\s{0,20}+\Z"
PARAGRAPH_AFTER: Final = r"\s{0,20}?(?:\Z|\n[ \t\r]*+\n|</p>|<!--)"
"""What is before and after a paragraph."""
SPACE: Final = (
    r"(?:[ \t\n\v\f\r\u00A0\u200B\u202F]|&(?:nbsp|#0*+(?:160|8203|8239)|#[xX]0*+(?:[aA]0|200[bB]"
    r"|202[fF]));|<(?:[bB][rR][ \t\n]*+/?|/?[pP])>|(?!).)++"
)
"""White space inside a tag, as the grammar has it."""

_BRACKET_AND_NAME: Final = r"\[(?P<name>(?:\\?[\w-]|(?!).)++)"
TAG_START: Final = rf"\\?{_BRACKET_AND_NAME}"
"""A bracket and a name, as they are written, in Markdown too."""
SUSPECT: Final = rf"{_BRACKET_AND_NAME}{SPACE}[\w-]++(?:{SPACE}|(?!).)?+="
"""The beginning of a tag with a named attribute."""
QUOTED_VALUE: Final = rf"(?<=[\w-])(?:{SPACE}|(?!).)?+=(?:{SPACE}|(?!).)?+(?:{QUOTE})"
"""An attribute with a value in quotes, from the end of its name on."""
BARE_VALUES: Final = (
    rf"(?:{SPACE}[\w-]++=(?!=)(?:(?![,;](?:{SPACE}|/?\\?\]))[^ \t\n\v\f\r\u00A0\u200B\u202F<&\]]"
    rf"|(?!{SPACE})[<&]|(?!).)*+|(?!).)++(?:{SPACE}|(?!).)?+(?:/(?:{SPACE}|(?!).)?+|(?!).)?+\\?\]"
)
"""Everything after the name of a tag, if that is attributes without quotes: no white space around
"=", and no value that ends in a comma or a semicolon, or begins with "="."""

ESCAPED_TAG: Final = (
    r"(?<![\\/^|\"'])\\\[/?(?P<name>(?:\\_|[\w-]|(?!).)++)(?P<rest>[^\[\]]*+)\]"
    r"(?!\*(?!\*)|[+?{/'\"])"
)
"""A tag whose bracket has a backslash, as converters to Markdown write it. What stands before and
after strings of a program, and after a set of characters, is not around it."""
ONLY_IN_PATTERNS: Final = r"\\[A-Za-z0-9]|[.)][*+?]|\(\?"
"""What regular expressions and TeX have in brackets, and Markdown does not."""

WITHOUT_SPACES: Final = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff"
    "\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of scripts that put no spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, Chinese,
Japanese. A class of characters for a pattern."""
JOINED: Final = rf"(?![{WITHOUT_SPACES}])[\w}}\\](?<!_)\Z"
"""What stands directly before brackets of markup and of programs: a letter, a digit, "}" or
a backslash."""

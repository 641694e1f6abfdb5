"""The parser of Markdown: CommonMark, and what people write beside it.

That is tables, strikethrough, task lists, footnotes and definition lists. A text cannot make any of
them take more than linear time, or print much more than it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from shortcodes_html.footnotes import add_footnotes

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_MOST_MISSING_CELLS = 1000
"""How many cells a table may have that are not in the text. The library adds more of them."""

_NO_TABLE_BEFORE = "no table before this line"
_CHECKBOX = '<input class="task-list-item-checkbox"{} disabled="disabled" type="checkbox">'


@cache
def build_parser(*, commonmark: bool = False) -> MarkdownIt:
    """Return the parser; with `commonmark`, that of CommonMark and nothing else."""
    from markdown_it import MarkdownIt  # loaded for Markdown only

    parser = MarkdownIt("commonmark")
    if commonmark:
        return parser
    from mdit_py_plugins.deflist import deflist_plugin

    parser.enable(["table", "strikethrough"])
    _limit_tables(parser)
    parser.use(deflist_plugin)
    add_footnotes(parser)
    parser.core.ruler.after("inline", "task_lists", _mark_tasks)
    return parser


# --- Tables -------------------------------------------------------------------------------------


def _limit_tables(parser: MarkdownIt) -> None:
    """Leave tables in the text that have many more cells than are written."""
    from markdown_it.rules_block.table import table

    def read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start < state.env.get(_NO_TABLE_BEFORE, 0):
            return False
        if not table(state, start, end, True):
            return False
        if silent:
            return True
        refused = _find_missing_cells(state, start, end)
        if refused:
            state.env[_NO_TABLE_BEFORE] = refused
            return False
        return table(state, start, end, False)

    parser.block.ruler.at("table", read_table, {"alt": ["paragraph", "reference"]})


def _find_missing_cells(state: StateBlock, start: int, end: int) -> int:
    """Return the line at which a table has too many missing cells; 0 for any other table."""
    columns = len(_read_line(state, start + 1).strip().strip("|").split("|"))
    missing = 0
    for row in range(start + 2, end):
        if state.isEmpty(row):
            break
        missing += max(0, columns - 1 - _read_line(state, row).count("|"))
        if missing > _MOST_MISSING_CELLS:
            return row
    return 0


def _read_line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]]


# --- Task lists ---------------------------------------------------------------------------------


def _mark_tasks(state: StateCore) -> None:
    """Put a checkbox in place of `[ ]` or `[x]` at the beginning of a list item."""
    open_lists: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            open_lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            open_lists.pop()
        elif token.type == "list_item_open" and index + 2 < len(state.tokens):
            for _ in _put_checkbox(state.tokens[index + 1 : index + 3]):
                token.attrSet("class", "task-list-item")
                open_lists[-1].attrSet("class", "contains-task-list")


def _put_checkbox(tokens: list[Token]) -> Iterator[Token]:
    """Put the checkbox of a task into the first paragraph of an item; yield it if there is one."""
    from markdown_it.token import Token

    paragraph, inline = tokens
    children = inline.children or []
    if paragraph.type != "paragraph_open" or not children or children[0].type != "text":
        return
    task = _compile_task().match(children[0].content)
    if task:
        checked = ' checked="checked"' if task[1] != " " else ""
        checkbox = Token("html_inline", "", 0, content=_CHECKBOX.format(checked))
        children[0].content = " " + children[0].content[task.end() :]
        inline.children = [checkbox, *children]
        yield checkbox


@cache
def _compile_task() -> re.Pattern[str]:
    return re.compile(r"\[([ xX])\][ \t]++")

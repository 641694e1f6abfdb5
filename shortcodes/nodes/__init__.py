"""The tree: a document and its nodes, small frozen objects over the source.

Nodes hold spans; attributes, content and children are computed from them on demand. The items of a
document are one flat list in document order, each with the index of the item after its subtree, so
that depth costs no recursion, neither here nor in code that walks the tree.
"""

from shortcodes.common.lines import Position
from shortcodes.delimiters import Loose
from shortcodes.nodes.attributes import Attribute, Span, Values, shift_span
from shortcodes.nodes.document import Document
from shortcodes.nodes.readers import Composition, Evidence, Items, Reader, Row
from shortcodes.nodes.shortcode import Escape, Kind, Node, Shortcode, Text

__all__ = [
    "Attribute",
    "Composition",
    "Document",
    "Escape",
    "Evidence",
    "Items",
    "Kind",
    "Loose",
    "Node",
    "Position",
    "Reader",
    "Row",
    "Shortcode",
    "Span",
    "Text",
    "Values",
    "shift_span",
]

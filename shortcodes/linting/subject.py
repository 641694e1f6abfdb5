"""The subject of a lint: one text, with what rules ask of it computed once for all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shortcodes.dialects import read
from shortcodes.html.tags import HtmlTags
from shortcodes.linting.alike import PLAIN, alike, begun
from shortcodes.linting.codes import NAMES
from shortcodes.linting.comparing import Comparison, compare
from shortcodes.linting.doubting import Doubt, doubt
from shortcodes.linting.suppression import Suppressions
from shortcodes.nodes import Attribute, Document, Shortcode

if TYPE_CHECKING:
    from shortcodes.diagnostics import Diagnostic, Fix
    from shortcodes.linting.mending import Mends
    from shortcodes.nodes import Loose
    from shortcodes.plugins import Format
    from shortcodes.schemas.schema import Schema


class Subject:
    """One text under lint.

    `options` are those of `shortcodes.dialects.read` that it was read with; without them nothing
    can be fixed. `known` are names that count as shortcodes beside theirs. With `undo_typography`,
    values that a fix writes anew lose what a typographer made.
    """

    def __init__(
        self,
        document: Document,
        *,
        format: Format = "text",  # noqa: A002 - the name that it has everywhere
        schemas: Mapping[str, Schema] | None = None,
        known: Collection[str] = (),
        options: Mapping[str, Any] | None = None,
        undo_typography: bool = False,
    ) -> None:
        self.document = document
        self.text = document.source
        self.dialect = document.dialect
        self.format = format
        self.schemas: Mapping[str, Schema] = schemas or {}
        """The schemas of tags, by name."""
        self.options: Mapping[str, Any] = options or {}
        self._known = known
        self.markdown: bool = self.options.get("markdown", False)
        self._undo = undo_typography
        self._can_fix = options is not None

    def read_fixed_text(self, text: str) -> Subject:
        """Return the subject of this text after fixes, read with the same options.

        A text that was read to check the fixes is not read again.
        """
        document = self._read_for_mends(text) or read(text, **self.options)
        return Subject(
            document,
            format=self.format,
            schemas=self.schemas,
            known=self._known,
            options=self.options,
            undo_typography=self._undo,
        )

    def _read_for_mends(self, text: str) -> Document | None:
        if self.dialect != "lenient" or "mends" not in self.__dict__:
            return None
        return next((reading for reading in self.mends.readings if reading.source == text), None)

    # --- as the dialect reads it ------------------------------------------------------------------

    @cached_property
    def shortcodes(self) -> Sequence[Shortcode]:
        """Every shortcode in order, nested ones included, escaped ones not."""
        return list(self.document.shortcodes())

    @cached_property
    def attributes(self) -> Sequence[tuple[Attribute, ...]]:
        """The attributes of every shortcode, in the same order."""
        return [shortcode.attribute_nodes for shortcode in self.shortcodes]

    @cached_property
    def registered(self) -> frozenset[str]:
        """The names that somebody has said to be shortcodes: by a handler, a schema or a list."""
        tags = self.options.get("tags")
        listed = tags if isinstance(tags, Collection) and not isinstance(tags, str) else ()
        return frozenset([*self.schemas, *self._known, *listed])

    @cached_property
    def misfits(self) -> Sequence[Diagnostic]:
        """What the schemas find wrong with the shortcodes that have one, as they were meant: what
        quotes and the like do to them in WordPress, other rules say.
        """
        if not self.schemas:
            return []
        by_name: dict[str, list[Shortcode]] = {}
        meant = self.shortcodes if self.meant is self.document else self.meant.shortcodes()
        for shortcode in meant:
            if shortcode.name in self.schemas:
                by_name.setdefault(shortcode.name, []).append(shortcode)
        return [
            found
            for name, shortcodes in by_name.items()
            for found in self.schemas[name].check_many(shortcodes)
        ]

    @cached_property
    def loose(self) -> Loose:
        """The delimiters that are part of no shortcode."""
        return self.document.loose

    @cached_property
    def suppressions(self) -> Suppressions:
        """The comments that say which findings are meant to be there."""
        return Suppressions(self.document, NAMES, markdown=self.markdown)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the shortcodes and escapes, and those registered that stand somewhere else
        in the text: in the order of the list of tags, if there is one, or else of appearance.
        """
        names = dict.fromkeys(row[0] for row in self.document.items().rows())
        if self.registered:
            names |= dict.fromkeys(name for name in begun(self.text) if name in self.registered)
        listed = self.options.get("tags")
        if isinstance(listed, Sequence) and not isinstance(listed, str):
            return tuple(name for name in dict.fromkeys([*listed, *names]) if name in names)
        return tuple(names)

    # --- what it holds ----------------------------------------------------------------------------

    @cached_property
    def lowered(self) -> str:
        """The text in lower case: for a quick look whether it may hold a word."""
        return self.text.lower()

    @cached_property
    def html_tags(self) -> HtmlTags:
        """The HTML tags in it."""
        return HtmlTags(self.text)

    # --- as it was meant, and as WordPress reads it -----------------------------------------------

    @cached_property
    def meant(self) -> Document:
        """The text in the lenient dialect, in which the same names are shortcodes."""
        return self._in("lenient")

    @cached_property
    def by_wordpress(self) -> Document:
        """The text in the WordPress dialect, in which the same names are shortcodes."""
        return self._in("wordpress")

    def _in(self, dialect: str) -> Document:
        if self.dialect == dialect:
            return self.document
        return read(self.text, **{**self.options, "dialect": dialect, "tags": self.names})

    def read_at(self, start: int) -> Shortcode | None:
        """Return what WordPress reads as a shortcode at a place of the text."""
        index = self._read_by_start.get(start)
        item = None if index is None else self.by_wordpress.items()[index]
        return item if isinstance(item, Shortcode) else None

    @cached_property
    def _read_by_start(self) -> Mapping[int, int]:
        return {row[1]: place for place, row in enumerate(self.by_wordpress.items().rows())}

    def meant_at(self, place: int) -> Shortcode:
        """Return the shortcode at a place in the items of the text as it was meant."""
        item = self.meant.items()[place]
        assert isinstance(item, Shortcode)  # noqa: S101 - differences are of shortcodes
        return item

    @cached_property
    def starts_in_code(self) -> Set[int]:
        """Where shortcodes begin that only a reader finds who does not leave code alone."""
        if not self.options.get("skip_code", True):
            return frozenset()
        everything = {"dialect": "lenient", "tags": self.names, "skip_code": False}
        found = read(self.text, **{**self.options, **everything}).items().rows()
        return {row[1] for row in found} - {row[1] for row in self.meant.items().rows()}

    @cached_property
    def differences(self) -> Comparison:
        """What WordPress finds otherwise than it was meant; nothing where Markdown hides it."""
        if self.markdown and "\\" in self.text:
            return Comparison()
        if self.dialect == "lenient" and not self.suspects:
            rows = list(self.meant.items().rows())
            if alike(self.text, rows, self.names):
                return Comparison()
        return compare(self.meant, self.by_wordpress)

    @cached_property
    def suspects(self) -> Sequence[Shortcode]:
        """The shortcodes, as they were meant, whose attributes WordPress may read otherwise."""
        text, match = self.text, PLAIN.match
        meant = self.shortcodes if self.meant is self.document else self.meant.shortcodes()
        found = []
        for shortcode in meant:
            start, end = shortcode.open_span
            plain = match(text, start)
            if plain is None or plain.end() != end:
                found.append(shortcode)
        return found

    @cached_property
    def doubts(self) -> Mapping[int, Doubt]:
        """By their starts, the suspects in which neither reading seems to be what was meant."""
        found = {sc.open_span[0]: doubt(self.text, sc) for sc in self.suspects}
        return {start: one for start, one in found.items() if one}

    @cached_property
    def undoubted(self) -> Sequence[Shortcode]:
        """The other suspects."""
        doubts = self.doubts
        return [sc for sc in self.suspects if sc.open_span[0] not in doubts]

    @cached_property
    def mends(self) -> Mends:
        """What can be done for the opening delimiters that WordPress misreads."""
        from shortcodes.linting.mending import mends  # which loads the WordPress dialect

        swallowing = [self.meant_at(place) for place in self.differences.swallowing]
        candidates = [*self.suspects, *swallowing]
        options = {**self.options, "dialect": "lenient"}
        if self.dialect != "lenient":
            options["tags"] = self.names
        return mends(
            self.meant,
            sorted(set(candidates), key=lambda shortcode: shortcode.open_span),
            swallowing={shortcode.open_span[0] for shortcode in swallowing},
            left={
                shortcode.open_span[0]
                for shortcode in candidates
                if self.html_tags.around(shortcode.open_span[0])
                or shortcode.open_span[0] in self.doubts
            },
            options=options,
            undo_typography=self._undo,
        )

    def mend(self, shortcode: Shortcode) -> Fix | None:
        """Return what makes WordPress read the shortcode as it is meant, the same for all rules.

        It changes what the WordPress dialect reads, so there it is not safe.
        """
        if not self._can_fix:
            return None
        fix = self.mends.fixes.get(shortcode.open_span[0])
        return fix if fix is None or self.dialect == "lenient" else replace(fix, safe=False)

"""The subject of a lint: one text, with everything that several rules need computed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shortcodes.common.suggestions import NearNames
from shortcodes.dialects import read
from shortcodes.html.tags import HtmlTags
from shortcodes.linting.agreement import (
    PLAIN,
    find_closing_names,
    find_possible_names,
    is_read_alike,
)
from shortcodes.linting.by_schema import SchemaChecks
from shortcodes.linting.codes import RULE_NAMES
from shortcodes.linting.comparison import Comparison, compare
from shortcodes.linting.damage import Damage, apply_to_tag, find_damage
from shortcodes.linting.registered import RegisteredNames
from shortcodes.linting.suppression import Suppressions
from shortcodes.linting.unread import UnreadTags, find_unread
from shortcodes.nodes import Attribute, Document, Shortcode

if TYPE_CHECKING:
    from shortcodes.delimiters import Delimiter
    from shortcodes.diagnostics import Diagnostic, Fix
    from shortcodes.linting.tag_fixes import TagFixes
    from shortcodes.nodes import Loose
    from shortcodes.plugins import Format
    from shortcodes.schemas.schema import Schema


class Subject:
    """One text that rules check."""

    def __init__(
        self,
        document: Document,
        *,
        format: Format = "text",  # noqa: A002 - the name that it has everywhere
        schemas: Mapping[str, Schema] | None = None,
        registered_names: RegisteredNames | None = None,
        options: Mapping[str, Any] | None = None,
        undo_typography: bool = False,
    ) -> None:
        """Take a document, and how it was read.

        Args:
            document: The text as its dialect reads it.
            format: The markup of the text.
            schemas: The schemas of tags, by name.
            registered_names: The names that are known to be shortcodes.
            options: The options of `shortcodes.dialects.read` that the document was read with.
                Without them nothing can be fixed.
            undo_typography: Whether values that a fix rewrites lose the characters that a
                typographic filter made.
        """
        self.document = document
        self.text = document.source
        self.dialect = document.dialect
        self.format = format
        self.schemas: Mapping[str, Schema] = schemas or {}
        """The schemas of tags, by name."""
        self.options: Mapping[str, Any] = options or {}
        self.registered_names = registered_names or RegisteredNames()
        self._undo = undo_typography
        self._can_fix = options is not None

    def read_fixed_text(self, text: str) -> Subject:
        """Return the subject of this text after fixes, read with the same options.

        A text that was read to check the fixes is not read again.
        """
        document = self._find_reading(text) or read(text, **self.options)
        return Subject(
            document,
            format=self.format,
            schemas=self.schemas,
            registered_names=self.registered_names,
            options=self.options,
            undo_typography=self._undo,
        )

    def _find_reading(self, text: str) -> Document | None:
        if self.dialect != "lenient" or "mends" not in self.__dict__:
            return None
        return next((reading for reading in self.mends.readings if reading.source == text), None)

    # --- as its dialect reads it -----------------------------------------------------------------

    @cached_property
    def shortcodes(self) -> Sequence[Shortcode]:
        """Every shortcode in order, including nested ones, without escaped ones."""
        return list(self.document.shortcodes())

    @cached_property
    def attributes(self) -> Sequence[tuple[Attribute, ...]]:
        """The attributes of every shortcode, in the same order."""
        return [shortcode.attribute_nodes for shortcode in self.shortcodes]

    @property
    def registered(self) -> frozenset[str]:
        """The names that are known to be shortcodes: from a handler, a schema or a list."""
        return self.registered_names.all

    @cached_property
    def by_schema(self) -> SchemaChecks:
        """What the schemas say about the shortcodes as they were meant."""
        meant = self.shortcodes if self.meant is self.document else list(self.meant.shortcodes())
        return SchemaChecks(self.text, meant, self.schemas, self.options, self._find_doubt)

    @property
    def misfits(self) -> Sequence[Diagnostic]:
        """What does not fit the schemas, except what only follows from something else."""
        return self.by_schema.misfits

    def _find_doubt(self, start: int) -> Damage | None:
        return self.doubts.get(start)

    @cached_property
    def loose(self) -> Loose:
        """The delimiters that do not belong to a shortcode."""
        return self.document.loose

    @cached_property
    def _unclosed(self) -> Mapping[str, int]:
        """The start of the first shortcode without a closing tag, by name."""
        unclosed = (sc for sc in reversed(self.shortcodes) if sc.kind == "standalone")
        return {shortcode.name: shortcode.open_span[0] for shortcode in unclosed}

    @cached_property
    def _near_unclosed(self) -> NearNames:
        return NearNames(sorted(self._unclosed))

    def find_unclosed(self, closing: Delimiter) -> str:
        """Return the name of a shortcode that a misspelt closing tag may have been meant to close,
        or an empty string.
        """
        name = self._near_unclosed.find(closing.name)
        is_misspelt = name not in ("", closing.name)
        return name if is_misspelt and self._unclosed[name] < closing.start else ""

    @cached_property
    def misspelt_closing_tags(self) -> Sequence[Delimiter]:
        """The closing tags that nothing opens and whose name is no name of a shortcode, but near to
        that of one without a closing tag.
        """
        if not self._can_fix or "[/" not in self.text or not self._unclosed:
            return []
        names = frozenset(self.names)
        near = {
            name
            for name in find_closing_names(self.text)
            if name not in names and self._near_unclosed.find(name)
        }
        near -= {delimiter.name for delimiter in self.loose.stray}
        if not near:
            return []
        options = {**self.options, "dialect": "lenient", "tags": [*self.names, *near]}
        stray = read(self.text, **options).loose.stray
        return [tag for tag in stray if tag.name in near and self.find_unclosed(tag)]

    def find_misclosed_names(self) -> Set[str]:
        """Return the names of shortcodes whose closing tags are misspelt, or not read."""
        strays = [*self.loose.stray, *self.misspelt_closing_tags]
        names = {self.find_unclosed(stray) for stray in strays}
        return names.union(tag.name for tag in self.unread.tags if tag.is_closing)

    @cached_property
    def unread(self) -> UnreadTags:
        """The tags of known names that are not read, as something is in the way."""
        names, registered = self.names, self.registered_names
        if not self._can_fix or self.document.escapes_brackets or not (names or registered.all):
            return UnreadTags()
        return find_unread(self.document, names, registered, self.options)

    @cached_property
    def suppressions(self) -> Suppressions:
        """The comments that suppress findings."""
        return Suppressions(self.document, RULE_NAMES)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the shortcodes and escapes, and the registered names that occur elsewhere in
        the text, in the order of the list of tags if there is one, else of appearance.
        """
        names: list[str] = [row[0] for row in self.document.items().rows()]
        if self.registered:
            names += (name for name in find_possible_names(self.text) if name in self.registered)
        return self.registered_names.sort(names)

    # --- what it contains -------------------------------------------------------------------------

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, to find out fast whether it may contain a word."""
        return self.text.lower()

    @cached_property
    def html_tags(self) -> HtmlTags:
        """The HTML tags in it."""
        return HtmlTags(self.text, self.document.code_finders)

    @cached_property
    def exact_html_tags(self) -> HtmlTags:
        """The HTML tags in it as browsers read them, with those that nothing closes. No fix may
        change anything in one.
        """
        return HtmlTags(self.text, self.document.code_finders, exact=True)

    # --- as it was meant, and as WordPress reads it -----------------------------------------------

    @cached_property
    def meant(self) -> Document:
        """The text in the lenient dialect, in which the same names are shortcodes."""
        return self._read_in("lenient")

    @cached_property
    def by_wordpress(self) -> Document:
        """The text in the WordPress dialect, in which the same names are shortcodes."""
        return self._read_in("wordpress")

    def _read_in(self, dialect: str) -> Document:
        if self.dialect == dialect:
            return self.document
        return read(self.text, **{**self.options, "dialect": dialect, "tags": self.names})

    def read_at(self, start: int) -> Shortcode | None:
        """Return the shortcode that WordPress reads at an offset, if any."""
        index = self._indexes_by_start.get(start)
        item = None if index is None else self.by_wordpress.items()[index]
        return item if isinstance(item, Shortcode) else None

    @cached_property
    def _indexes_by_start(self) -> Mapping[int, int]:
        return {row[1]: index for index, row in enumerate(self.by_wordpress.items().rows())}

    def meant_at(self, index: int) -> Shortcode:
        """Return the shortcode at an index in the items of the text as it was meant."""
        item = self.meant.items()[index]
        assert isinstance(item, Shortcode)  # noqa: S101 - differences are of shortcodes
        return item

    @cached_property
    def starts_in_code(self) -> Set[int]:
        """The starts of the shortcodes in code, which are found only if code is not skipped."""
        if not self.options.get("skip_code", True):
            return frozenset()
        with_code = {"dialect": "lenient", "tags": self.names, "skip_code": False}
        rows = read(self.text, **{**self.options, **with_code}).items().rows()
        return {row[1] for row in rows} - {row[1] for row in self.meant.items().rows()}

    @cached_property
    def differences(self) -> Comparison:
        """What WordPress finds differently from what was meant; nothing if Markdown escapes it."""
        if self.document.escapes_brackets and "\\" in self.text:
            return Comparison()
        if self.dialect == "lenient" and not self.suspects:
            rows = list(self.meant.items().rows())
            if is_read_alike(self.text, rows, self.names):
                return Comparison()
        return compare(self.meant, self.by_wordpress)

    @cached_property
    def suspects(self) -> Sequence[Shortcode]:
        """The shortcodes, as they were meant, whose attributes WordPress may read differently."""
        text, match = self.text, PLAIN.match
        meant = self.shortcodes if self.meant is self.document else self.meant.shortcodes()
        suspects = []
        for shortcode in meant:
            start, end = shortcode.open_span
            plain = match(text, start)
            if plain is None or plain.end() != end:
                suspects.append(shortcode)
        return suspects

    @cached_property
    def _suspects_by_start(self) -> Mapping[int, Shortcode]:
        return {shortcode.open_span[0]: shortcode for shortcode in self.suspects}

    @cached_property
    def doubts(self) -> Mapping[int, Damage]:
        """The damage of the suspects in which neither reading seems to be meant, by start."""
        damages = {
            start: find_damage(self.text, shortcode)
            for start, shortcode in self._suspects_by_start.items()
        }
        return {
            start: damage if self._is_repairable(start, damage) else damage._replace(edits=())
            for start, damage in damages.items()
            if damage
        }

    def _is_repairable(self, start: int, damage: Damage) -> bool:
        """Return whether a tag is read without this damage after the edits for it.

        Only the tag itself is read again, up to the "]" that ends it, so that this takes linear
        time for all tags together.
        """
        shortcode = self._suspects_by_start[start]
        tag = apply_to_tag(shortcode, damage.edits)
        options = {**self.options, "dialect": "lenient", "tags": [shortcode.name]}
        repaired = next(read(tag, **options).shortcodes(), None)
        if repaired is None or repaired.open_span[0] != 0:
            return False
        again = find_damage(tag, repaired)
        return again is None or (again.kind, again.span[0]) != (
            damage.kind,
            damage.span[0] - start,
        )

    @cached_property
    def undoubted(self) -> Sequence[Shortcode]:
        """The other suspects."""
        doubts = self.doubts
        return [sc for sc in self.suspects if sc.open_span[0] not in doubts]

    @cached_property
    def mends(self) -> TagFixes:
        """What can be done about the opening tags that WordPress misreads."""
        from shortcodes.linting.tag_fixes import build_tag_fixes  # loads the WordPress dialect

        swallowing = [self.meant_at(index) for index in self.differences.swallowing]
        candidates = [*self.suspects, *swallowing]
        options = {**self.options, "dialect": "lenient"}
        if self.dialect != "lenient":
            options["tags"] = self.names
        return build_tag_fixes(
            self.meant,
            sorted(set(candidates), key=lambda shortcode: shortcode.open_span),
            swallowing={shortcode.open_span[0] for shortcode in swallowing},
            excluded={
                shortcode.open_span[0]
                for shortcode in candidates
                if self.exact_html_tags.around(shortcode.open_span[0])
                or shortcode.open_span[0] in self.doubts
            },
            options=options,
            undo_typography=self._undo,
        )

    def mend(self, shortcode: Shortcode) -> Fix | None:
        """Return the fix that makes WordPress read the shortcode as it was meant.

        All rules that report the shortcode propose this same fix. It changes what the WordPress
        dialect reads, so it is not safe there.
        """
        if not self._can_fix:
            return None
        fix = self.mends.fixes.get(shortcode.open_span[0])
        return fix if fix is None or self.dialect == "lenient" else replace(fix, safe=False)

    def close(self, shortcode: Shortcode) -> Fix | None:
        """Return the fix that makes the shortcode self-closing."""
        return self.mends.closing.get(shortcode.open_span[0]) if self._can_fix else None


def _is_unclosed(attribute: Attribute) -> bool:
    return attribute.quotes is not None and not attribute.quotes[1] and attribute.raw != ""

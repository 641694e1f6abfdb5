"""SC001: a suppression comment that names no rule."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.common.suggestions import NearNames, suggest
from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.suppression import FILE, LINE


class UnknownSuppression(Rule):
    """A suppression comment names a rule that does not exist.

    ## What it does
    Finds comments such as `<!-- shortcodes: ignore SC999 -->` that name a rule that does not exist,
    and comments whose keyword is neither `ignore` nor `ignore-file`.

    ## Why is this bad
    The comment suppresses nothing, so the findings that its author wanted to hide are still
    reported.

    ## Example
    ```text
    <!-- shortcodes: ignore SC021 -->
    [map zoom=”7″]
    ```

    ## Use instead
    ```text
    <!-- shortcodes: ignore SC201 -->
    [map zoom=”7″]
    ```
    """

    code = "SC001"
    name = "unknown-suppression"

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """Yield a finding for every wrong keyword and every unknown code."""
        suppressions = subject.suppressions
        near: NearNames | None = None
        for suppression in suppressions.all:
            if suppression.word not in (LINE, FILE):
                message = f"a suppression must be {LINE!r} or {FILE!r}, not {suppression.word!r}"
                hint = suggest(suppression.word, (LINE, FILE))
                yield self.found(message, suppression.word_span, hint=hint)
                continue
            for written, span in suppression.codes:
                if not suppressions.is_known(written):
                    message = f"no rule is called {written!r}"
                    near = near or NearNames(suppressions.selectors)
                    meant = near.find(written)
                    hint = f"did you mean {meant!r}?" if meant else ""
                    yield self.found(message, span, hint=hint)

"""SC001: a suppression that suppresses nothing that there is."""

from __future__ import annotations

from collections.abc import Iterator

from shortcodes.diagnostics import Diagnostic
from shortcodes.linting.rule import Rule, Subject
from shortcodes.linting.suppression import FILE, LINE
from shortcodes.suggestions import suggest


class UnknownSuppression(Rule):
    """A suppression names no rule.

    ## What it does
    Finds comments such as `<!-- shortcodes: ignore SC999 -->` that name a rule which is not there,
    and those that say something else than `ignore` or `ignore-file`.

    ## Why is this bad
    It suppresses nothing, and what its author did not want to hear is reported.

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
        """Give every word that is none, and every code of a rule that is not there."""
        suppressions = subject.suppressions
        for one in suppressions.all:
            if one.word not in (LINE, FILE):
                message = f"a suppression is {LINE} or {FILE}, not {one.word!r}"
                yield self.found(message, one.word_span, hint=suggest(one.word, (LINE, FILE)))
                continue
            for written, span in one.codes:
                if not suppressions.knows(written):
                    message = f"no rule is called {written!r}"
                    hint = suggest(written, suppressions.selectors)
                    yield self.found(message, span, hint=hint)
